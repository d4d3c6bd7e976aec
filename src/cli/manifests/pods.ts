import { argumentsOf, type Argument } from './arguments';
import { textIn, type Manifest } from './manifest';
import type { Mount } from './mounts';
import { podSpecsIn, valueAt } from '../../private/pod/pod-specs';
import { listOf } from '../../private/values/lists';
import type { ShellCommand } from '../shell/command';
import { scriptOf, type Script, type Unreadable } from '../shell/script';

/** A pod template in a manifest, or a Pod itself. */
export interface Pod {
  readonly manifest: Manifest;
  /** JSON pointer to the pod spec. */
  readonly pointer: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: { readonly [name: string]: string };
  /** Those of the pod itself, not of the object that makes it. */
  readonly annotations: { readonly [name: string]: string };
  readonly spec: any;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
}

/** A container of a pod. */
export interface Container {
  readonly pod: Pod;
  /** JSON pointer to the container. */
  readonly pointer: string;
  readonly name: string;
  readonly image?: string;
  /** Command and arguments. */
  readonly argv: readonly Argument[];
  readonly mounts: readonly Mount[];
  /** Whether one of our steps made it. */
  readonly isOurs: boolean;
  /** Whether it runs beside those behind it, a native sidecar. */
  readonly isSidecar: boolean;
  readonly spec: any;
  /** The shell program that it runs, as far as it is in the manifests. */
  readonly script?: Script;
  /** What is wrong with a program that cannot be read; then nothing is known of its commands. */
  readonly unreadable?: Unreadable;
  /** Its commands, also if there is no shell: then there is one. */
  readonly commands: readonly ShellCommand[];
}

/** All that was read. */
export interface Manifests {
  readonly all: readonly Manifest[];
  readonly pods: readonly Pod[];
}

/** Finds the pods of manifests, wherever they have pod specs. */
export function podsOf(all: readonly Manifest[]): Manifests {
  return { all, pods: all.flatMap(manifest => podsIn(manifest, all)) };
}

/** The init containers that somebody wrote by hand; ours are known to be right, sidecars are apps. */
export function handWritten({ pods }: Manifests): Container[] {
  return pods
    .flatMap(pod => pod.initContainers)
    .filter(each => !each.isOurs && !each.isSidecar);
}

function podsIn(manifest: Manifest, all: readonly Manifest[]): Pod[] {
  return podSpecsIn(manifest.object).map(pointer => {
    const { kind, name, namespace } = manifest;
    const template: any = valueAt(manifest.object, pointer.replace(/\/spec$/, ''));
    const spec: any = valueAt(manifest.object, pointer);
    const initContainers: Container[] = [];
    const containers: Container[] = [];
    const pod: Pod = {
      manifest,
      pointer,
      kind,
      name,
      namespace,
      labels: template?.metadata?.labels ?? {},
      annotations: template?.metadata?.annotations ?? {},
      spec,
      initContainers,
      containers,
    };
    initContainers.push(...containersIn(pod, 'initContainers', all));
    containers.push(...containersIn(pod, 'containers', all));
    return pod;
  });
}

function containersIn(
  pod: Pod,
  list: 'initContainers' | 'containers',
  all: readonly Manifest[],
): Container[] {
  return listOf(pod.spec[list]).map((spec, index) =>
    containerOf(pod, `${pod.pointer}/${list}/${index}`, spec ?? {}, all),
  );
}

function containerOf(
  pod: Pod,
  pointer: string,
  spec: any,
  all: readonly Manifest[],
): Container {
  const argv = argumentsOf(spec, pointer);
  const mounts = listOf(spec.volumeMounts).map(mount => ({
    path: String(mount?.mountPath ?? '').replace(/(.)\/+$/, '$1'),
    volume: listOf(pod.spec.volumes).find(volume => volume?.name === mount?.name) ?? {
      name: mount?.name,
    },
    subPath: textIn(mount?.subPath) ?? textIn(mount?.subPathExpr),
  }));
  const container = {
    pod,
    pointer,
    name: textIn(spec.name) ?? 'without-name',
    image: textIn(spec.image),
    argv,
    mounts,
    isOurs: isOurs(argv, mounts),
    isSidecar: spec.restartPolicy === 'Always',
    spec,
  };
  const isRead = !container.isOurs && listOf(spec.command).length > 0;
  return { ...container, ...(isRead ? scriptOf(container, all) : { commands: [] }) };
}

/** Whether a program of ours is in the command itself, or in a file that the command reads. */
function isOurs(argv: readonly Argument[], mounts: readonly Mount[]): boolean {
  return argv.some(({ text }) => {
    if (text.startsWith('# cdk8s-init-containers ')) return true;
    const [, file] = /^\. (\/step\/[a-z-]+)$/.exec(text) ?? [];
    return file !== undefined && mounts.some(({ path, volume }) => path === file && volume.configMap);
  });
}
