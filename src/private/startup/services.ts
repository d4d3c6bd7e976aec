import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { namesBeforeWrongEnding, namesMeant } from './dns-names';
import { NearNames, type ServiceName } from './near-names';
import { NearestByKey } from './nearest';
import { patchesOf } from '../pod/cdk8s-internals';
import {
  isService,
  readService,
  serviceObjectOf,
  type ServiceManifest,
} from '../step/service-manifest';

/** How many times a name may stand for another one. */
const MOST_ALIASES = 8;

/** Who asks for a name. */
export interface Asker {
  readonly workload: IConstruct;
  readonly namespace?: string;
  /** The DNS domain of its cluster. */
  readonly clusterDomain: string;
}

/** A Service, and the pod whose name stands before its own. */
export interface Named {
  readonly service: ServiceManifest;
  readonly pod?: string;
}

/** A Service that may be meant by a name, and how it is called by the one who asks. */
export interface MeantService {
  readonly host: string;
  readonly object: ApiObject;
}

/**
 * The Services of an app, by the names that pods know them by.
 *
 * Two of one name in one namespace can only be meant for two clusters: each workload then knows the one
 * nearest to it in the tree.
 */
export class Services {
  private readonly byName = new NearestByKey<ApiObject>();
  private readonly names: ServiceName[] = [];
  private readonly manifests = new Map<ApiObject, ServiceManifest | undefined>();
  private near?: NearNames;
  private readonly meant = new Map<string, MeantService | undefined>();

  public constructor(private readonly objects: ReadonlySet<ApiObject>) {
    for (const object of objects) {
      if (!isService(object)) continue;
      const { name, namespace } =
        patchesOf(object).length > 0 ? (this.read(object) ?? object.metadata) : object.metadata;
      this.names.push({ name: `${name}`, namespace, object });
      this.byName.add(qualified(name, namespace), object);
    }
  }

  /** The Service that a construct is or makes, if it belongs to the app. */
  public of(construct: IConstruct): ServiceManifest | undefined {
    const object = serviceObjectOf(construct);
    return object && this.objects.has(object) ? this.read(object) : undefined;
  }

  /** The Service that a host is, as seen from a pod. */
  public named(host: string, asker: Asker): Named | undefined {
    const named = this.find(host, asker);
    return named && this.withoutAliases(named, asker);
  }

  /** What an ExternalName Service stands for, if that is a Service of the app again. */
  public withoutAliases(named: Named, asker: Asker): Named {
    let known = named;
    for (let aliases = 0; known.service.isAlias && aliases < MOST_ALIASES; aliases++) {
      const next = this.find(`${known.service.externalName}.`, {
        ...asker,
        namespace: undefined,
      });
      if (!next) return known;
      known = next;
    }
    return known;
  }

  /** Whether a workload is meant for the same cluster as a Service. */
  public isFor(
    workload: IConstruct,
    { name, namespace, object }: ServiceManifest,
  ): boolean {
    const key = qualified(name, namespace);
    return !this.byName.has(key) || this.byName.to(key, workload).includes(object);
  }

  /** The Service that may be meant by a host that is none: many workloads ask for the same one. */
  public nearlyNamed(
    host: string,
    { namespace, clusterDomain }: Asker,
  ): MeantService | undefined {
    const key = [host, namespace, clusterDomain].join(' ');
    if (!this.meant.has(key)) this.meant.set(key, this.likeliest(host, namespace, clusterDomain));
    return this.meant.get(key);
  }

  private likeliest(
    host: string,
    namespace: string | undefined,
    clusterDomain: string,
  ): MeantService | undefined {
    this.near ??= new NearNames(this.names);
    for (const meant of namesMeant(host, namespace, clusterDomain)) {
      const service = this.near.of(meant)
        .find(({ object }) => meant.pod === undefined || this.read(object)?.isHeadless);
      if (service) return meantBy(service, namespace, meant.pod);
    }
    return this.beforeWrongEnding(host, namespace, clusterDomain);
  }

  /** Where what is left out may be the namespace, that of the asker comes first. */
  private beforeWrongEnding(
    host: string,
    namespace: string | undefined,
    clusterDomain: string,
  ): MeantService | undefined {
    const namespaces = new Set([namespace, ...this.names.map(service => service.namespace)]);
    for (const meant of namesBeforeWrongEnding(host, namespaces, clusterDomain)) {
      const service = this.names.find(each =>
        each.name === meant.name && each.namespace === meant.namespace
        && (meant.pod === undefined || this.read(each.object)?.isHeadless));
      if (service) return meantBy(service, namespace, meant.pod);
    }
    return undefined;
  }

  private find(
    host: string,
    { workload, namespace, clusterDomain }: Asker,
  ): Named | undefined {
    for (const meant of namesMeant(host, namespace, clusterDomain)) {
      const [object] = this.byName.to(qualified(meant.name, meant.namespace), workload);
      const service = object && this.read(object);
      if (service && (service.isHeadless || meant.pod === undefined)) {
        return { service, pod: meant.pod };
      }
    }
    return undefined;
  }

  /** An object that cannot be rendered yet is left to the synthesis, which says why. */
  private read(object: ApiObject): ServiceManifest | undefined {
    if (!this.manifests.has(object)) this.manifests.set(object, readable(object));
    return this.manifests.get(object);
  }
}

/** How a Service is called in a namespace. */
function meantBy(
  { name, namespace, object }: ServiceName,
  from: string | undefined,
  pod?: string,
): MeantService {
  const parts = [pod, name, namespace === from ? undefined : namespace];
  return { host: parts.filter(part => part !== undefined).join('.'), object };
}

function readable(object: ApiObject): ServiceManifest | undefined {
  try {
    return readService(object);
  } catch {
    return undefined;
  }
}

function qualified(name: string | undefined, namespace: string | undefined): string {
  return `${namespace ?? ''}/${name}`;
}
