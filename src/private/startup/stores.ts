import type { ApiObject } from 'cdk8s';
import { Nearest } from './nearest';
import type { Workload } from './workloads';
import { patchesOf } from '../pod/cdk8s-internals';
import type { StoredKey } from '../step/text-source';

/** A ConfigMap or Secret of the app, and all the keys that it has. */
export interface Store {
  readonly object: ApiObject;
  readonly keys: readonly string[];
}

/** Marks of what something in the cluster fills: with certificates, or with a copy of another one. */
const FILLED_IN_CLUSTER = /inject|reflect|replicat/i;

/** The ConfigMaps and Secrets of an app, which are looked at only if a step reads a key of one. */
export class Stores {
  private byName?: Map<string, Nearest<ApiObject>>;
  private readonly known = new Map<ApiObject, Store | undefined>();

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** The one that a workload reads a key of, if all its keys are known. */
  public of({ kind, name }: StoredKey, { pod: { workload }, namespace }: Workload): Store | undefined {
    this.byName ??= this.index();
    const [object, ...others] = this.byName.get(qualified(kind, name, namespace))?.to(workload) ?? [];
    if (!object || others.length > 0) return undefined;
    if (!this.known.has(object)) this.known.set(object, storeOf(object));
    return this.known.get(object);
  }

  private index(): Map<string, Nearest<ApiObject>> {
    const index = new Map<string, Nearest<ApiObject>>();
    for (const object of this.objects) {
      if (object.apiVersion !== 'v1' || !/^(ConfigMap|Secret)$/.test(object.kind)) continue;
      const { name, namespace } = patchesOf(object).length > 0
        ? readable(object).metadata ?? object.metadata
        : object.metadata;
      const key = qualified(object.kind, name, namespace);
      if (!index.has(key)) index.set(key, new Nearest());
      index.get(key)!.add(object);
    }
    return index;
  }
}

function qualified(kind: string, name: string | undefined, namespace: string | undefined): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** What its manifest has, unless something in the cluster may add to it: to an empty one somebody will. */
function storeOf(object: ApiObject): Store | undefined {
  const { type, metadata, data, binaryData, stringData } = readable(object);
  const keys = Object.keys({ ...data, ...binaryData, ...stringData });
  const marks = Object.keys({ ...metadata?.annotations, ...metadata?.labels });
  const isFilled = type === 'kubernetes.io/service-account-token' || marks.some(each => FILLED_IN_CLUSTER.test(each));
  return keys.length === 0 || isFilled ? undefined : { object, keys: keys.sort() };
}

/** An object that cannot be rendered yet is left to the synthesis, which says why. */
function readable(object: ApiObject): any {
  try {
    return object.toJson();
  } catch {
    return {};
  }
}
