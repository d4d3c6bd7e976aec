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
  readonly restartPolicy?: string;
  readonly env?: any[];
}

/**
 * Finds the pod template of a Pod, a CronJob, or anything that has it in `spec.template`, as nearly all others do.
 *
 * @param specPath JSON pointer to the pod spec, where it is elsewhere
 */
export function templateOf(manifest: any, specPath?: string): ManifestTemplate | undefined {
  const { path, template } = placed(manifest, specPath);
  const { metadata, spec } = template ?? {};
  const isPod = specPath === undefined ? Array.isArray(spec?.containers) : mayBePodSpec(spec);
  return isPod ? { path, metadata, spec } : undefined;
}

/** The pod template of a manifest, and the path of its pod spec. */
function placed(manifest: any, specPath?: string): { path: string; template?: any } {
  if (specPath !== undefined) return placedAt(manifest, specPath);
  if (manifest.kind === 'Pod') return { path: '/spec', template: manifest };
  if (manifest.spec?.jobTemplate) {
    return {
      path: '/spec/jobTemplate/spec/template/spec',
      template: manifest.spec.jobTemplate.spec?.template,
    };
  }
  return { path: '/spec/template/spec', template: manifest.spec?.template };
}

/** The metadata of the pods stand beside a pod spec that is called so. */
function placedAt(manifest: any, path: string): { path: string; template: any } {
  const metadata = path.endsWith('/spec') ? valueAt(manifest, path.replace(/spec$/, 'metadata')) : undefined;
  return { path, template: { metadata, spec: valueAt(manifest, path) } };
}

/** What a JSON pointer leads to. */
export function valueAt(manifest: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  return keys.reduce((part: any, key) => part?.[key], manifest);
}

/** JSON pointers to the pod specs of a manifest. */
export function podSpecsIn(value: unknown, pointer = ''): string[] {
  if (!(value instanceof Object)) return [];
  const own = mayBePodSpec(value) ? [pointer] : [];
  const below = Object.entries(value).filter(([key]) => own.length === 0 || !/ontainers$/.test(key));
  return [...own, ...below.flatMap(([key, each]) =>
    podSpecsIn(each, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`))];
}

/** What stands for an app in a pod spec that is no list: of KServe, and of templates of Argo. */
const APPS = ['model', 'container', 'script'];

/** Whether it holds an app, and not a whole pod spec somewhere below. */
function mayBePodSpec(value: unknown): boolean {
  if (!isMap(value)) return false;
  const spec = value as { [key: string]: unknown };
  return Array.isArray(spec.containers) || APPS.some(app => isMap(spec[app]));
}

function isMap(value: unknown): boolean {
  return value instanceof Object && !Array.isArray(value);
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
