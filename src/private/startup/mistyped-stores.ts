import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { nameOf, type StoreName } from './stores';
import { storesRead } from './stores-read';
import { pathOf } from './wording';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';

/** What steps read of ConfigMaps and Secrets that the app does not make, but others of nearly the same name. */
export function mistypedStores(plan: Plan, from: Workload): StartupFinding[] {
  return recordOf(from.pod.workload).steps.flatMap(step =>
    storesRead(from, step.node.id).flatMap(store => mistyped(plan, from, step.node.id, store)));
}

function mistyped(
  plan: Plan,
  from: Workload,
  step: string,
  store: StoreName,
): StartupFinding[] {
  const object = plan.answers.stores.nearlyNamed(store, from);
  if (!object) return [];
  const { kind, name } = store;
  return [{
    from,
    message: `reads ${kind} ${name} in step '${step}', but no ${kind} of this app is called ${name}. `
      + `Did you mean ${nameOf(object)}, which is ${pathOf({ object })}?`,
    remedy: 'correct the name, unless the cluster has one of that name',
  }];
}
