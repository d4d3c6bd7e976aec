import * as kplus from 'cdk8s-plus-28';
import { escapeForKubelet } from './escape-for-kubelet';
import type { ContainerFields } from '../pod/pod';
import { checkEnvName } from '../values/checks';
import { refuse, type Place } from '../values/refuse';

/** One step as data, every value filled in. */
export interface StepContainer {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: kplus.ImagePullPolicy;
  readonly command?: string[];
  readonly args?: string[];
  readonly env: { [name: string]: kplus.EnvValue };
  readonly reads: { [path: string]: kplus.IStorage };
  readonly writes: { [path: string]: kplus.IStorage };
  readonly resources: kplus.ContainerResources;
  readonly user?: number;
  readonly group?: number;
  readonly ensureNonRoot: boolean;
  readonly readOnlyRootFilesystem: boolean;
}

/**
 * A program that fails with its own words, and leaves no termination message, is quoted by `kubectl describe` with the end of its log.
 */
export const STEP_FIELDS: ContainerFields = { terminationMessagePolicy: 'FallbackToLogsOnError' };

/** The only place where command, args, env and the security context of a step are written as the pod is to have them: escaped, in order. */
export function containerProps(step: StepContainer): kplus.ContainerProps {
  return {
    name: step.name,
    image: step.image,
    imagePullPolicy: step.imagePullPolicy,
    command: step.command?.map(escapeForKubelet),
    args: step.args?.map(escapeForKubelet),
    envVariables: envVariables(step.env),
    volumeMounts: [...mounts(step.writes, false), ...mounts(step.reads, true)],
    resources: step.resources,
    securityContext: {
      user: step.user,
      group: step.group,
      ensureNonRoot: step.ensureNonRoot,
      readOnlyRootFilesystem: step.readOnlyRootFilesystem,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [kplus.Capability.ALL] },
      seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
    },
  };
}

/** Sorted by name, because the maps of some languages have no order. */
function envVariables(env: { [name: string]: kplus.EnvValue }): { [name: string]: kplus.EnvValue } {
  return Object.fromEntries(sorted(env).map(([name, value]) => [name, escapedValue(value)]));
}

function escapedValue(value: kplus.EnvValue): kplus.EnvValue {
  if (typeof value.value !== 'string') return value;
  const text = escapeForKubelet(value.value);
  return text === value.value ? value : kplus.EnvValue.fromValue(text);
}

function mounts(storage: { [path: string]: kplus.IStorage }, readOnly: boolean): kplus.VolumeMount[] {
  return sorted(storage).map(([path, each]) => ({ path, volume: each.asVolume(), ...(readOnly ? { readOnly } : {}) }));
}

function sorted<T>(map: { [key: string]: T }): [string, T][] {
  return Object.keys(map).sort().map(key => [key, map[key]]);
}

/**
 * The environment of a program: its own variables, all that it knows, and others that the user adds.
 *
 * @param own `undefined` where the program is to find none; a default of that name is hidden from it
 */
export function programEnv(place: Place, own: { [name: string]: kplus.EnvValue | string | undefined },
  defaults: { [name: string]: kplus.EnvValue }, added: { [name: string]: kplus.EnvValue } = {}): { [name: string]: kplus.EnvValue } {
  const env: { [name: string]: kplus.EnvValue } = {};
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined || Object.hasOwn(defaults, name)) env[name] = value instanceof Object ? value : kplus.EnvValue.fromValue(value ?? '');
  }
  for (const [name, value] of Object.entries(added)) {
    checkEnvName(place, 'env', name);
    if (Object.hasOwn(own, name)) refuse(place, 'env', 'not name a variable that the step uses itself', name, `it uses: ${Object.keys(own).sort().join(', ')}`);
    env[name] = value;
  }
  return env;
}
