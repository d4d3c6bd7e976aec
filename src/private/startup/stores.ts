import type { ApiObject } from 'cdk8s';
import type { ConfigMap } from 'cdk8s-plus-28';
import { manifestOf } from './manifest-of';
import { NearestByKey } from './nearest';
import type { Workload } from './workloads';
import { makerOf, patchesOf } from '../pod/cdk8s-internals';
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
  private byName?: NearestByKey<ApiObject>;
  private readonly known = new Map<ApiObject, Store | undefined>();

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** The one that a workload reads a key of, if all its keys are known, and that is none of them. */
  public lacking({ kind, name, key }: StoredKey, workload: Workload): Store | undefined {
    this.byName ??= this.index();
    const found = this.byName.to(qualified(kind, name, workload.namespace), workload.pod.workload);
    const [object] = found;
    if (found.length !== 1 || wasMadeWith(object, key)) return undefined;
    if (!this.known.has(object)) this.known.set(object, storeOf(object));
    const store = this.known.get(object);
    return store?.keys.includes(key) ? undefined : store;
  }

  private index(): NearestByKey<ApiObject> {
    const index = new NearestByKey<ApiObject>();
    for (const object of this.objects) {
      if (object.apiVersion !== 'v1' || !/^(ConfigMap|Secret)$/.test(object.kind)) continue;
      const { name, namespace } = patchesOf(object).length > 0
        ? manifestOf(object).metadata ?? object.metadata
        : object.metadata;
      index.add(qualified(object.kind, name, namespace), object);
    }
    return index;
  }
}

function qualified(kind: string, name: string | undefined, namespace: string | undefined): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** Whether a ConfigMap of cdk8s-plus certainly has a key: most have what is read of them, and are slow to render. */
function wasMadeWith(object: ApiObject, key: string): boolean {
  const { data } = makerOf(object) as Partial<ConfigMap>;
  return typeof data?.[key] === 'string' && patchesOf(object).length === 0;
}

/** What its manifest has, unless something in the cluster may add to it: to an empty one somebody will. */
function storeOf(object: ApiObject): Store | undefined {
  const { type, metadata, data, binaryData, stringData } = manifestOf(object);
  const keys = Object.keys({ ...data, ...binaryData, ...stringData });
  const marks = Object.keys({ ...metadata?.annotations, ...metadata?.labels });
  const isFilled = type === 'kubernetes.io/service-account-token' || marks.some(each => FILLED_IN_CLUSTER.test(each));
  return keys.length === 0 || isFilled ? undefined : { object, keys: keys.sort() };
}
