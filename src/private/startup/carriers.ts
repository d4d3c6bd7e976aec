import type { Workload } from './workloads';
import { fragmentOf } from '../pod/fragment';
import { recordOf } from '../pod/workload-record';

type Unnumbered = Omit<Workload, 'index'>;

/**
 * Has the objects that hold the steps of a fragment stand for it, where the app makes some: those of a `Helm` chart,
 * to whose values the parts were given.
 */
export function inTheirObjects(workloads: readonly Unnumbered[]): readonly Unnumbered[] {
  const fragments = workloads.filter(each => each.pod.isFragment && each.pod.initContainers.length > 0);
  if (fragments.length === 0) return workloads;
  const carried = new Map(workloads.map(each => [each, fragments.find(fragment => carries(each, fragment))]));
  const placed = new Set(carried.values());
  return workloads
    .filter(each => !placed.has(each))
    .map(each => ({ ...each, pod: carried.get(each)?.pod ?? each.pod }));
}

/** Whether a workload is a fragment that no object of the app holds. */
export function isUnwritten({ object, pod }: Workload): boolean {
  return fragmentOf.of(pod.workload)?.object === object;
}

/** Whether a pod has all init containers of another one, which may be written anew on the way. */
function carries({ pod }: Unnumbered, fragment: Unnumbered): boolean {
  if (pod.isFragment || recordOf(pod.workload).steps.length > 0) return false;
  const { initContainers } = pod.finished();
  return fragment.pod.initContainers.every(({ name, image }) =>
    initContainers.some(each => each.name === name && each.image === image));
}
