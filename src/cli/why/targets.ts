import type { Address, WantedObject } from './addresses';
import { isReady, type Cluster, type Owner } from './cluster';
import { conditionOf, type Pod, type Service } from './objects';
import { namedBy, type Named } from './service-names';
import { ill, starting, unread, type Trouble } from './trouble';

/** What a step waits for, as the cluster knows it. */
export interface Target {
  readonly shown: string;
  /** `Service db`, with its namespace if that is not the pod's. */
  readonly about?: string;
  readonly ready?: number;
  readonly pods?: number;
  /** `unknown`: the cluster cannot tell, such as of a host outside of it. */
  readonly verdict: 'up' | 'blocked' | 'unknown';
  /** Pods that are not ready. */
  readonly waitsForPods: readonly Pod[];
  /** What should have pods that are ready. */
  readonly waitsForOwners: readonly Owner[];
  readonly trouble?: Trouble;
  /** A namespace that must be read first. */
  readonly unreadNamespace?: string;
}

const NOTHING_BEHIND = { waitsForPods: [], waitsForOwners: [] };

/** What is at an address, for a pod that waits for it. */
export function targetAt(address: Address, pod: Pod, cluster: Cluster): Target {
  const { shown, host } = address;
  const named = namedBy(host, pod, cluster);
  if (!named) return outside(shown, `${host} is outside of the cluster, which cannot tell why it does not answer`);
  const { namespace, name, service } = named;
  const about = `Service ${qualified(name, namespace, pod)}`;
  if (!cluster.reads('services', namespace)) return unreadable(shown, 'Services', namespace, cluster);
  if (!service) return blocked(shown, ill('missing', `there is no ${about}`, [nearName(named, cluster)]));
  const { type } = service.spec;
  if (type === 'ExternalName') return aliased(address, service, pod, cluster);
  const wrongPort = portTrouble(address, service, about, cluster);
  if (wrongPort) return { ...blocked(shown, wrongPort), about };
  return { shown, about, ...behind(named, service, pod, cluster) };
}

/** A Service that stands for another name, which may be that of a Service again. */
function aliased(
  address: Address,
  { spec, metadata }: Service,
  pod: Pod,
  cluster: Cluster,
): Target {
  const host = spec.externalName ?? '';
  const named = namedBy(host, pod, cluster);
  const isElsewhere = named && (named.namespace !== metadata.namespace || named.name !== metadata.name);
  if (isElsewhere && named.service?.spec.type !== 'ExternalName') return targetAt({ ...address, host }, pod, cluster);
  const about = `Service ${qualified(metadata.name, metadata.namespace, pod)}`;
  return outside(address.shown, `${about} stands for ${host}, outside of the cluster`);
}

/** What a step waits for by the API of Kubernetes. */
export function targetOf(wanted: WantedObject, pod: Pod, cluster: Cluster): Target {
  const { shown, kind, name, namespace = pod.metadata.namespace } = wanted;
  const owner = { kind, namespace, name };
  const resource = `${kind.toLowerCase()}s`;
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind)) {
    return outside(shown, `what keeps ${kind} ${name} from its condition, only its own status tells`);
  }
  if (!cluster.reads(resource, namespace)) return unreadable(shown, resource, namespace, cluster);
  const workload = cluster.workload(owner);
  const about = `${kind} ${qualified(name, namespace, pod)}`;
  if (!workload) return blocked(shown, ill('missing', `there is no ${about}`));
  if (conditionOf(workload.status?.conditions, 'Complete')?.status === 'True') {
    return { shown, about, verdict: 'up', ...NOTHING_BEHIND };
  }
  const pods = cluster.podsOwnedBy(owner);
  const goesOn = kind === 'Job' && pods.some(isReady);
  return {
    shown,
    about,
    verdict: 'blocked',
    waitsForPods: pods.filter(each => !isReady(each)),
    waitsForOwners: [owner],
    trouble: goesOn ? starting(`${about} runs`) : undefined,
  };
}

/** `db`, or `data/db` if it is in another namespace than the pod. */
function qualified(name: string, namespace: string, pod: Pod): string {
  return namespace === pod.metadata.namespace ? name : `${namespace}/${name}`;
}

type Behind = Omit<Target, 'shown' | 'about'>;

