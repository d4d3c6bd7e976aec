import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Typo } from './label-typos';
import { cycles, startOrder, type Need, type Order } from './order';
import { Services, type Asker } from './services';
import { Workloads, type Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import type { ServiceManifest } from '../step/service-manifest';
import { budgetOf, waitsOf, type Wait } from '../step/step-record';
import type { Target } from '../step/target';

/** One target of a wait, and who answers there. */
export interface Edge {
  readonly from: Workload;
  readonly wait: Wait;
  readonly target: Target;
  /** The target as the step's log names it. */
  readonly address: string;
  /** The Service of the app, if it is one. */
  readonly service?: ServiceManifest;
  /** The workloads that answer there, of which one is enough; none for a name from outside. */
  readonly backends: readonly Workload[];
  /** Whether one of them must be ready. A name, for one, may be there before any pod is. */
  readonly needsPod: boolean;
}

/** How long it takes at worst until a workload starts, as far as the program says. */
export interface WorstCase {
  readonly seconds: number;
  /** Whether a step on the way may take as long as it likes. */
  readonly isOpen: boolean;
  /** What it waits for longest. */
  readonly longest?: Workload;
}

/** Who waits for whom in an app. It is a picture of the app as it is when the plan is made. */
export class Plan {
  public readonly workloads: readonly Workload[];
  /** The targets of each workload's waits, in run order. */
  public readonly edges: readonly (readonly Edge[])[];
  private readonly known: Workloads;
  private readonly services: Services;
  private readonly needed: readonly (readonly Edge[])[];
  private readonly needs: readonly (readonly Need[])[];
  private readonly selected = new Map<ServiceManifest, readonly Workload[]>();
  private readonly order: Order;
  private readonly worstCases: readonly WorstCase[];

  public constructor(root: IConstruct) {
    const objects = new Set(root.node.findAll().filter(node => ApiObject.isApiObject(node)));
    this.services = new Services(objects);
    this.known = new Workloads(objects);
    this.workloads = this.known.all;
    this.edges = this.workloads.map(from => this.edgesOf(from));
    this.needed = this.edges.map(edges => edges.filter(edge => edge.needsPod));
    this.needs = this.needed.map(edges => edges.map(edge => edge.backends.map(each => each.index)));
    this.order = startOrder(this.needs);
    this.worstCases = this.worstCasesInOrder();
  }

  /** The workload that holds a pod. */
  public workloadOf(construct: IConstruct): Workload | undefined {
    return this.known.of(construct);
  }

  /** How many others start one after the other before it; -1 if it never starts. */
  public levelOf({ index }: Workload): number {
    return this.order.level[index];
  }

  /** How long it takes until it starts, if each step on the way takes all its time. */
  public worstCaseOf({ index }: Workload): WorstCase | undefined {
    return this.worstCases[index];
  }

  /** The cycles of those that never start. */
  public cycles(): Edge[][] {
    return cycles(this.needs, this.order).map(cycle =>
      cycle.map(({ workload, need }) => this.needed[workload][need]),
    );
  }

  /** The workload whose labels a Service nearly selects. */
  public typoIn(service: ServiceManifest): Typo<Workload> | undefined {
    return this.known.nearlySelectedBy(service);
  }

  private edgesOf(from: Workload): Edge[] {
    const waits = waitsOf(from.pod.workload);
    return waits.flatMap(wait => wait.targets.map(target => this.edge(from, wait, target)));
  }

  private edge(from: Workload, wait: Wait, target: Target): Edge {
    const service = target.answeredByOthers ? undefined : this.serviceOf(from, wait, target);
    const backends = service ? this.backendsOf(service) : [];
    const isReadyName = service?.isHeadless && !service.publishesUnready;
    const needsPod = backends.length > 0 && (target.port !== undefined || isReadyName === true);
    return {
      from,
      wait,
      target,
      address: target.address(wait.namespace),
      service,
      backends,
      needsPod,
    };
  }

  private serviceOf(
    from: Workload,
    { clusterDomain }: Wait,
    { host, construct }: Target,
  ): ServiceManifest | undefined {
    const asker: Asker = { workload: from.pod.workload, namespace: from.namespace, clusterDomain };
    const service = construct && this.services.of(construct);
    return service
      ? this.services.withoutAliases(service, asker)
      : this.services.named(host, asker);
  }

  private backendsOf(service: ServiceManifest): readonly Workload[] {
    const selected = this.selected.get(service) ?? this.known.selectedBy(service, this.services);
    this.selected.set(service, selected);
    return selected;
  }

  private worstCasesInOrder(): WorstCase[] {
    const known: WorstCase[] = [];
    for (const index of this.order.sequence) {
      const before = this.order.by[index];
      const longest = before.reduce<number | undefined>((one, other) =>
        (one === undefined || known[other].seconds > known[one].seconds ? other : one), undefined);
      const budgets = recordOf(this.workloads[index].pod.workload).steps.map(budgetOf);
      const steps = budgets.reduce<number>(
        (sum, budget) => (typeof budget === 'number' ? sum + budget : sum),
        0,
      );
      known[index] = {
        seconds: steps + (longest === undefined ? 0 : known[longest].seconds),
        isOpen: budgets.includes('unbounded') || before.some(each => known[each].isOpen),
        longest: longest === undefined ? undefined : this.workloads[longest],
      };
    }
    return known;
  }
}
