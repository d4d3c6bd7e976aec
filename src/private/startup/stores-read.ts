import type { Volume } from 'cdk8s-plus-28';
import type { StoreName } from './stores';
import type { Workload } from './workloads';
import { toKube } from '../pod/cdk8s-internals';
import { recordOf } from '../pod/workload-record';
import { keysOf } from '../step/step-record';

/** The ConfigMaps and Secrets without which a step cannot start, each once. */
export function storesRead({ pod: { workload } }: Workload, id: string): StoreName[] {
  const { steps, placements, textVolumes } = recordOf(workload);
  const known = new Map<string, StoreName>();
  const mounted = placements.filter(({ name }) => name === id)
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .filter(({ volume }) => !textVolumes.has(volume.name))
    .flatMap(({ volume }) => storeOf(volume));
  const keys = steps.filter(({ node }) => node.id === id).flatMap(keysOf);
  for (const store of [...mounted, ...keys]) known.set(`${store.kind}/${store.name}`, store);
  return [...known.values()];
}

function storeOf(volume: Volume): StoreName[] {
  const { configMap, secret } = toKube(volume);
  const { optional } = configMap ?? secret ?? {};
  if (optional) return [];
  if (configMap?.name !== undefined) return [{ kind: 'ConfigMap', name: configMap.name }];
  return secret?.secretName === undefined ? [] : [{ kind: 'Secret', name: secret.secretName }];
}
