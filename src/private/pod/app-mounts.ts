import type * as kplus from 'cdk8s-plus-28';
import { requireUnread } from './fragment';
import { obstacleTo, type Mount } from './mount';
import { containerInWords, type Pod, type PodContainer } from './pod';
import { recordOf, volumeOf } from './workload-record';
import { inWords, refuse, refuseAll, refuseWith, type Place } from '../values/refuse';

/** What containers of the app are shown, and where. */
export interface AppMount {
  readonly path: string;
  /** A single file or folder of the storage. */
  readonly subPath?: string;
  readonly readOnly?: boolean;
  /** The names of the containers, by default of the first that the workload has now. */
  readonly containers?: readonly string[];
}

/** Shows storage to containers of the app: to all that are meant, or, if one of them is wrong, to none. */
export function mountInApp(
  place: Place,
  pod: Pod,
  storage: kplus.IStorage,
  mount: AppMount,
): void {
  mountIn(appContainers(place, pod, mount), pod, storage, mount);
}

/** Shows storage to containers that `appContainers` has found right. */
export function mountIn(
  names: readonly (string | undefined)[],
  pod: Pod,
  storage: kplus.IStorage,
  mount: AppMount,
): void {
  const { path, subPath } = mount;
  // What is not read-only is said by silence: the API server drops a `false`, and tools that compare would
  // find a change.
  const readOnly = mount.readOnly || undefined;
  const volume = volumeOf(storage);
  for (const name of names) {
    pod.mount(name, path, volume, { subPath, readOnly });
    recordOf(pod.workload).placements.push({
      name,
      volumeMounts: [{ path, volume }],
    });
  }
}

/** The containers of the app that are meant, in each of which the path must be free. */
export function appContainers(
  place: Place,
  pod: Pod,
  { path, subPath, readOnly = false, containers }: AppMount,
): readonly (string | undefined)[] {
  const meant = meantContainers(place, pod, containers, `can see '${path}'`);
  const mount = { path, subPath, readOnly, takesFolders: false, isFolder: subPath === undefined };
  for (const container of meant) checkFree(place, pod, mount, container);
  return meant.map(({ name }) => name);
}

/**
 * The containers of the app of these names, by default the first one.
 *
 * @param can what nothing can in a pod without containers
 */
export function meantContainers(
  place: Place,
  pod: Pod,
  names: readonly string[] | undefined,
  can: string,
): readonly PodContainer[] {
  requireUnread(place, pod);
  const known = pod.containers;
  if (known.length === 0) {
    refuseAll(
      place,
      `nothing ${can}, because ${pod.workload.node.path} has no container yet`,
      pod.lackOfContainers,
    );
  }
  checkNames(place, names);
  return names?.map(name => known.find(each => each.name === name) ?? refuseUnknown(place, pod, name)) ?? [known[0]];
}

function refuseUnknown(place: Place, { workload, containers }: Pod, name: string): never {
  return refuseWith(place, 'containers', {
    must: `name containers of ${workload.node.path}`,
    got: name,
    remedy: `it has: ${containers.map(each => each.name ?? 'one without a name').join(', ')}`,
  });
}

function checkNames(place: Place, names?: readonly string[]): void {
  if (names?.length === 0) {
    refuseWith(place, 'containers', {
      must: 'name at least one container',
      got: inWords('none'),
      remedy: 'leave it out for the first container',
    });
  }
  if (names && new Set(names).size < names.length) {
    refuse(place, 'containers', 'be different', names.join(', '));
  }
}

function checkFree(
  place: Place,
  pod: Pod,
  mount: Mount,
  container: PodContainer,
): void {
  const obstacle = obstacleTo(mount, [...container.mounts, ...pod.kubeletMounts]);
  if (!obstacle) return;
  const { must, remedy } = obstacle;
  const got = mount.path;
  refuseWith(place, 'path', { must: `${must} in ${containerInWords(container.name)}`, got, remedy });
}
