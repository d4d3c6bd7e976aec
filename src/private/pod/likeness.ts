import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { namedVolume, rawEnvFrom, rawEnvValue } from './cdk8s-internals';
import type { ContainerFields } from './pod';
import { bytesOf } from './volume';
import { DETACHED } from '../values/detached';
import { MEBIBYTE } from '../values/quantity';
import type { User } from '../values/user';

/** An app container as another one can be like it: all but what it runs and serves, and how it is probed. */
export interface Likeness {
  readonly image?: string;
  readonly imagePullPolicy?: kplus.ImagePullPolicy;
  /** In the order in which Kubernetes lets one refer to another. */
  readonly env: { readonly [name: string]: kplus.EnvValue };
  readonly envFrom: readonly kplus.EnvFrom[];
  readonly workingDir?: string;
  readonly mounts: readonly kplus.VolumeMount[];
  readonly resources: kplus.ContainerResources;
  /** Its resources, where cdk8s-plus has no words for all of them. */
  readonly fields: ContainerFields;
  readonly user: User;
  /** Whether it refuses to run as root, if it says so itself. */
  readonly ensureNonRoot?: boolean;
  readonly readOnlyRootFilesystem: boolean;
}

/** A container of cdk8s-plus. */
export function plusLikeness(container: kplus.Container): Likeness {
  const { image, imagePullPolicy, env, workingDir, mounts, resources, securityContext } = container;
  const { user: uid, group: gid, ensureNonRoot, readOnlyRootFilesystem } = securityContext;
  return {
    image,
    imagePullPolicy,
    env: env.variables,
    envFrom: env.sources,
    workingDir,
    mounts,
    resources: resources ?? {},
    fields: {},
    user: { uid, gid },
    ensureNonRoot,
    readOnlyRootFilesystem,
  };
}

/** A container in a manifest. */
export function manifestLikeness(container: any): Likeness {
  const { image, imagePullPolicy, env, envFrom, workingDir, volumeMounts, resources, securityContext } = container;
  const { runAsUser, runAsGroup, runAsNonRoot, readOnlyRootFilesystem } = securityContext ?? {};
  return {
    image,
    imagePullPolicy: imagePullPolicy ?? usualPolicy(`${image}`),
    env: Object.fromEntries((env ?? []).map((each: any) => [each.name, variableOf(each)])),
    envFrom: (envFrom ?? []).map(rawEnvFrom),
    workingDir,
    mounts: (volumeMounts ?? []).map(mountOf),
    resources: memoryLimit(resources?.limits?.memory),
    fields: resources ? { resources: resourcesOf(resources) } : {},
    user: { uid: runAsUser ?? undefined, gid: runAsGroup ?? undefined },
    ensureNonRoot: runAsNonRoot ?? undefined,
    readOnlyRootFilesystem: readOnlyRootFilesystem ?? false,
  };
}

/** What Kubernetes makes of none. */
function usualPolicy(image: string): kplus.ImagePullPolicy {
  const isMoving = !image.includes('@') && /^[^:]+(:latest)?$/.test(image.replace(/^.*\//, ''));
  return isMoving ? kplus.ImagePullPolicy.ALWAYS : kplus.ImagePullPolicy.IF_NOT_PRESENT;
}

function variableOf({ value, valueFrom }: any): kplus.EnvValue {
  if (!valueFrom) return kplus.EnvValue.fromValue(value ?? '');
  const { resourceFieldRef, ...others } = valueFrom;
  return rawEnvValue(resourceFieldRef ? { ...others, resourceFieldRef: resourceOf(resourceFieldRef) } : others);
}

function resourceOf({ divisor, ...field }: any): kplus.k8s.ResourceFieldSelector {
  return divisor === undefined ? field : { ...field, divisor: quantity(divisor) };
}

function mountOf({ name, mountPath, mountPropagation, ...mount }: any): kplus.VolumeMount {
  return {
    ...mount,
    path: mountPath,
    // Only a container with privileges may hand mounts on.
    propagation: mountPropagation === 'Bidirectional' ? kplus.MountPropagation.HOST_TO_CONTAINER : mountPropagation,
    volume: namedVolume(DETACHED, name),
  };
}

function resourcesOf({ limits, requests, claims }: any): kplus.k8s.ResourceRequirements {
  return { limits: quantities(limits), requests: quantities(requests), claims };
}

function quantities(named?: { [name: string]: unknown }): { [name: string]: kplus.k8s.Quantity } | undefined {
  return named && Object.fromEntries(Object.entries(named).map(([name, value]) => [name, quantity(value)]));
}

/** What a step that writes into memory must know: the limit in whole mebibytes. */
function memoryLimit(limit?: unknown): kplus.ContainerResources {
  const bytes = bytesOf(`${limit}`);
  const mebibytes = typeof bytes === 'number' ? Math.floor(bytes / MEBIBYTE) : 0;
  return mebibytes > 0 ? { memory: { limit: Size.mebibytes(mebibytes) } } : {};
}

function quantity(value: unknown): kplus.k8s.Quantity {
  return kplus.k8s.Quantity.fromString(`${value}`);
}
