import type { EnvFrom, Volume } from 'cdk8s-plus-28';
import type { StoredKey } from './text-source';
import { toKube } from '../pod/cdk8s-internals';
import { Attached } from '../values/attached';

/** A ConfigMap or Secret without which a container cannot start that mounts its volume. */
export interface ShownStore extends Omit<StoredKey, 'key'> {
  /** Those that it must have. */
  readonly keys: readonly string[];
}

/** The namespace of what a volume shows, where it is known by more than its name. */
export const shownNamespace = new Attached<string>('namespace', 1);

/** What a volume shows of the cluster, unless it may be missing. */
export function shownStore(volume: Volume): ShownStore | undefined {
  const { configMap, secret } = toKube(volume);
  const { optional, items = [] } = configMap ?? secret ?? {};
  const name = configMap?.name ?? secret?.secretName;
  if (optional || name === undefined) return undefined;
  return {
    kind: configMap ? 'ConfigMap' : 'Secret',
    name,
    namespace: shownNamespace.of(volume),
    keys: items.map(({ key }) => key),
  };
}

/** The ConfigMap or Secret whose keys are variables, unless it may be missing. */
export function storeOfVariables(source: EnvFrom): Omit<StoredKey, 'key'> | undefined {
  const { configMapRef, secretRef } = toKube(source);
  const { name, optional } = configMapRef ?? secretRef ?? {};
  return optional || name === undefined ? undefined : { kind: configMapRef ? 'ConfigMap' : 'Secret', name };
}
