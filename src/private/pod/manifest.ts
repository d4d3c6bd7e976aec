import { isReadOnly, type PodContainer, type PodContents, type PodMetadata } from './pod';

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
  readonly volumes?: ({ readonly name: string })[];
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
}

interface ManifestContainer {
  readonly name: string;
  readonly volumeMounts?: {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
  }[];
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
  const { spec = {} } = template;
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
    metadata: () => metadataOf(manifest, template),
  };
}

function metadataOf({ metadata = {}, spec = {} }: any, template: any): PodMetadata {
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    annotations: metadata.annotations ?? {},
    labels: template.metadata?.labels ?? {},
    replicas: spec.replicas,
    progressDeadlineSeconds: spec.progressDeadlineSeconds,
    hostNetwork: template.spec?.hostNetwork ?? false,
    dnsPolicy: template.spec?.dnsPolicy,
  };
}

function podContainerOf(
  spec: ManifestSpec,
  { name, volumeMounts = [] }: ManifestContainer,
): PodContainer {
  return {
    name,
    mounts: volumeMounts.map(mount => ({
      path: mount.mountPath,
      volume: mount.name,
      subPath: mount.subPath,
      readOnly:
        (mount.readOnly ?? false)
        || isReadOnly(spec.volumes?.find(volume => volume.name === mount.name)),
    })),
  };
}
