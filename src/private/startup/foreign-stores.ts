import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import type { StoreName } from './stores';
import { storesRead } from './stores-read';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';

/** A step that reads what its pod cannot see. */
interface ForeignStore extends StartupFinding {
  /** Whether that is certain: what is known by its name alone may be in the cluster, too. */
  readonly isFact: boolean;
}

/** What steps read of ConfigMaps and Secrets of other namespaces: the kubelet would wait for ever. */
export function foreignStores(
  plan: Plan,
  workloads: readonly Workload[],
): ForeignStore[] {
  const placed = workloads.filter(({ namespace }) => namespace !== undefined);
  return placed.flatMap(from => recordOf(from.pod.workload).steps.flatMap(({ node }) =>
    storesRead(from, node.id).flatMap(store => foreign(plan, from, node.id, store))));
}

function foreign(
  plan: Plan,
  from: Workload,
  step: string,
  store: StoreName,
): ForeignStore[] {
  const found = plan.answers.stores.elsewhere(store, from);
  if (!found) return [];
  const { kind, name } = store;
  const { namespace, isFact } = found;
  return [{
    isFact,
    from,
    message: `reads ${kind} ${name} in step '${step}', `
      + `which ${isFact ? 'is' : 'this app makes only'} in namespace ${namespace}, `
      + `but a pod sees those of its own namespace only: ${from.namespace}`,
    remedy: isFact ? 'make one there, or move one of the two' : 'make one there, unless the cluster has it',
  }];
}
