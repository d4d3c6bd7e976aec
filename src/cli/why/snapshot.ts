import type { EndpointSlice, Event, Pod, Service, Workload } from './objects';

/** What a cluster was at one moment, as far as it could be read. Nothing of it is asked for again. */
export interface Snapshot {
  /** When it was read, in milliseconds. */
  readonly now: number;
  /** The namespaces that were read; nothing for all. */
  readonly namespaces?: readonly string[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  /** Deployments, StatefulSets, DaemonSets, ReplicaSets and Jobs. */
  readonly workloads: readonly Workload[];
  /** The warnings only. */
  readonly events: readonly Event[];
  /** The last lines of the logs that were wanted, by `logKey`. */
  readonly logs: ReadonlyMap<string, readonly string[]>;
  /** What could not be read. */
  readonly unread: readonly Unread[];
}

/** A kind of objects that could not be read. */
export interface Unread {
  /** In the plural, as in a rule of RBAC: `endpointslices`. */
  readonly resource: string;
  /** Nothing for all namespaces. */
  readonly namespace?: string;
  /** The beginning of a sentence that ends with the objects: `you may not read`. */
  readonly why: string;
}

/** A container whose log is wanted. */
export interface LogOf {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export function logKey({ namespace, pod, container }: LogOf): string {
  return `${namespace}/${pod}/${container}`;
}
