import {
  conditionOf,
  selects,
  type EndpointSlice,
  type Event,
  type KubernetesObject,
  type Metadata,
  type Pod,
  type Service,
  type Workload,
} from './objects';
import { logKey, type LogOf, type Snapshot } from './snapshot';

/** The workload that a pod belongs to: what its author wrote, not what a controller made of it. */
export interface Owner {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A snapshot, and what it takes to look things up in it. */
export class Cluster {
  private readonly services: Map<string, Service>;
  private readonly workloads: Map<string, Workload>;
  private readonly slices = new Map<string, EndpointSlice[]>();
  private readonly pods = new Map<string, Pod[]>();
  private readonly events = new Map<string, Event[]>();
  private readonly podsByOwner = new Map<string, Pod[]>();
  private readonly podsOfServices = new Map<Service, readonly Pod[]>();

  public constructor(public readonly snapshot: Snapshot) {
    this.services = new Map(snapshot.services.map(each => [keyOf(each), each]));
    this.workloads = new Map(snapshot.workloads.map(each => [keyOf(each), each]));
    for (const pod of snapshot.pods) {
      add(this.pods, pod.metadata.namespace, pod);
      add(this.podsByOwner, ownerKey(this.ownerOf(pod)), pod);
    }
    for (const slice of snapshot.endpointSlices) {
      const { namespace, labels } = slice.metadata;
      add(this.slices, `${namespace}/${labels?.['kubernetes.io/service-name']}`, slice);
    }
    for (const event of snapshot.events) {
      const { kind, name, namespace = event.metadata.namespace } = event.involvedObject;
      add(this.events, `${kind} ${namespace}/${name}`, event);
    }
    for (const list of this.events.values()) {
      list.sort((one, other) => timeOf(other) - timeOf(one));
    }
  }

  /** Whether a namespace was read at all. */
  public covers(namespace: string): boolean {
    const { namespaces } = this.snapshot;
    return namespaces === undefined || namespaces.includes(namespace);
  }

  /** Whether the objects of a kind could be read. */
  public reads(resource: string, namespace: string): boolean {
    const isUnread = this.snapshot.unread.some(
      each => each.resource === resource && (each.namespace ?? namespace) === namespace,
    );
    return this.covers(namespace) && !isUnread;
  }

  public service(namespace: string, name: string): Service | undefined {
    return this.services.get(`Service ${namespace}/${name}`);
  }

  /** The Service that has an address in the cluster. */
  public serviceAt(address: string): Service | undefined {
    return this.snapshot.services.find(({ spec }) =>
      [spec.clusterIP, ...(spec.clusterIPs ?? [])].includes(address),
    );
  }

  public workload({ kind, namespace, name }: Owner): Workload | undefined {
    return this.workloads.get(`${kind} ${namespace}/${name}`);
  }

  public slicesOf({ metadata }: Service): readonly EndpointSlice[] {
    return this.slices.get(`${metadata.namespace}/${metadata.name}`) ?? [];
  }

  public podsIn(namespace: string): readonly Pod[] {
    return this.pods.get(namespace) ?? [];
  }

  /** The pods that a Service selects, or names in its EndpointSlices, but for those that have ended or are ending. */
  public podsOf(service: Service): readonly Pod[] {
    const known = this.podsOfServices.get(service) ?? this.findPodsOf(service);
    this.podsOfServices.set(service, known);
    return known;
  }

  private findPodsOf(service: Service): readonly Pod[] {
    const { namespace } = service.metadata;
    const named = new Set(
      this.slicesOf(service)
        .flatMap(({ endpoints }) => endpoints ?? [])
        .map(({ targetRef }) => targetRef?.name),
    );
    const { selector } = service.spec;
    return this.podsIn(namespace).filter(pod => {
      const { name, labels } = pod.metadata;
      return !isOver(pod) && (named.has(name) || selects(selector, labels));
    });
  }

  /** The workloads whose pods a Service would select. */
  public workloadsSelectedBy({ metadata, spec }: Service): readonly Workload[] {
    return this.snapshot.workloads.filter(
      each =>
        each.metadata.namespace === metadata.namespace
        && !each.metadata.ownerReferences?.length
        && selects(spec.selector, each.spec.template?.metadata?.labels),
    );
  }

  /** What a controller made for a workload: the ReplicaSets of a Deployment. */
  public madeFor({ kind, metadata }: Workload): readonly Workload[] {
    const isOwner = (owner: { kind: string; name: string }) =>
      owner.kind === kind && owner.name === metadata.name;
    return this.snapshot.workloads.filter(
      each =>
        each.metadata.namespace === metadata.namespace
        && each.metadata.ownerReferences?.some(isOwner),
    );
  }

  public podsOwnedBy(owner: Owner): readonly Pod[] {
    return this.podsByOwner.get(ownerKey(owner)) ?? [];
  }

  public ownerOf({ kind, metadata }: KubernetesObject): Owner {
    const { namespace, name } = metadata;
    const controller =
      metadata.ownerReferences?.find(each => each.controller)
      ?? metadata.ownerReferences?.[0];
    if (!controller) return { kind, namespace, name };
    const owner = { kind: controller.kind, namespace, name: controller.name };
    if (owner.kind === 'CronJob' || owner.kind === 'Node') return { kind, namespace, name };
    const known = this.workload(owner);
    if (known) return this.ownerOf(known);
    return deploymentOf(owner, metadata) ?? owner;
  }

  /** The warnings about an object, the newest first. */
  public eventsOf({ kind, metadata }: KubernetesObject): readonly Event[] {
    return this.events.get(`${kind} ${metadata.namespace}/${metadata.name}`) ?? [];
  }

  public logOf(container: LogOf): readonly string[] {
    return this.snapshot.logs.get(logKey(container)) ?? [];
  }
}

export function ownerKey({ kind, namespace, name }: Owner): string {
  return `${kind} ${namespace}/${name}`;
}

export function timeOf({ series, lastTimestamp, eventTime, metadata }: Event): number {
  const times = [
    series?.lastObservedTime,
    lastTimestamp,
    eventTime,
    metadata.creationTimestamp,
  ];
  return Date.parse(times.find(Boolean) ?? '') || 0;
}

/** Whether a pod has ended, or is being deleted: another one takes its place, if one is wanted. */
export function isOver({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp !== undefined
    || status?.phase === 'Succeeded'
    || status?.phase === 'Failed'
  );
}

export function isReady({ status }: Pod): boolean {
  return conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return ownerKey({ kind, ...metadata });
}

/** The Deployment of a ReplicaSet that cannot be read, by the name that its controller gives. */
function deploymentOf(
  { kind, namespace, name }: Owner,
  { labels }: Metadata,
): Owner | undefined {
  const end = `-${labels?.['pod-template-hash']}`;
  if (kind !== 'ReplicaSet' || !name.endsWith(end)) return undefined;
  return { kind: 'Deployment', namespace, name: name.slice(0, -end.length) };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
