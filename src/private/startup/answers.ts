import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Autoscalers } from './autoscalers';
import { serving, type EndpointEdge } from './edge';
import { groupBy } from './group';
import type { Typo } from './label-typos';
import { manifestOf } from './manifest-of';
import { Namespaces } from './namespaces';
import { NearestByKey } from './nearest';
import { NetworkPolicies } from './network-policies';
import { isOwnPod, ownSidecars, type OwnSidecars } from './own-sidecars';
import { whyNotCalled } from './pod-names';
import { Services, type Asker, type MeantService, type Named } from './services';
import { Stores } from './stores';
import { listed } from './wording';
import { Workloads, type Workload } from './workloads';
import { fragmentOf } from '../pod/fragment';
import type { ObjectReference } from '../step/condition';
import { podSelected } from '../step/controller-labels';
import type { ServiceManifest } from '../step/service-manifest';
import type { Wait } from '../step/step-record';
import type { Target } from '../step/target';

/** Who answers at a target. */
type Answer = Pick<EndpointEdge, 'service' | 'pod' | 'backends' | 'whyNoPod' | 'sidecars'>;

/** Who answers at the targets of an app's waits, and what may be meant by those at which nobody does. */
export class Answers {
  public readonly objects: ReadonlySet<ApiObject>;
  public readonly workloads: readonly Workload[];
  public readonly stores: Stores;
  public readonly namespaces: Namespaces;
  public readonly autoscalers: Autoscalers;
  public readonly networkPolicies: NetworkPolicies;
  private readonly known: Workloads;
  private readonly services: Services;
  private readonly servers = new Map<ServiceManifest, readonly Workload[]>();
  private readonly manifests = new Map<Workload, unknown>();
  private byObject?: ReadonlyMap<ApiObject, readonly Workload[]>;
  private byName?: NearestByKey<ApiObject>;

  public constructor(root: IConstruct) {
    const objects = objectsIn(root);
    this.objects = objects;
    this.services = new Services(objects);
    this.known = new Workloads(objects);
    this.stores = new Stores(objects);
    this.namespaces = new Namespaces(objects);
    this.autoscalers = new Autoscalers(objects);
    this.networkPolicies = new NetworkPolicies(objects);
    this.workloads = this.known.all;
  }

  /** The Service of the app that a target is, and the workloads behind it, of which one is enough; or its own pod. */
  public at(target: Target, from: Workload, wait: Wait): Answer {
    if (isOwnPod(target, from)) return { backends: [], sidecars: this.sidecarsAround(target, from, wait) };
    const named = target.answeredByOthers ? undefined : this.named(target, askerOf(from, wait));
    if (!named) return { backends: [] };
    const { service } = named;
    const backends = this.serversOf(service);
    const pod = named.pod ?? podSelected(service.selector);
    if (pod === undefined) return { service, backends };
    return { service, pod, ...this.called(pod, backends, named.pod && service.name) };
  }

  /** The workloads of the app that an object is: one that is only named is the nearest of its name in the tree. */
  public about(object: ObjectReference, from: Workload): readonly Workload[] {
    const { construct, apiVersion, kind, name, namespace = from.namespace } = object;
    this.byObject ??= groupBy(this.workloads, each => each.object);
    const objects = ApiObject.isApiObject(construct)
      ? [construct]
      : this.namedBy(nameOf({ apiVersion, kind, name, namespace }), from);
    return objects.flatMap(each => this.byObject!.get(each) ?? []);
  }

  /** The workload, other than the one that asks, whose labels a Service nearly selects. */
  public typoIn(
    service: ServiceManifest,
    asker: Workload,
  ): Typo<Workload> | undefined {
    return this.known.nearlySelectedBy(service, asker);
  }

  /** The Service that may be meant by the host of a target that is none. */
  public nearlyNamed(
    { host }: Target,
    from: Workload,
    wait: Wait,
  ): MeantService | undefined {
    return this.services.nearlyNamed(host, askerOf(from, wait));
  }

  /**
   * The manifest of a workload, which takes long to make: it is for what is seldom asked. One that cannot be
   * rendered yet is left to the synthesis, which says why.
   */
  public manifestOf(workload: Workload): any {
    if (!this.manifests.has(workload)) this.manifests.set(workload, manifestOf(workload.object));
    return this.manifests.get(workload);
  }

  /** The objects of workloads that have a name, of which those count that are nearest to the one that asks. */
  private namedBy(name: string, { pod }: Workload): readonly ApiObject[] {
    this.byName ??= this.index();
    return this.byName.to(name, pod.workload);
  }

  private index(): NearestByKey<ApiObject> {
    const index = new NearestByKey<ApiObject>();
    for (const [object, [{ kind, name, namespace }]] of this.byObject!) {
      index.add(nameOf({ apiVersion: object.apiVersion, kind, name, namespace }), object);
    }
    return index;
  }

  private sidecarsAround(
    { port }: Target,
    from: Workload,
    { step }: Wait,
  ): OwnSidecars | undefined {
    return ownSidecars(this.manifestOf(from), from, { step: step.node.id, port });
  }

  private named({ host, construct }: Target, asker: Asker): Named | undefined {
    const service = construct && this.services.of(construct);
    return service
      ? this.services.withoutAliases({ service }, asker)
      : this.services.named(host, asker);
  }

  private serversOf(service: ServiceManifest): readonly Workload[] {
    const known = this.servers.get(service);
    if (known) return known;
    const servers = serving(this.known.selectedBy(service, this.services));
    this.servers.set(service, servers);
    return servers;
  }

  /** Those of several workloads that have a pod of a name, or all, and why none of them has. */
  private called(
    pod: string,
    workloads: readonly Workload[],
    service?: string,
  ): Pick<EndpointEdge, 'backends' | 'whyNoPod'> {
    const reasons = workloads.map(each => whyNotCalled(pod, each, this.manifestOf(each), service));
    const backends = workloads.filter((_, index) => reasons[index] === undefined);
    return backends.length > 0 || workloads.length === 0
      ? { backends }
      : { backends: workloads, whyNoPod: listed(reasons as string[]) };
  }
}

/** The objects of an app, and those that hold the parts of a fragment, in the order of the tree. */
function objectsIn(root: IConstruct): Set<ApiObject> {
  return new Set(root.node.findAll().flatMap(node =>
    (ApiObject.isApiObject(node) ? node : fragmentOf.of(node)?.object ?? [])));
}

/** What tells an object from all others of a cluster. */
function nameOf(object: { apiVersion: string; kind: string; name?: string; namespace?: string }): string {
  return [object.apiVersion, object.kind, object.namespace, object.name].join(' ');
}

function askerOf(
  { pod: { workload }, namespace }: Workload,
  { clusterDomain }: Wait,
): Asker {
  return { workload, namespace, clusterDomain };
}

