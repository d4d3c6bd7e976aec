import { kubeletMounts, mountOf, type ManifestMount } from './mount';
import type { PodContainer, PodContents, PodMetadata, PodUser } from './pod';
import { placed, type ManifestSpec, type ManifestUser } from './pod-specs';
import type { Volume } from './volume';
import { listOf } from '../values/lists';
import type { User } from '../values/user';

interface ManifestResources {
  readonly limits?: object;
  readonly requests?: object;
}

interface ManifestContainer {
  readonly name?: string;
  readonly volumeMounts?: ManifestMount[];
  readonly resources?: ManifestResources;
  readonly securityContext?: ManifestUser;
  readonly image?: string;
  readonly restartPolicy?: string;
  readonly env?: any[];
}

/**
 * Describes the pod template of a manifest, or what a JSON patch left of it; a StatefulSet's claims are
 * volumes, too.
 */
export function contentsOf(manifest: any, specPath?: string): PodContents {
  const template = placed(manifest, specPath).template ?? {};
  const { containers, initContainers, volumes, ...others } = template.spec ?? {};
  const claims = listOf(manifest.spec?.volumeClaimTemplates).map(claim => claim?.metadata?.name);
  const containersOf = (list: unknown) =>
    listOf(list).map(container => podContainerOf(container, listOf(volumes)));
  return {
    containers: containersOf(containers),
    initContainers: containersOf(initContainers),
    volumes: [...listOf(volumes).map(volume => volume.name), ...claims.filter(name => name)],
    user: podUserOf(others.securityContext ?? {}),
    isForWindows: isForWindows(others),
    serviceAccountName: others.serviceAccountName ?? others.serviceAccount ?? undefined,
    kubeletMounts: kubeletMounts(others.automountServiceAccountToken !== false),
    metadata: () => ({
      ...metadataOf(manifest, template),
      // What an object with a pod spec elsewhere says of replicas may be about another one.
      ...specPath === undefined ? {} : { replicas: undefined, progressDeadlineSeconds: undefined },
    }),
  };
}

function metadataOf({ metadata, spec }: any, template: any): PodMetadata {
  return {
    name: metadata?.name,
    namespace: metadata?.namespace,
    annotations: metadata?.annotations ?? {},
    labels: template.metadata?.labels ?? {},
    podAnnotations: template.metadata?.annotations ?? {},
    replicas: spec?.replicas ?? undefined,
    progressDeadlineSeconds: spec?.progressDeadlineSeconds ?? undefined,
    hostNetwork: template.spec?.hostNetwork ?? false,
    dnsPolicy: template.spec?.dnsPolicy ?? undefined,
  };
}

function isForWindows({ os, nodeSelector }: Pick<ManifestSpec, 'os' | 'nodeSelector'>): boolean {
  return (os?.name ?? nodeSelector?.['kubernetes.io/os']) === 'windows';
}

function podUserOf({ fsGroup, supplementalGroups, ...user }: ManifestUser): PodUser {
  return {
    ...userOf(user),
    fsGroup: fsGroup ?? undefined,
    supplementalGroups: listOf(supplementalGroups),
  };
}

function userOf({ runAsUser, runAsGroup }: ManifestUser): User {
  return { uid: runAsUser ?? undefined, gid: runAsGroup ?? undefined };
}

function podContainerOf(
  {
    name, image, restartPolicy, volumeMounts, resources, securityContext, env,
  }: ManifestContainer,
  volumes: Volume[],
): PodContainer {
  return {
    name,
    lacksQuantities: lacksQuantities(resources ?? {}),
    user: userOf(securityContext ?? {}),
    image,
    isSidecar: restartPolicy === 'Always',
    mounts: listOf(volumeMounts).map(mount =>
      mountOf(mount, volumes.find(volume => volume.name === mount.name)),
    ),
    variable: variable => valueOf(listOf(env).find(each => each?.name === variable)),
  };
}

/** What a variable is: a text, or where in a file it is. */
export function valueOf(variable?: any): unknown {
  return variable?.value ?? variable?.valueFrom?.fileKeyRef;
}

/** Whether there are lists of quantities, but none in them, or one that is written as null. */
function lacksQuantities({ limits, requests }: ManifestResources): boolean {
  const lists = [limits, requests].filter(list => list instanceof Object);
  const quantities = lists.flatMap(list => Object.values(list!));
  return lists.length > 0 && (quantities.length === 0 || quantities.some(each => each == null));
}
