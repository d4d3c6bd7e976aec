import type { StoreName } from './stores';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { shownStore, storeOfVariables } from '../step/shown-store';
import { keysOf } from '../step/step-record';

/** The ConfigMaps and Secrets without which a step cannot start, each once. */
export function storesRead({ pod: { workload } }: Workload, id: string): StoreName[] {
  const { steps, placements, textVolumes } = recordOf(workload);
  const known = new Map<string, StoreName>();
  const containers = placements.filter(({ name }) => name === id);
  const mounted = containers.flatMap(({ volumeMounts = [] }) => volumeMounts)
    .filter(({ volume }) => !textVolumes.has(volume.name))
    .flatMap(({ volume }) => shownStore(volume) ?? []);
  const whole = containers.flatMap(({ envFrom = [] }) => envFrom).flatMap(each => storeOfVariables(each) ?? []);
  const keys = steps.filter(({ node }) => node.id === id).flatMap(keysOf);
  for (const store of [...mounted, ...whole, ...keys]) known.set(`${store.kind}/${store.name}`, store);
  return [...known.values()];
}
