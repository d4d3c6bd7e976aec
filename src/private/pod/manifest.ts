import { kubeletMounts, mountOf, type ManifestMount } from './mount';
import type { PodContainer, PodContents, PodMetadata, PodUser } from './pod';
import type { Volume } from './volume';
import type { User } from '../values/user';

/** A pod template in a manifest. */
export interface ManifestTemplate {
  /** JSON pointer to the pod spec. */
  readonly path: string;
  readonly metadata?: { readonly labels?: { [name: string]: string } };
  readonly spec: ManifestSpec;
}

interface ManifestSpec {
  readonly volumes?: Volume[];
  readonly os?: { readonly name?: string };
  readonly nodeSelector?: { readonly [label: string]: string };
  readonly securityContext?: ManifestUser & { readonly runAsNonRoot?: boolean };
  readonly initContainers?: any[];
  readonly containers?: any[];
}

interface ManifestUser {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly supplementalGroups?: number[];
}

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
}

/** Finds the pod template of a Pod, a CronJob, or anything that has it in `spec.template`, as nearly all others do. */
export function templateOf(manifest: any): ManifestTemplate | undefined {
  const { path, template } = placed(manifest);
  return Array.isArray(template?.spec?.containers)
    ? { path: `${path}/spec`, metadata: template.metadata, spec: template.spec }
    : undefined;
}

function placed(manifest: any): { path: string; template?: any } {
  if (manifest.kind === 'Pod') return { path: '', template: manifest };
  if (manifest.spec?.jobTemplate) {
    return {
      path: '/spec/jobTemplate/spec/template',
      template: manifest.spec.jobTemplate.spec?.template,
    };
  }
  return { path: '/spec/template', template: manifest.spec?.template };
}

/**
 * Describes the pod template of a manifest, or what a JSON patch left of it; a StatefulSet's claims are
 * volumes, too.
 */
export function contentsOf(manifest: any): PodContents {
  const template = placed(manifest).template ?? {};
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
    kubeletMounts: kubeletMounts(others.automountServiceAccountToken !== false),
    metadata: () => metadataOf(manifest, template),
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

/** What stands where Kubernetes has a list: null is none, and custom resources may have something else there. */
function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
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
  { name, image, volumeMounts, resources, securityContext }: ManifestContainer,
  volumes: Volume[],
): PodContainer {
  return {
    name,
    lacksQuantities: lacksQuantities(resources ?? {}),
    user: userOf(securityContext ?? {}),
    image,
    mounts: listOf(volumeMounts).map(mount =>
      mountOf(mount, volumes.find(volume => volume.name === mount.name)),
    ),
  };
}

/** Whether there are lists of quantities, but none in them, or one that is written as null. */
function lacksQuantities({ limits, requests }: ManifestResources): boolean {
  const lists = [limits, requests].filter(list => list instanceof Object);
  const quantities = lists.flatMap(list => Object.values(list!));
  return lists.length > 0 && (quantities.length === 0 || quantities.some(each => each == null));
}
