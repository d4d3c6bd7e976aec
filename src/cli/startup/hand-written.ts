import { waitsIn, type HandWrittenWait } from './hand-written-waits';
import { isNobodyThere, mayMeshAnswer } from './loopback';
import { made, type Reading } from './reading';
import type { AppProtocol } from '../../app-protocol';
import { Endpoint } from '../../endpoint';
import type { Budget } from '../../private/step/step-record';
import { isLoopback } from '../../private/values/loopback';
import type { Container } from '../manifests/pods';
import { HARMLESS } from '../shell/command';
import { SHELLS } from '../shell/script';
import { askedBy, type Asked } from '../shell/waits';

/** What an init container waits for that was written by hand. */
export function readHandWritten(container: Container): Reading {
  const waits = waitsIn(container).map(wait => ({ ...wait, endpoint: endpointOf(wait, container) }));
  const limit = limitOf(waits);
  const doesMore = container.commands.some(each => ![...HARMLESS, ...SHELLS].includes(each.name) && !askedBy(each));
  const isUnknown = doesMore && typeof limit === 'number';
  return {
    endpoints: waits.flatMap(({ endpoint, isOptional, command }) =>
      (endpoint ? { endpoint, isOptional, command } : [])),
    conditions: [],
    limit,
    budget: isUnknown ? 'unknown' : limit,
    isBudgetWritten: true,
    unknown: waits.flatMap(({ endpoint, command }) => (endpoint ? [] : command)),
  };
}

/** All waits of a container together; one without any may take as long as it likes. */
function limitOf(waits: readonly HandWrittenWait[]): Budget {
  const limits = waits.map(({ limit }) => limit);
  if (limits.length === 0 || limits.includes('unbounded')) return 'unbounded';
  const seconds = limits.filter(each => typeof each === 'number');
  return seconds.length < limits.length ? 'unknown' : seconds.reduce((sum, each) => sum + each, 0);
}

/** The endpoint that would be in a step of ours; nothing where it is known in the pod only. */
function endpointOf({ command, asked }: HandWrittenWait, container: Container): Endpoint | undefined {
  if (asked?.host === undefined) return undefined;
  const { host } = asked;
  const endpoint = made(() => endpointAsked(asked, host));
  const mayBeAnswered = isLoopback(host)
    && (!isNobodyThere(container, command) || mayMeshAnswer(container.pod, asked.port));
  return mayBeAnswered ? endpoint?.answeredByOthers() : endpoint;
}

function endpointAsked({ kind, port, url, appProtocol }: Asked, host: string): Endpoint {
  if (kind === 'name') return Endpoint.dns(host);
  if (url?.startsWith('http')) return Endpoint.http(url);
  return Endpoint.tcp(host, port!, { appProtocol: appProtocol?.toLowerCase() as AppProtocol });
}
