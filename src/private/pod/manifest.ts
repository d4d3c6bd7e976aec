import { kubeletMounts, mountOf, type ManifestMount } from './mount';
import type { PodContainer, PodContents } from './pod';
import type { Volume } from './volume';

/** A pod template in a manifest. */
export interface ManifestTemplate {
  /** JSON pointer to the pod spec. */
  readonly path: string;
  readonly metadata?: { readonly labels?: { [name: string]: string } };
  readonly spec: ManifestSpec;
}

interface ManifestSpec {
  readonly containers: ManifestContainer[];
  readonly initContainers?: ManifestContainer[];
  readonly volumes?: Volume[];
  readonly automountServiceAccountToken?: boolean;
  readonly os?: { readonly name?: string };
  readonly nodeSelector?: { readonly [label: string]: string };
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
}

interface ManifestContainer {
  readonly name?: string;
  readonly volumeMounts?: ManifestMount[];
  readonly resources?: { readonly limits?: object; readonly requests?: object };
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
  const { metadata, spec = {} } = placed(manifest).template ?? {};
  const claims: { metadata: { name: string } }[] = manifest.spec?.volumeClaimTemplates ?? [];
  return {
    containers: (spec.containers ?? []).map((container: ManifestContainer) =>
      podContainerOf(spec, container),
    ),
    initContainers: (spec.initContainers ?? []).map((container: ManifestContainer) =>
      podContainerOf(spec, container),
    ),
    volumes: [
      ...(spec.volumes ?? []).map((volume: { name: string }) => volume.name),
      ...claims.map(claim => claim.metadata.name),
    ],
    isForWindows: isForWindows(spec),
    kubeletMounts: kubeletMounts(spec.automountServiceAccountToken !== false),
    metadata: () => ({ namespace: manifest.metadata?.namespace, labels: metadata?.labels ?? {} }),
  };
}

function isForWindows({ os, nodeSelector }: ManifestSpec): boolean {
  return (os?.name ?? nodeSelector?.['kubernetes.io/os']) === 'windows';
}

function podContainerOf(
  spec: ManifestSpec,
  { name, volumeMounts = [], resources }: ManifestContainer,
): PodContainer {
  return {
    name,
    lacksQuantities: lacksQuantities(resources),
    mounts: volumeMounts.map(mount =>
      mountOf(mount, spec.volumes?.find(volume => volume.name === mount.name)),
    ),
  };
}

/** Whether there are lists of quantities, but none in them, or one that is written as null. */
function lacksQuantities({ limits, requests }: ManifestContainer['resources'] = {}): boolean {
  const lists = [limits, requests].filter(list => list instanceof Object);
  const quantities = lists.flatMap(list => Object.values(list!));
  return lists.length > 0 && (quantities.length === 0 || quantities.some(each => each == null));
}
