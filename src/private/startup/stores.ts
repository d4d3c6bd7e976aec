import type { ApiObject } from 'cdk8s';
import type { ConfigMap } from 'cdk8s-plus-28';
import { addTo } from './group';
import { manifestOf } from './manifest-of';
import { NearestByKey } from './nearest';
import { isFilledInCluster, isNamedByOthers } from './store-fillers';
import type { Workload } from './workloads';
import { makerOf, patchesOf } from '../pod/cdk8s-internals';
import type { StoredKey } from '../step/text-source';
import { isSlip, variants } from '../values/slips';

/** A ConfigMap or Secret of the app, and all the keys that it has. */
export interface Store {
  readonly object: ApiObject;
  readonly keys: readonly string[];
}

/** A ConfigMap or Secret, as far as whoever reads it names it. */
export type StoreName = Omit<StoredKey, 'key'>;

/** Where a ConfigMap or Secret is instead. */
interface Elsewhere {
  readonly namespace: string;
  /** Whether it is certainly this one that is meant, and not another one of its name. */
  readonly isFact: boolean;
}

/** The ConfigMaps and Secrets of an app, which are looked at only if a step reads a key of one. */
export class Stores {
  private byName?: NearestByKey<ApiObject>;
  private near?: Map<string, ApiObject[]>;
  private readonly namespaces = new Map<string, Map<ApiObject, string | undefined>>();
  private readonly known = new Map<ApiObject, readonly string[]>();

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** The one that a workload reads a key of, if all its keys are known, and that is none of them. */
  public lacking(
    { kind, name, key }: StoredKey,
    workload: Workload,
  ): Store | undefined {
    this.byName ??= this.index();
    const found = this.byName.to(qualified(kind, name, workload.namespace), workload.pod.workload);
    const [object] = found;
    if (found.length !== 1 || wasMadeWith(object, key)) return undefined;
    if (!this.known.has(object)) this.known.set(object, keysIn(object));
    const keys = this.known.get(object)!;
    if (keys.length === 0 || keys.includes(key)) return undefined;
    return this.isFilled(object) ? undefined : { object, keys };
  }

  /** The other namespace that one is in, where a workload and what it reads are known to be in two. */
  public elsewhere(
    { kind, name, namespace }: StoreName,
    workload: Workload,
  ): Elsewhere | undefined {
    if (workload.namespace === undefined || namespace === workload.namespace) return undefined;
    this.byName ??= this.index();
    const known = [...this.namespaces.get(`${kind}/${name}`) ?? []];
    if (known.some(([, each]) => each === undefined || each === workload.namespace)) return undefined;
    if (known.some(([object]) => this.isFilled(object))) return undefined;
    if (namespace !== undefined) return { namespace, isFact: true };
    const [object, other] = known[0] ?? [];
    if (other === undefined) return undefined;
    return { namespace: other, isFact: object.chart.generateObjectName(object) === name };
  }

  /** One of the namespace of a workload that may be meant by a name which none has there. */
  public nearlyNamed(
    { kind, name, namespace }: StoreName,
    { namespace: own }: Workload,
  ): ApiObject | undefined {
    if (namespace !== undefined && namespace !== own) return undefined;
    this.byName ??= this.index();
    if (this.byName.has(qualified(kind, name, own))) return undefined;
    this.near ??= this.indexNear();
    const similar = [...variants(name)].flatMap(variant => this.near!.get(qualified(kind, variant, own)) ?? []);
    const meant = similar.find(object => isSlip(nameOf(object), name));
    return meant && isNamedByOthers(name, this.objects) ? undefined : meant;
  }

  /** Whether something in the cluster may add to one, or copy it. */
  private isFilled(object: ApiObject): boolean {
    return isFilledInCluster(object, this.objects);
  }

  private index(): NearestByKey<ApiObject> {
    const index = new NearestByKey<ApiObject>();
    for (const object of this.objects) {
      if (!isStore(object)) continue;
      const { name, namespace } = metadataOf(object);
      index.add(qualified(object.kind, name, namespace), object);
      const key = `${object.kind}/${name}`;
      if (!this.namespaces.has(key)) this.namespaces.set(key, new Map());
      this.namespaces.get(key)!.set(object, namespace);
    }
    return index;
  }

  private indexNear(): Map<string, ApiObject[]> {
    const index = new Map<string, ApiObject[]>();
    for (const object of this.objects) {
      if (!isStore(object)) continue;
      const { namespace } = metadataOf(object);
      for (const variant of variants(nameOf(object))) addTo(index, qualified(object.kind, variant, namespace), object);
    }
    return index;
  }
}

function isStore({ apiVersion, kind }: ApiObject): boolean {
  return apiVersion === 'v1' && /^(ConfigMap|Secret)$/.test(kind);
}

function metadataOf(object: ApiObject): { readonly name?: string; readonly namespace?: string } {
  return patchesOf(object).length > 0 ? manifestOf(object).metadata ?? object.metadata : object.metadata;
}

/** What a ConfigMap or Secret is called in its namespace. */
export function nameOf(object: ApiObject): string {
  return `${metadataOf(object).name}`;
}

function qualified(
  kind: string,
  name: string | undefined,
  namespace: string | undefined,
): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** Whether a ConfigMap of cdk8s-plus certainly has a key: most have what is read of them, and are slow to render. */
function wasMadeWith(object: ApiObject, key: string): boolean {
  const { data } = makerOf(object) as Partial<ConfigMap>;
  return typeof data?.[key] === 'string' && patchesOf(object).length === 0;
}

/** The keys of its manifest; to one without any somebody will add some. */
function keysIn(object: ApiObject): readonly string[] {
  const { data, binaryData, stringData } = manifestOf(object);
  return Object.keys({ ...data, ...binaryData, ...stringData }).sort();
}
