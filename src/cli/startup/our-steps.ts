import { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { secondsWritten, made, type Reading } from './reading';
import type { AppProtocol } from '../../app-protocol';
import { Condition } from '../../condition';
import { Endpoint } from '../../endpoint';
import { ExternalObject } from '../../external-object';
import { DEFAULT_TIMEOUT } from '../../init-defaults';
import { secondsToStart } from '../../keeps-running';
import { rawEnvValue } from '../../private/pod/cdk8s-internals';
import { listOf } from '../../private/values/lists';
import {
  toldConditions, toldEndpoints, toldTo, type ToldCondition, type ToldEndpoint, type ToldVariable,
} from '../../private/values/told-waits';
import type { Container } from '../manifests/pods';

/** What one of our steps was told; nothing of another container. */
export function readOurStep(container: Container, step: Construct): Reading | undefined {
  if (!container.isOurs) return undefined;
  const told = toldTo(listOf(container.spec.env)) ?? new Map();
  const budget = secondsWritten(secondsTold(container, told.get('step_timeout')?.value));
  return {
    endpoints: toldEndpoints(told).flatMap(each => {
      const endpoint = made(() => endpointTold(each));
      return endpoint ? [{ endpoint }] : [];
    }),
    conditions: toldConditions(told).flatMap(each => made(() => conditionTold(each, step)) ?? []),
    limit: budget,
    budget,
    isBudgetWritten: budget !== DEFAULT_TIMEOUT.toSeconds(),
    unknown: [],
  };
}

/** How long a native sidecar may take to start. */
export function readSidecar({ isSidecar, spec }: Container): Reading | undefined {
  if (!isSidecar) return undefined;
  const budget = secondsWritten(secondsToStart(spec));
  return { endpoints: [], conditions: [], limit: budget, budget, isBudgetWritten: true, unknown: [] };
}

/** The program that runs one of the user's own is told its time behind its name. */
const RUNS_OTHERS = /^(# cdk8s-init-containers |\. \/step\/)run-(bounded|again)\b/;

/** Programs that wait for nobody are told none. */
function secondsTold({ argv }: Container, timeout: string | undefined): number {
  const program = argv.findIndex(({ text }) => RUNS_OTHERS.test(text));
  return Number(timeout ?? (program < 0 ? 0 : argv[program + 2]?.text)) || 0;
}

function endpointTold({ scheme, address = '', parts, minAddresses }: ToldEndpoint): Endpoint {
  const [one, other] = parts.map(envValue);
  if (scheme === 'url') return Endpoint.urlFrom(one);
  if (scheme === 'dns') return Endpoint.dns(address.slice('dns:'.length), { minAddresses });
  if (/^https?$/.test(scheme)) return Endpoint.http(address);
  const appProtocol = scheme === 'tcp' ? undefined : scheme as AppProtocol;
  if (parts.length > 0) return Endpoint.tcpFrom(one, other, { appProtocol });
  const [, host, port] = /^[^:]+:\/\/\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  return Endpoint.tcp(host, Number(port), { appProtocol });
}

function envValue({ value, valueFrom }: ToldVariable): EnvValue {
  return valueFrom ? rawEnvValue(valueFrom) : EnvValue.fromValue(`${value}`);
}

function conditionTold(
  { asks, type = '', namespace: namespaceName, ...object }: ToldCondition,
  step: Construct,
): Condition {
  const awaited = new ExternalObject(step, `${step.node.children.length}`, { ...object, namespaceName });
  if (asks === 'completed') return Condition.completed(awaited);
  return asks === 'rolledOut' ? Condition.rolledOut(awaited) : Condition.met(awaited, type);
}
