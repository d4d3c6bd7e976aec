import { isDeepStrictEqual } from 'util';
import { manifestOf } from './manifest-of';
import type { Workload } from './workloads';
import { fragmentOf } from '../pod/fragment';
import { templateOf } from '../pod/pod-specs';
import { recordOf } from '../pod/workload-record';

type Unnumbered = Omit<Workload, 'index'>;

/** What an init container does; what a chart may add to it, such as resources, is left out. */
type Doing = readonly unknown[];

/**
 * Has the objects that hold the steps of a fragment stand for it, where the app makes some: those of a `Helm` chart,
 * to whose values the parts were given.
 */
export function inTheirObjects(workloads: readonly Unnumbered[]): readonly Unnumbered[] {
  const fragments = workloads.filter(isUnwritten)
    .map(workload => ({ workload, steps: stepsIn(workload) }))
    .filter(({ steps }) => steps.length > 0);
  if (fragments.length === 0) return workloads;
  const placed = new Set<Unnumbered>();
  const inObjects = workloads.map(each => {
    const found = mayCarry(each) ? stepsIn(each) : [];
    const fragment = fragments.find(({ steps }) => isAmong(steps, found))?.workload;
    if (!fragment) return each;
    placed.add(fragment);
    return { ...each, pod: fragment.pod };
  });
  return inObjects.filter(each => !placed.has(each));
}

/** Whether a workload is a fragment, and no object of the app is it. */
export function isUnwritten({ object, pod }: Unnumbered): boolean {
  return fragmentOf.of(pod.workload)?.object === object;
}

/** An object that has steps of its own is itself. */
function mayCarry(workload: Unnumbered): boolean {
  return !isUnwritten(workload) && recordOf(workload.pod.workload).steps.length === 0;
}

function stepsIn({ object, pod }: Unnumbered): Doing[] {
  const { initContainers = [] } = templateOf(manifestOf(object), pod.specPath)?.spec ?? {};
  return initContainers.map(({ name, image, command, args, env }) => [name, image, command, args, env]);
}

function isAmong(steps: readonly Doing[], found: readonly Doing[]): boolean {
  return steps.every(step => found.some(each => isDeepStrictEqual(each, step)));
}
