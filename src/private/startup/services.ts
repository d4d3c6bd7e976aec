import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addTo } from './grouped';
import { patchesOf } from '../pod/cdk8s-internals';

/** A Service of the app, as its YAML will hold it. */
export interface AppService {
  readonly object: ApiObject;
  readonly name: string;
  readonly namespace?: string;
  readonly selector: { readonly [label: string]: string };
  readonly tcpPorts: readonly number[];
  /** Whether its name leads to the pods themselves, so that it translates no ports and has no address of its own. */
  readonly headless: boolean;
  /** Whether its name leads to pods that are not ready, too. */
  readonly publishesUnready: boolean;
  readonly externalName?: string;
}

/** How many times a name may stand for another one. */
const MOST_ALIASES = 8;

/**
 * The Services of an app, by the names that pods know them by.
 *
 * Two of one name in one namespace can only be meant for two clusters: each workload then knows the one nearest to it in the tree.
 */
export class Services {
  private readonly byName = new Map<string, Nearest<ApiObject>>();
  private readonly read = new Map<ApiObject, AppService | undefined>();

  public constructor(private readonly objects: ReadonlySet<ApiObject>) {
    for (const object of objects) {
      if (!isService(object)) continue;
      const { name, namespace } = patchesOf(object).length > 0 ? rendered(object)?.metadata ?? object.metadata : object.metadata;
      const key = keyOf(name, namespace);
      if (!this.byName.has(key)) this.byName.set(key, new Nearest());
      this.byName.get(key)!.add(object);
    }
  }

  /** The Service that a construct is or makes, if it belongs to the app. */
  public of(construct: IConstruct): AppService | undefined {
    const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild as ApiObject;
    return this.objects.has(object) ? this.reading(object) : undefined;
  }

  /** The Service behind a name, as seen from a pod. */
  public named(host: string, from: IConstruct, namespace: string | undefined, clusterDomain: string): AppService | undefined {
    const service = this.direct(host, from, namespace, clusterDomain);
    return service && this.behind(service, from, clusterDomain);
  }

  /** What an ExternalName Service stands for, if that is a Service of the app again. */
  public behind(service: AppService, from: IConstruct, clusterDomain: string): AppService {
    let known = service;
    for (let aliases = 0; known.externalName !== undefined && aliases < MOST_ALIASES; aliases++) {
      const next = this.direct(`${known.externalName}.`, from, undefined, clusterDomain);
      if (!next) return known;
      known = next;
    }
    return known;
  }

  /** Whether a workload is meant for the same cluster as a Service. */
  public share(service: AppService, workload: IConstruct): boolean {
    return this.byName.get(keyOf(service.name, service.namespace))?.to(workload).includes(service.object) ?? true;
  }

  private direct(host: string, from: IConstruct, namespace: string | undefined, clusterDomain: string): AppService | undefined {
    for (const reading of readings(host, namespace, clusterDomain)) {
      const [object] = this.byName.get(keyOf(reading.name, reading.namespace))?.to(from) ?? [];
      const service = object && this.reading(object);
      if (service && (service.headless || !reading.ofPod)) return service;
    }
    return undefined;
  }

  private reading(object: ApiObject): AppService | undefined {
    if (!this.read.has(object)) this.read.set(object, serviceOf(object));
    return this.read.get(object);
  }
}

interface Reading {
  readonly name: string;
  readonly namespace?: string;
  /** Whether the name of a pod stands before it, which only a headless Service has. */
  readonly ofPod?: boolean;
}

/** What a name can mean with the search list of a pod, best first. */
function readings(host: string, namespace: string | undefined, clusterDomain: string): Reading[] {
  const name = host.replace(/\.$/, '').toLowerCase();
  const ending = [`.svc.${clusterDomain.replace(/\.$/, '').toLowerCase()}`, ...host.endsWith('.') ? [] : ['.svc']].find(each => name.endsWith(each));
  const parts = (ending ? name.slice(0, -ending.length) : name).split('.');
  const [one, two, three] = parts;
  if (parts.length > 3 || (host.endsWith('.') && !ending)) return [];
  if (parts.length === 3) return [{ name: two, namespace: three, ofPod: true }];
  if (parts.length === 2) return [{ name: one, namespace: two }, ...ending ? [] : [{ name: two, namespace, ofPod: true }]];
  return ending ? [] : [{ name: one, namespace }];
}

function serviceOf(object: ApiObject): AppService | undefined {
  const manifest = isService(object) ? rendered(object) : undefined;
  if (!manifest) return undefined;
  const spec = manifest.spec ?? {};
  const ports: { readonly port: number; readonly protocol?: string }[] = spec.ports ?? [];
  return {
    object,
    name: manifest.metadata.name,
    namespace: manifest.metadata.namespace,
    selector: spec.type === 'ExternalName' ? {} : spec.selector ?? {},
    tcpPorts: ports.filter(each => (each.protocol ?? 'TCP') === 'TCP').map(each => each.port),
    headless: spec.clusterIP === 'None',
    publishesUnready: spec.publishNotReadyAddresses === true,
    externalName: spec.type === 'ExternalName' ? spec.externalName : undefined,
  };
}

function isService(object: ApiObject): boolean {
  return object.kind === 'Service' && object.apiVersion === 'v1';
}

/** An object that cannot be rendered yet is left to the synthesis, which says why. */
function rendered(object: ApiObject): any {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}

function keyOf(name: string | undefined, namespace: string | undefined): string {
  return `${namespace ?? ''}/${name}`;
}

/** Constructs of one name, of which those count that share the most scopes with the one that asks. */
class Nearest<T extends IConstruct> {
  private readonly all: T[] = [];
  private below?: Map<IConstruct, T[]>;

  public add(construct: T): void {
    this.all.push(construct);
  }

  public to(from: IConstruct): readonly T[] {
    if (this.all.length < 2) return this.all;
    this.below ??= this.byScope();
    for (let scope: IConstruct | undefined = from; scope; scope = scope.node.scope) {
      const found = this.below.get(scope);
      if (found) return found;
    }
    return this.all;
  }

  private byScope(): Map<IConstruct, T[]> {
    const below = new Map<IConstruct, T[]>();
    for (const construct of this.all) {
      for (const scope of construct.node.scopes) addTo(below, scope, construct);
    }
    return below;
  }
}
