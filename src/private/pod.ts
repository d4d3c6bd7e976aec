import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { checkDnsLabel } from './check';
import { inWords, refuse, refuseAll, type Place } from './refuse';
import type { Directory } from './workload-record';

/** Where a container shows a volume. */
export interface Mount {
  readonly path: string;
  readonly volume: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
}

/** One container, as far as init steps care. */
export interface PodContainer {
  readonly name: string;
  readonly mounts: Mount[];
}

/** The pod template of one workload: all that the rest of the library knows of it. */
export interface Pod {
  /** The construct that holds the pod template. */
  readonly workload: IConstruct;
  /** Its namespace, if the program names one. */
  readonly namespace?: string;
  /** Whether the pod as a whole refuses to run as root. */
  readonly ensureNonRoot: boolean;
  /** The containers of the app, in order. */
  readonly containers: PodContainer[];
  /** The init containers, in run order. */
  readonly initContainers: PodContainer[];
  /** The names of its volumes. */
  readonly volumes: string[];
  /** Grows with every container and mount, and is quick to ask for. */
  readonly size: number;
  addInitContainer(container: kplus.ContainerProps): void;
  /** Shows storage in the app container of that name. */
  mount(container: string, path: string, storage: kplus.IStorage, options: kplus.MountOptions): void;
}

/** The pod of the nearest workload at or above a construct. */
export function podOf(scope: IConstruct): Pod | undefined {
  const workload = [...scope.node.scopes].reverse().find(construct => construct instanceof kplus.AbstractPod);
  return workload && new PlusPod(workload as kplus.AbstractPod);
}

/** The same, where there must be one. */
export function requirePod(place: Place, scope: IConstruct): Pod {
  return podOf(scope) ?? refuse(place, 'scope', 'be a workload (cdk8s-plus-28 Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob) or a construct below one',
    inWords(`${scope.constructor.name} '${scope.node.path}'`), `write new ${place.of}(deployment, ...)`);
}

/** The pod that a step is about to join, in which its name must be free. */
export function podForStep(place: Place, scope: IConstruct, id: string): Pod {
  const pod = requirePod(place, scope);
  checkDnsLabel(place, 'id', id);
  if ([...pod.initContainers, ...pod.containers].some(container => container.name === id)) {
    refuse(place, 'id', `be free in ${pod.workload.node.path}`, id, 'the pod has a container of that name');
  }
  return pod;
}

/** Refuses a shared directory of another workload. */
export function requireSamePod(place: Place, prop: string, pod: Pod, directory: Directory): void {
  if (directory.workload !== pod.workload) {
    refuse(place, prop, `belong to ${pod.workload.node.path}`, inWords(`directory '${directory.volume}' of ${directory.workload.node.path}`),
      'an emptyDir is seen by the containers of its own pod only');
  }
}

/** Shows storage in the named app containers, by default in the first that the workload has now. */
export function mountInApp(place: Place, pod: Pod, path: string, storage: kplus.IStorage, options: kplus.MountOptions, names?: string[]): void {
  for (const name of appContainers(place, pod, path, options.readOnly, names)) pod.mount(name, path, storage, options);
}

/** The app containers that are meant, in each of which the path must be free. */
export function appContainers(place: Place, pod: Pod, path: string, readOnly = false, names?: string[]): string[] {
  const known = pod.containers.map(container => container.name);
  if (known.length === 0) {
    refuseAll(place, `nothing can see '${path}', because ${pod.workload.node.path} has no container yet`, 'add its containers first');
  }
  if (names?.length === 0) refuse(place, 'containers', 'name at least one container', inWords('none'), 'leave it out for the first container');
  if (names && new Set(names).size < names.length) refuse(place, 'containers', 'be different', names.join(', '));
  for (const name of names ?? known.slice(0, 1)) {
    const container = pod.containers.find(candidate => candidate.name === name);
    if (!container) return refuse(place, 'containers', `name containers of ${pod.workload.node.path}`, name, `it has: ${known.join(', ')}`);
    checkFree(place, path, readOnly, container);
  }
  return names ?? known.slice(0, 1);
}

function checkFree(place: Place, path: string, readOnly: boolean, container: PodContainer): void {
  for (const mount of container.mounts) {
    if (mount.path === path) refuse(place, 'path', `be free in container '${container.name}'`, path, `volume '${mount.volume}' is mounted there`);
    const below = mount.readOnly && path.startsWith(`${mount.path}/`);
    const above = readOnly && mount.path.startsWith(`${path}/`);
    if (below || above) {
      refuse(place, 'path', `not lie ${below ? 'below a read-only mount' : 'read-only above another mount'} of container '${container.name}'`, path,
        `volume '${mount.volume}' is mounted at ${mount.path}, and no mount point can be made below a read-only mount`);
    }
  }
}

/** How many init containers write to a volume. */
export function writersOf(pod: Pod, volume: string): number {
  return pod.initContainers.filter(container => container.mounts.some(mount => mount.volume === volume && !mount.readOnly)).length;
}

/** Whether a step may have written this file; steps with programs of their own may have written any. */
export function mayHold(pod: Pod, { volume, files }: Directory, file: string): boolean {
  const writers = writersOf(pod, volume);
  return writers > files.size || files.has(file);
}

/** A workload of cdk8s-plus-28: containers are objects that can be asked and changed. */
class PlusPod implements Pod {
  public constructor(public readonly workload: kplus.AbstractPod) {}

  public get namespace(): string | undefined {
    return ApiObject.of(this.workload).metadata.namespace;
  }

  public get ensureNonRoot(): boolean {
    return this.workload.securityContext.ensureNonRoot;
  }

  public get containers(): PodContainer[] {
    return this.workload.containers.map(described);
  }

  public get initContainers(): PodContainer[] {
    return this.workload.initContainers.map(described);
  }

  public get volumes(): string[] {
    const mounted = [...this.workload.containers, ...this.workload.initContainers].flatMap(container => container.mounts.map(mount => mount.volume));
    return [...new Set([...this.workload.volumes, ...mounted].map(volume => volume.name))];
  }

  public get size(): number {
    let size = 0;
    for (const container of this.workload.initContainers) size += 1 + container.mounts.length;
    for (const container of this.workload.containers) size += 1 + container.mounts.length;
    return size;
  }

  public addInitContainer(container: kplus.ContainerProps): void {
    this.workload.addInitContainer(container);
  }

  public mount(container: string, path: string, storage: kplus.IStorage, options: kplus.MountOptions): void {
    this.workload.containers.find(candidate => candidate.name === container)!.mount(path, storage, options);
  }
}

/** The kubelet mounts these read-only, whatever the mount says. */
const ALWAYS_READ_ONLY = ['configMap', 'secret', 'projected', 'downwardAPI'];

function described(container: kplus.Container): PodContainer {
  return {
    name: container.name,
    mounts: container.mounts.map(mount => ({
      path: mount.path,
      volume: mount.volume.name,
      subPath: mount.subPath,
      readOnly: (mount.readOnly ?? false) || ALWAYS_READ_ONLY.some(kind => kind in mount.volume._toKube()),
    })),
  };
}
