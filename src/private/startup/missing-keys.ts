import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { listed, pathOf } from './wording';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { keysOf } from '../step/step-record';
import type { StoredKey } from '../step/text-source';
import { isSlip } from '../values/slips';

/** How many keys an error names. */
const MOST_NAMED = 12;

/** What steps read of ConfigMaps and Secrets of the app that do not have it: the kubelet would wait for ever. */
export function missingKeys(plan: Plan): StartupFinding[] {
  return plan.workloads.flatMap(from =>
    recordOf(from.pod.workload).steps.flatMap(step =>
      keysOf(step).flatMap(key => missing(plan, from, step.node.id, key)),
    ),
  );
}

function missing(
  plan: Plan,
  from: Workload,
  step: string,
  stored: StoredKey,
): StartupFinding[] {
  const { kind, key } = stored;
  const store = plan.answers.stores.lacking(stored, from);
  if (!store) return [];
  const { keys } = store;
  const meant = keys.find(each => isSlip(key, each));
  return [{
    from,
    message: `reads key ${key} of ${kind} ${pathOf(store)} in step '${step}', but that has only ${inWords(keys)}`,
    remedy: meant === undefined ? 'correct the key, or add it' : `did you mean ${meant}?`,
  }];
}

function inWords(keys: readonly string[]): string {
  const more = keys.length - MOST_NAMED;
  return more > 0 ? `${keys.slice(0, MOST_NAMED).join(', ')} and ${more} more` : listed(keys);
}
