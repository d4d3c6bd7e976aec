import type { StoreName } from './stores';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { shownStore } from '../step/shown-store';
import { keysOf } from '../step/step-record';

/** The ConfigMaps and Secrets without which a step cannot start, each once. */
export function storesRead({ pod: { workload } }: Workload, id: string): StoreName[] {
  const { steps, placements, textVolumes } = recordOf(workload);
  const known = new Map<string, StoreName>();
  const mounted = placements.filter(({ name }) => name === id)
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .filter(({ volume }) => !textVolumes.has(volume.name))
    .flatMap(({ volume }) => shownStore(volume) ?? []);
  const keys = steps.filter(({ node }) => node.id === id).flatMap(keysOf);
  for (const store of [...mounted, ...keys]) known.set(`${store.kind}/${store.name}`, store);
  return [...known.values()];
}
