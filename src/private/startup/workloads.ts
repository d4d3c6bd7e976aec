import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addTo } from './grouped';
import { NearLabels, type Label } from './near-labels';
import type { AppService, Services } from './services';
import type { Pod, PodMetadata } from '../pod/pod';
import { podIn } from '../pod/workload-pod';

/** A workload of the app. */
export interface Workload extends PodMetadata {
  /** Its place in the order of the tree. */
  readonly index: number;
  readonly pod: Pod;
  /** The object that it is or makes. */
  readonly object: ApiObject;
  readonly path: string;
  readonly kind: string;
}

/** A selector that selects nothing, and what may have been meant. */
export interface NearMiss {
  readonly workload: Workload;
  readonly wrong: Label;
  readonly right: Label;
}

/** The workloads of an app, by the labels of their pods. */
export class Workloads {
  public readonly all: readonly Workload[];
  private readonly byConstruct: Map<IConstruct, Workload>;
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly near = new Map<string, NearLabels<Workload>>();

  public constructor(objects: Iterable<ApiObject>) {
    this.all = [...objects].filter(mayHoldPod).flatMap(object => {
      const found = readable(object);
      return found ? [{ object, ...found }] : [];
    }).map(({ object, pod, metadata }, index) => ({
      index, object, pod, path: pod.workload.node.path, kind: object.kind, ...metadata,
    }));
    this.byConstruct = new Map(this.all.map(workload => [workload.pod.workload, workload]));
    for (const workload of this.all) {
      for (const [name, value] of Object.entries(workload.labels)) addTo(this.byLabel, keyOf(workload.namespace, name, value), workload);
    }
  }

  /** The workload that holds a pod. */
  public of(workload: IConstruct): Workload | undefined {
    return this.byConstruct.get(workload);
  }

  /** The workloads behind a Service: those of its namespace and cluster whose pods have all labels that it selects. */
  public behind(service: AppService, services: Services): Workload[] {
    const pairs = Object.entries(service.selector);
    const lists = pairs.map(([name, value]) => this.byLabel.get(keyOf(service.namespace, name, value)) ?? []);
    const shortest = lists.reduce((one, other) => (other.length < one.length ? other : one), lists[0] ?? []);
    return shortest.filter(({ labels, pod }) => pairs.every(([name, value]) => labels[name] === value) && services.share(service, pod.workload));
  }

  /** The workload whose labels a Service nearly selects. */
  public nearMiss({ namespace, selector }: AppService): NearMiss | undefined {
    const key = namespace ?? '';
    if (!this.near.has(key)) this.near.set(key, new NearLabels(this.all.filter(workload => (workload.namespace ?? '') === key).map(workload => [workload, workload.labels])));
    const found = this.near.get(key)!.find(Object.entries(selector));
    return found && { workload: found.owner, wrong: found.wrong, right: found.right };
  }
}

function keyOf(namespace: string | undefined, name: string, value: string): string {
  return `${namespace ?? ''}/${name}=${value}`;
}

/** An object that cannot be rendered yet is left to the synthesis, which says why. */
function readable(object: ApiObject): { pod: Pod; metadata: PodMetadata } | undefined {
  try {
    const pod = podIn(object);
    return pod && { pod, metadata: pod.metadata() };
  } catch {
    return undefined;
  }
}

/** Spares most objects from being rendered: of the groups of Kubernetes itself only these kinds hold a pod template. */
function mayHoldPod({ apiGroup, kind }: ApiObject): boolean {
  if (apiGroup === 'core') return kind === 'Pod' || kind === 'ReplicationController';
  return !/(^|\.)k8s\.io$|^autoscaling$|^policy$/.test(apiGroup);
}

/** The chart of a workload, and its path below that. */
export function inChart({ pod: { workload }, path }: Workload): { chart: string; name: string } {
  const chart = Chart.of(workload).node.path;
  return { chart, name: path.slice(chart === '' ? 0 : chart.length + 1) };
}
