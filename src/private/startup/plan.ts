import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { awake, serving, type Edge } from './edge';
import type { Typo } from './label-typos';
import { cycles, startOrder, type Need, type Order } from './order';
import { whyNotCalled } from './pod-names';
import { Services, type Asker, type Named } from './services';
import { listed } from './wording';
import { Workloads, type Workload } from './workloads';
import { worstCases, type WorstCase } from './worst-case';
import { podSelected } from '../step/controller-labels';
import type { ServiceManifest } from '../step/service-manifest';
import { waitsOf, type Wait } from '../step/step-record';
import type { Target } from '../step/target';

/** Who waits for whom in an app. It is a picture of the app as it is when the plan is made. */
export class Plan {
  public readonly workloads: readonly Workload[];
  public readonly services: Services;
  /** The targets of each workload's waits, in run order. */
  public readonly edges: readonly (readonly Edge[])[];
  private readonly known: Workloads;
  private readonly needed: readonly (readonly Edge[])[];
  private readonly selected = new Map<ServiceManifest, readonly Workload[]>();
  private readonly manifests = new Map<Workload, unknown>();
  /** What can start while nothing scales up what has no replicas, and what can if something does. */
  private readonly unscaled: Order;
  private readonly order: Order;
  private readonly worstCases: readonly WorstCase[];

  public constructor(root: IConstruct) {
    const objects = new Set(root.node.findAll().filter(node => ApiObject.isApiObject(node)));
    this.services = new Services(objects);
    this.known = new Workloads(objects);
    this.workloads = this.known.all;
    this.edges = this.workloads.map(from => this.edgesOf(from));
    this.needed = this.edges.map(edges => edges.filter(edge => edge.needsPod));
    this.unscaled = startOrder(this.needs(awake));
    this.order = this.unscaled.level.includes(-1)
      ? startOrder(this.needs())
      : this.unscaled;
    this.worstCases = worstCases(this.workloads, this.needed, this.order);
  }

  /** How many others start one after the other before it; -1 if it never starts. */
  public levelOf({ index }: Workload): number {
    return this.order.level[index];
  }

  /** In the order in which they can start, those that never do last. */
  public inOrder(workloads: readonly Workload[]): Workload[] {
    const last = this.workloads.length;
    const rankOf = (workload: Workload) => {
      const level = this.levelOf(workload);
      return level < 0 ? last : level;
    };
    return [...workloads].sort((one, other) => rankOf(one) - rankOf(other));
  }

  /** How long it takes until it starts, if each step on the way takes all its time. */
  public worstCaseOf({ index }: Workload): WorstCase | undefined {
    return this.worstCases[index];
  }

  /** The cycles of those that never start. */
  public cycles(): Edge[][] {
    return this.cyclesIn(this.needs(), this.order);
  }

  /** The cycles of those that start only if something scales up what has no replicas. */
  public cyclesWhileUnscaled(): Edge[][] {
    if (this.unscaled === this.order) return [];
    return this.cyclesIn(this.needs(awake), this.unscaled)
      .filter(cycle => cycle.every(({ from }) => this.levelOf(from) >= 0));
  }

  /** The workload, other than the one that asks, whose labels a Service nearly selects. */
  public typoIn(service: ServiceManifest, asker: Workload): Typo<Workload> | undefined {
    return this.known.nearlySelectedBy(service, asker);
  }

  /**
   * The manifest of a workload, which takes long to make: it is for what is seldom asked. One that cannot be
   * rendered yet is left to the synthesis, which says why.
   */
  public manifestOf(workload: Workload): any {
    if (!this.manifests.has(workload)) this.manifests.set(workload, readable(workload));
    return this.manifests.get(workload);
  }

  private needs(which = (backends: readonly Workload[]) => backends): Need[][] {
    return this.needed.map(edges =>
      edges.map(({ backends }) => which(backends).map(each => each.index)),
    );
  }

  private cyclesIn(needs: Need[][], order: Order): Edge[][] {
    return cycles(needs, order).map(cycle =>
      cycle.map(({ workload, need }) => this.needed[workload][need]),
    );
  }

  private edgesOf(from: Workload): Edge[] {
    const waits = waitsOf(from.pod.workload);
    return waits.flatMap(wait => wait.targets.map(target => this.edge(from, wait, target)));
  }

  private edge(from: Workload, wait: Wait, target: Target): Edge {
    const named = target.answeredByOthers ? undefined : this.named(from, wait, target);
    const service = named?.service;
    const answering = named ? this.answering(named) : { backends: [] };
    const isReadyName = service?.isHeadless && !service.publishesUnready;
    const needsPod =
      answering.backends.length > 0 && (target.port !== undefined || isReadyName === true);
    return {
      from,
      wait,
      target,
      address: target.address(wait.namespace),
      service,
      ...answering,
      needsPod,
    };
  }

  private named(
    from: Workload,
    { clusterDomain }: Wait,
    { host, construct }: Target,
  ): Named | undefined {
    const asker: Asker = { workload: from.pod.workload, namespace: from.namespace, clusterDomain };
    const service = construct && this.services.of(construct);
    return service
      ? this.services.withoutAliases({ service }, asker)
      : this.services.named(host, asker);
  }

  /** Who answers for a Service, or for one pod of it. */
  private answering({ service, pod }: Named): Pick<Edge, 'backends' | 'whyNoPod'> {
    const backends = this.backendsOf(service);
    const name = pod ?? podSelected(service.selector);
    if (name === undefined || backends.length === 0) return { backends };
    const reasons = backends.map(each =>
      whyNotCalled(name, each, this.manifestOf(each), pod && service.name),
    );
    const called = backends.filter((_, index) => reasons[index] === undefined);
    return called.length > 0 ? { backends: called } : { backends, whyNoPod: listed(reasons as string[]) };
  }

  private backendsOf(service: ServiceManifest): readonly Workload[] {
    const known = this.selected.get(service);
    if (known) return known;
    const servers = serving(this.known.selectedBy(service, this.services));
    this.selected.set(service, servers);
    return servers;
  }
}

function readable({ object }: Workload): unknown {
  try {
    return object.toJson();
  } catch {
    return {};
  }
}
