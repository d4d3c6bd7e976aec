import type { Address } from './addresses';
import { isReady, type Cluster, type Owner } from './cluster';
import type { Pod, Service } from './objects';
import { ill, type Trouble } from './trouble';

/** The pods behind a Service, and how many of them it leads to. */
export interface Endpoints {
  readonly pods: readonly Pod[];
  readonly ready: number;
}

/** @param only the name of the one pod that is meant, of a headless Service */
export function endpointsOf(
  service: Service,
  only: string | undefined,
  cluster: Cluster,
): Endpoints {
  const all = cluster.podsOf(service);
  const isMeant = ({ metadata, spec }: Pod) =>
    [metadata.name, spec.hostname].includes(only);
  const pods = only === undefined ? all : all.filter(isMeant);
  if (!cluster.reads('endpointslices', service.metadata.namespace)) {
    return { pods, ready: pods.filter(isReady).length };
  }
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  const ready = cluster
    .slicesOf(service)
    .flatMap(slice => slice.endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ targetRef }, index) => targetRef?.name ?? `${index}`)
    .filter(name => only === undefined || names.has(name));
  return { pods, ready: new Set(ready).size }; // there is a slice for each family of addresses
}

/** What is wrong with the port of an address. */
export function wrongPort(
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
  const { name = '', targetPort } = meant;
  const slices = cluster.slicesOf(service).filter(({ endpoints }) => endpoints?.length);
  const isServed = slices.some(slice =>
    slice.ports?.some(each => (each.name ?? '') === name),
  );
  if (slices.length === 0 || isServed || typeof targetPort !== 'string') return undefined;
  return ill('port', `no pod of ${about} has a port of the name ${targetPort}`);
}

/** Why a Service has no pods at all: what is wrong, or who should have made some. */
export function whyNoPods(
  service: Service,
  about: string,
  cluster: Cluster,
): { trouble?: Trouble; waitsForOwners?: Owner[] } {
  const { selector } = service.spec;
  if (!selector) {
    return {
      trouble: ill('no-pods', `${about} selects no pods, and has no ready address`),
    };
  }
  const workloads = cluster.workloadsSelectedBy(service);
  if (workloads.length === 0) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    const text = `no pod has the labels that ${about} selects: ${labels.join(', ')}`;
    return { trouble: ill('no-pods', text) };
  }
  const wanted = workloads.filter(
    ({ spec }) => spec.replicas !== 0 && spec.suspend !== true,
  );
  if (wanted.length > 0) {
    return { waitsForOwners: wanted.map(each => cluster.ownerOf(each)) };
  }
  const [
    {
      kind,
      metadata,
      spec: { suspend },
    },
  ] = workloads;
  const how = suspend ? 'is suspended' : 'is scaled to 0';
  return { trouble: ill('scaled-to-zero', `${kind} ${metadata.name} ${how}`) };
}
