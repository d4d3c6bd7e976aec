import { ApiObject, Chart, Include } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { makerOf } from './cdk8s-internals';
import { JsonPod } from './json-pod';
import { isPlusWorkload, PlusPod } from './plus-pod';
import type { Pod, PodContainer } from './pod';
import { recordOf, type Directory } from './workload-record';
import { checkDnsLabel } from '../values/checks';
import { inWords, refuse, refuseAll, type Place } from '../values/refuse';

/** The pod of the nearest workload at or above a construct. */
export function podOf(scope: IConstruct): Pod | undefined {
  for (let construct: IConstruct | undefined = scope; construct; construct = construct.node.scope) {
    const pod = podAt(construct);
    if (pod) return pod;
  }
  return undefined;
}

/** The pod of a workload, or of a construct that is made around one. */
function podAt(construct: IConstruct): Pod | undefined {
  if (isPlusWorkload(construct)) return new PlusPod(construct);
  if (ApiObject.isApiObject(construct)) return isPlusResource(construct) ? undefined : JsonPod.of(construct);
  const child = Chart.isChart(construct) ? undefined : construct.node.defaultChild;
  return child && podAt(child);
}

/** The pod in an object, or of the cdk8s-plus workload that made the object. */
export function podIn(object: ApiObject): Pod | undefined {
  return isPlusResource(object) ? new PlusPod(makerOf(object) as kplus.AbstractPod) : JsonPod.of(object);
}

/** Whether an object is what a cdk8s-plus workload makes, to which the workload itself is the way. */
function isPlusResource(object: ApiObject): boolean {
  return isPlusWorkload(makerOf(object));
}

/** The same, where there must be one. */
export function requirePod(place: Place, scope: IConstruct): Pod {
  return podOf(scope) ?? refuse(place, 'scope', 'be a workload (a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus, '
    + 'or an ApiObject with a pod template) or a construct below one', inWords(`${scope.constructor.name} '${scope.node.path}'`), remedy(place, scope));
}

function remedy(place: Place, scope: IConstruct): string {
  if (!(scope instanceof Include)) return `write new ${place.of}(deployment, ...)`;
  const workload = scope.apiObjects.find(object => podOf(object));
  return workload ? `name one of its objects: .apiObjects.find(each => each.kind === '${workload.kind}' && each.name === '${workload.name}')`
    : 'none of its objects has a pod template';
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
  for (const name of appContainers(place, pod, path, options.readOnly, names)) {
    pod.mount(name, path, storage, options);
    recordOf(pod.workload).placements.push({ name, volumeMounts: [{ path, volume: storage.asVolume() }] });
  }
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
export function writersOf(initContainers: PodContainer[], volume: string): number {
  return initContainers.filter(container => container.mounts.some(mount => mount.volume === volume && !mount.readOnly)).length;
}

/** Whether a step may have written this file; steps with programs of their own may have written any. */
export function mayHold(initContainers: PodContainer[], { volume, files }: Directory, file: string): boolean {
  const writers = writersOf(initContainers, volume);
  return writers > files.size || files.has(file);
}
