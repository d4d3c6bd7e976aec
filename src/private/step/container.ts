import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkEnv, envVariables, inOrderOfUse, type Env } from './env';
import { escapeForKubelet, expandedByKubelet } from './escape-for-kubelet';
import { checkMounts, volumeMounts, type StepMount } from './mounts';
import type { Likeness } from '../pod/likeness';
import type { ContainerFields } from '../pod/pod';
import type { Site } from '../pod/site';
import { checkImage } from '../values/checks';
import { checkPath } from '../values/paths';
import { checkArgument } from '../values/program-input';
import { refuse } from '../values/refuse';
import type { User } from '../values/user';

/** What a container is to be, as far as the user says. */
export interface ContainerWishes {
  /** What it is where nothing else is said. */
  readonly like?: Likeness;
  readonly image?: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: Env;
  readonly envFrom?: readonly kplus.EnvFrom[];
  readonly workingDir?: string;
  /** Whether Kubernetes is to replace `$(NAME)` in what it runs and in its variables. */
  readonly expandVariables?: boolean;
  readonly mounts: readonly StepMount[];
  readonly resources?: kplus.ContainerResources;
  /** What it writes to the node's disk, if that is worth a request. */
  readonly diskSpace?: Size;
  readonly runAs?: User;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: readonly kplus.Capability[];
  /** What makes a native sidecar of it. */
  readonly sidecar?: ContainerFields;
}

/** What it is otherwise. */
export interface ContainerDefaults {
  readonly shellImage: string;
  readonly imagePullPolicy: kplus.ImagePullPolicy;
  readonly env: Env;
  readonly resources: kplus.ContainerResources;
  readonly runAs: User;
}

/** What cdk8s-plus-28 has no property for, and what of its likeness it has no words for. */
export function stepFields({ like, resources, sidecar }: ContainerWishes): ContainerFields {
  return { ...STEP_FIELDS, ...resources === undefined ? like?.fields : {}, ...sidecar };
}

/**
 * A program that fails with its own words, and leaves no termination message, is quoted by `kubectl describe`
 * with the end of its log.
 */
const STEP_FIELDS: ContainerFields = { terminationMessagePolicy: 'FallbackToLogsOnError' };

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
  const {
    like, image, command, args, mounts, workingDir, expandVariables,
  } = wishes;
  const env = { ...defaults.env, ...wishes.env };
  checkMounts(site, mounts);
  checkImage(site, 'image', image);
  checkCapabilities(site, wishes.capabilities);
  command?.forEach(text => checkArgument(site, 'command', text));
  args?.forEach(text => checkArgument(site, 'args', text));
  checkEnv(site, 'env', env);
  if (workingDir !== undefined) checkPath(site, 'workingDir', workingDir);
  const isImageOfApp = image === undefined && like !== undefined;
  const written = expandVariables ? expandedByKubelet : escapeForKubelet;
  const variables = envVariables({ defaults: defaults.env, ofApp: like?.env, own: wishes.env }, written);
  return {
    name: site.id,
    image: image ?? like?.image ?? defaults.shellImage,
    imagePullPolicy: isImageOfApp ? like?.imagePullPolicy : defaults.imagePullPolicy,
    command: command?.map(written),
    args: args?.map(written),
    workingDir: workingDir ?? like?.workingDir,
    envFrom: [...like?.envFrom ?? [], ...wishes.envFrom ?? []],
    envVariables: expandVariables ? inOrderOfUse(site, variables) : variables,
    resources: wishes.resources ?? like?.resources ?? withDiskSpace(defaults.resources, wishes.diskSpace),
    securityContext: securityContext(site, wishes, defaults),
    volumeMounts: volumeMounts(site, mounts),
    restartPolicy: wishes.sidecar && kplus.ContainerRestartPolicy.ALWAYS,
  };
}

/** A request only: a limit would become one of the pod. */
function withDiskSpace(resources: kplus.ContainerResources, request?: Size): kplus.ContainerResources {
  if (!request || resources.ephemeralStorage) return resources;
  return { ...resources, ephemeralStorage: { request } };
}

/** The library's own user runs the library's images only: another image may have been made for another one. */
function securityContext(
  { pod }: Site,
  wishes: ContainerWishes,
  defaults: ContainerDefaults,
): kplus.ContainerSecurityContextProps {
  const { like, image, runAs } = wishes;
  const { uid, gid } = runAs ?? like?.user ?? (image === undefined ? defaults.runAs : {});
  const asItIs = runAs ? undefined : like?.ensureNonRoot;
  return {
    user: uid,
    group: gid,
    ensureNonRoot: asItIs ?? (uid === undefined ? pod.ensureNonRoot : uid !== 0),
    readOnlyRootFilesystem: wishes.readOnlyRootFilesystem ?? like?.readOnlyRootFilesystem ?? true,
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