function behind({ pod: only }: Named, service: Service, asker: Pod, cluster: Cluster): Behind {
  const all = cluster.podsOf(service);
  const pods = only === undefined ? all : all.filter(({ metadata, spec }) =>
    [metadata.name, spec.hostname].includes(only));
  const ready = readyOf(service, pods, only, cluster);
  const counts = { ready, pods: Math.max(pods.length, ready) };
  const waitsForPods = pods.filter(each => !isReady(each));
  if (ready > 0) return { ...counts, verdict: 'up', waitsForPods, waitsForOwners: [] };
  if (!cluster.reads('pods', service.metadata.namespace)) {
    return { verdict: 'unknown', ...NOTHING_BEHIND, trouble: unread('its pods cannot be read') };
  }
  if (pods.length > 0) return { ...counts, verdict: 'blocked', waitsForPods, waitsForOwners: [] };
  return { ...counts, verdict: 'blocked', ...NOTHING_BEHIND, ...withoutPods(service, asker, cluster) };
}

/** A Service that has no pods at all. */
function withoutPods(service: Service, asker: Pod, cluster: Cluster): Partial<Behind> {
  const { metadata: { name, namespace }, spec: { selector } } = service;
  const about = `Service ${qualified(name, namespace, asker)}`;
  if (!selector) return { trouble: ill('no-pods', `${about} selects no pods, and has no ready address`) };
  const workloads = cluster.workloadsSelectedBy(service);
  if (workloads.length === 0) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`).join(', ');
    return { trouble: ill('no-pods', `no pod has the labels that ${about} selects: ${labels}`) };
  }
  const running = workloads.filter(({ spec }) => spec.replicas !== 0 && spec.suspend !== true);
  if (running.length > 0) return { waitsForOwners: running.map(each => cluster.ownerOf(each)) };
  const [{ kind, metadata, spec: { suspend } }] = workloads;
  const how = suspend ? 'is suspended' : 'is scaled to 0';
  return { trouble: ill('scaled-to-zero', `${kind} ${metadata.name} ${how}`) };
}

/** How many addresses a Service has, or the pod of it that is meant. */
function readyOf(service: Service, pods: readonly Pod[], only: string | undefined, cluster: Cluster): number {
  if (!cluster.reads('endpointslices', service.metadata.namespace)) return pods.filter(isReady).length;
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  const endpoints = cluster.slicesOf(service).flatMap(slice => slice.endpoints ?? [])
    .filter(({ conditions, targetRef }) => conditions?.ready !== false
      && (only === undefined || names.has(targetRef?.name ?? '')));
  const named = endpoints.map(({ targetRef }, index) => targetRef?.name ?? `${index}`);
  return new Set(named).size; // one slice for each family of addresses
}

function portTrouble(
  { port }: Address,
  service: Service,
  about: string,
  cluster: Cluster,
): Trouble | undefined {
  const { clusterIP, ports = [] } = service.spec;
  if (port === undefined || clusterIP === 'None' || ports.length === 0) return undefined;
  const meant = ports.find(each => each.port === port);
  if (!meant) {
    const others = ports.map(each => each.port).join(', ');
    return ill('port', `${about} has no port ${port}, but ${others}`);
  }
  const slices = cluster.slicesOf(service).filter(({ endpoints }) => endpoints?.length);
  const isServed = slices.some(slice => slice.ports?.some(({ name = '' }) => name === (meant.name ?? '')));
  if (slices.length === 0 || isServed || typeof meant.targetPort !== 'string') return undefined;
  return ill('port', `no pod of ${about} has a port of the name ${meant.targetPort}`);
}

/** A Service that may be meant by a name that is none. */
function nearName({ name, namespace }: Named, cluster: Cluster): string | undefined {
  const { services } = cluster.snapshot;
  const elsewhere = services.filter(({ metadata }) => metadata.name === name);
  if (elsewhere.length > 0) {
    return `there is one in ${elsewhere.map(({ metadata }) => metadata.namespace).join(', ')}`;
  }
  const near = services.map(({ metadata }) => metadata).filter(each => each.namespace === namespace
    && (each.name.startsWith(name) || name.startsWith(each.name)));
  return near.length > 0 ? `there is ${near.map(each => each.name).join(', ')}` : undefined;
}

function blocked(shown: string, trouble: Trouble): Target {
  return { shown, verdict: 'blocked', ...NOTHING_BEHIND, trouble };
}

function outside(shown: string, text: string): Target {
  return { shown, verdict: 'unknown', ...NOTHING_BEHIND, trouble: ill('outside', text) };
}

function unreadable(shown: string, what: string, namespace: string, cluster: Cluster): Target {
  return {
    shown,
    verdict: 'unknown',
    ...NOTHING_BEHIND,
    trouble: unread(`the ${what} of namespace ${namespace} cannot be read`),
    unreadNamespace: cluster.covers(namespace) ? undefined : namespace,
  };
}
