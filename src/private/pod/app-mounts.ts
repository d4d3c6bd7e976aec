import type * as kplus from 'cdk8s-plus-28';
import type { Pod, PodContainer } from './pod';
import { recordOf } from './workload-record';
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
export function mountInApp(place: Place, pod: Pod, storage: kplus.IStorage, mount: AppMount): void {
  const { path, subPath } = mount;
  // What is not read-only is said by silence: the API server drops a `false`, and tools that compare would
  // find a change.
  const readOnly = mount.readOnly || undefined;
  for (const name of appContainers(place, pod, mount)) {
    pod.mount(name, path, storage, { subPath, readOnly });
    recordOf(pod.workload).placements.push({
      name,
      volumeMounts: [{ path, volume: storage.asVolume() }],
    });
  }
}

/** The containers of the app that are meant, in each of which the path must be free. */
export function appContainers(
  place: Place,
  pod: Pod,
  { path, readOnly, containers }: AppMount,
): readonly string[] {
  const { path: workload } = pod.workload.node;
  const known = pod.containers.map(container => container.name);
  if (known.length === 0) {
    refuseAll(
      place,
      `nothing can see '${path}', because ${workload} has no container yet`,
      'add its containers first',
    );
  }
  checkNames(place, containers);
  const names = containers ?? known.slice(0, 1);
  for (const name of names) {
    const container = pod.containers.find(candidate => candidate.name === name);
    if (!container) {
      return refuseWith(place, 'containers', {
        must: `name containers of ${workload}`,
        got: name,
        remedy: `it has: ${known.join(', ')}`,
      });
    }
    checkFree(place, path, readOnly, container);
  }
  return names;
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
  path: string,
  readOnly: boolean | undefined,
  container: PodContainer,
): void {
  for (const mount of container.mounts) {
    if (mount.path === path) {
      refuseWith(place, 'path', {
        must: `be free in container '${container.name}'`,
        got: path,
        remedy: `volume '${mount.volume}' is mounted there`,
      });
    }
    const isBelow = mount.readOnly && path.startsWith(`${mount.path}/`);
    const isAbove = readOnly && mount.path.startsWith(`${path}/`);
    if (!isBelow && !isAbove) continue;
    const lie = isBelow ? 'below a read-only mount' : 'read-only above another mount';
    refuseWith(place, 'path', {
      must: `not lie ${lie} of container '${container.name}'`,
      got: path,
      remedy: `volume '${mount.volume}' is mounted at ${mount.path}, `
        + 'and no mount point can be made below a read-only mount',
    });
  }
}
