import { Chart, type ApiObject } from 'cdk8s';
import { inTheirObjects } from './carriers';
import { addTo } from './group';
import { isLeftOutOfInstalls } from './hooks';
import { LabelTypos, type Typo } from './label-typos';
import type { Services } from './services';
import type { Pod, PodMetadata } from '../pod/pod';
import { podsIn } from '../pod/workload-pod';
import { labelsOfPods, labelsSelected, mayHavePods } from '../step/controller-labels';
import type { ServiceManifest } from '../step/service-manifest';

/** A workload of the app. */
export interface Workload extends PodMetadata {
  /** Its place in the order of the tree. */
  readonly index: number;
  readonly pod: Pod;
  /** The object that it is or makes. */
  readonly object: ApiObject;
  readonly path: string;
  readonly kind: string;
  /** The labels of its pods, with those that its controller adds. */
  readonly allLabels: PodMetadata['labels'];
}

/** The workloads of an app, by the labels of those pods that are there after an install. */
export class Workloads {
  public readonly all: readonly Workload[];
  private readonly there: readonly Workload[];
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly typos = new Map<string, LabelTypos<Workload>>();

  public constructor(objects: Iterable<ApiObject>) {
    this.all = inTheirObjects([...objects].filter(mayHavePods).flatMap(workloadsOf))
      .map((workload, index) => ({ index, ...workload }));
    this.there = this.all.filter(({ annotations }) => !isLeftOutOfInstalls(annotations));
    for (const workload of this.there) {
      for (const [name, value] of Object.entries(workload.allLabels)) {
        addTo(this.byLabel, labelIn(workload.namespace, name, value), workload);
      }
    }
  }

  /** Those of the namespace and cluster of a Service whose pods have all labels that it selects. */
  public selectedBy(service: ServiceManifest, services: Services): Workload[] {
    const pairs = labelsSelected(service.selector);
    const lists = pairs.map(
      ([name, value]) => this.byLabel.get(labelIn(service.namespace, name, value)) ?? [],
    );
    const shortest = lists.reduce(
      (one, other) => (other.length < one.length ? other : one),
      lists[0] ?? [],
    );
    return shortest
      .filter(({ allLabels }) => pairs.every(([name, value]) => allLabels[name] === value))
      .filter(({ pod }) => services.isFor(pod.workload, service));
  }

  /** The workload, other than the one that asks, whose labels a Service nearly selects. */
  public nearlySelectedBy(
    { namespace = '', selector }: ServiceManifest,
    asker: Workload,
  ): Typo<Workload> | undefined {
    const known =
      this.typos.get(namespace)
      ?? new LabelTypos(
        this.there
          .filter(workload => (workload.namespace ?? '') === namespace)
          .map(workload => [workload, workload.labels]),
      );
    this.typos.set(namespace, known);
    return known.find(Object.entries(selector), asker);
  }
}

function labelIn(namespace: string | undefined, name: string, value: string): string {
  return `${namespace ?? ''}/${name}=${value}`;
}

/** An object that cannot be rendered yet is left to the synthesis, which says why. */
function workloadsOf(object: ApiObject): Omit<Workload, 'index'>[] {
  try {
    return podsIn(object).map(pod => {
      const { kind } = object;
      const metadata = pod.finished().metadata();
      const allLabels = labelsOfPods(kind, metadata);
      return { object, pod, path: pod.workload.node.path, kind, ...metadata, allLabels };
    });
  } catch {
    return [];
  }
}

/** The chart of a workload, and its path below that. */
export function inChart({ object, path }: Workload): { chart: string; name: string } {
  const chart = Chart.of(object).node.path;
  return { chart, name: path.slice(chart === '' ? 0 : chart.length + 1) };
}
