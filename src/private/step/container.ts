import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { escapeForKubelet } from './escape-for-kubelet';
import { checkMounts, volumeMounts, type StepMount } from './mounts';
import type { ContainerFields } from '../pod/pod';
import type { Site } from '../pod/site';
import { checkImage } from '../values/checks';
import { checkArgument, checkEnvName, checkEnvValue } from '../values/program-input';
import { refuse, type Place } from '../values/refuse';
import type { User } from '../values/user';

type Env = { [name: string]: kplus.EnvValue };

/** What a container is to be, as far as the user says. */
export interface ContainerWishes {
  readonly image?: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: Env;
  readonly mounts: readonly StepMount[];
  readonly resources?: kplus.ContainerResources;
  readonly runAs?: User;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: readonly kplus.Capability[];
}

/** What it is otherwise. */
export interface ContainerDefaults {
  readonly shellImage: string;
  readonly imagePullPolicy: kplus.ImagePullPolicy;
  readonly env: Env;
  readonly resources: kplus.ContainerResources;
  readonly runAs: User;
}

/**
 * A program that fails with its own words, and leaves no termination message, is quoted by `kubectl describe`
 * with the end of its log.
 */
export const STEP_FIELDS: ContainerFields = { terminationMessagePolicy: 'FallbackToLogsOnError' };

/**
 * A container that Pod Security "restricted" takes, as the pod is to have it: checked, escaped, in order.
 *
 * Its volumes are made last: a container that is refused leaves nothing behind.
 */
export function lockedDown(
  site: Site,
  wishes: ContainerWishes,
  defaults: ContainerDefaults,
): kplus.ContainerProps {
  const { image, command, args, mounts } = wishes;
  const env = { ...defaults.env, ...wishes.env };
  checkMounts(site, mounts);
  checkImage(site, 'image', image);
  checkCapabilities(site, wishes.capabilities);
  command?.forEach(text => checkArgument(site, 'command', text));
  args?.forEach(text => checkArgument(site, 'args', text));
  checkEnv(site, 'env', env);
  return {
    name: site.id,
    image: image ?? defaults.shellImage,
    imagePullPolicy: defaults.imagePullPolicy,
    command: command?.map(escapeForKubelet),
    args: args?.map(escapeForKubelet),
    envVariables: envVariables(env),
    resources: wishes.resources ?? defaults.resources,
    securityContext: securityContext(site, wishes, defaults),
    volumeMounts: volumeMounts(site, mounts),
  };
}

/** The library's own user runs the library's images only: another image may have been made for another one. */
function securityContext(
  { pod }: Site,
  wishes: ContainerWishes,
  defaults: ContainerDefaults,
): kplus.ContainerSecurityContextProps {
  const {
    uid, gid,
  } = wishes.runAs ?? (wishes.image === undefined ? defaults.runAs : {});
  return {
    user: uid,
    group: gid,
    ensureNonRoot: uid === undefined ? pod.ensureNonRoot : uid !== 0,
    readOnlyRootFilesystem: wishes.readOnlyRootFilesystem ?? true,
    allowPrivilegeEscalation: false,
    capabilities: { ...added(wishes.capabilities), drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
}

/** Sorted, so that the order in which they are written makes no other YAML. */
function added(capabilities: readonly kplus.Capability[] = []): { add?: kplus.Capability[] } {
  return capabilities.length === 0 ? {} : { add: [...new Set(capabilities)].sort() };
}

function checkCapabilities(
  site: Site,
  capabilities?: readonly kplus.Capability[],
): void {
  if (!capabilities?.includes(kplus.Capability.ALL)) return;
  const rule = 'name the capabilities that the program needs';
  refuse(site, 'capabilities', rule, kplus.Capability.ALL);
}

/** Names and values of environment variables. */
export function checkEnv(place: Place, prop: string, env: Env): void {
  for (const name of Object.keys(env)) {
    checkEnvName(place, prop, name);
    checkEnvValue(place, prop, name, env[name].value);
  }
}

/** Sorted by name, because the maps of some languages have no order. */
function envVariables(env: Env): Env {
  return Object.fromEntries(Object.keys(env).sort().map(name => [name, escapedValue(env[name])]));
}

function escapedValue(value: kplus.EnvValue): kplus.EnvValue {
  const text: unknown = value.value;
  if (text instanceof Lazy) {
    return kplus.EnvValue.fromValue(Lazy.any({ produce: () => escapedText(text.produce()) }));
  }
  const escaped = escapedText(text);
  return escaped === text ? value : kplus.EnvValue.fromValue(escaped as string);
}

function escapedText(text: unknown): unknown {
  return typeof text === 'string' ? escapeForKubelet(text) : text;
}
