import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { circles, startOrder, type Link, type Need, type Order } from './order';
import { Services, type AppService } from './services';
import { Workloads, type NearMiss, type Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { budgetOf, waitsOf, type AwaitedEndpoint, type Wait } from '../step/step-record';

/** One endpoint of a wait, and who answers there. */
export interface Edge {
  readonly from: Workload;
  readonly wait: Wait;
  readonly endpoint: AwaitedEndpoint;
  /** The Service of the app, if it is one. */
  readonly service?: AppService;
  /** The workloads behind it, of which one is enough; none for a name from outside. */
  readonly to: readonly Workload[];
  /** Whether one of them must be ready. A name, for one, may be there before any pod is. */
  readonly needsPod: boolean;
}

/** How long it takes at worst until something is up, as far as the program says. */
export interface Bound {
  readonly seconds: number;
  /** Whether a step on the way has no time limit. */
  readonly open: boolean;
  /** What it waits for longest. */
  readonly behind?: Workload;
}

/** Who waits for whom in an app. It is a picture of the app as it is when the plan is made. */
export class Plan {
  public readonly workloads: readonly Workload[];
  /** The endpoints of each workload's waits, in run order. */
  public readonly edges: readonly (readonly Edge[])[];
  private readonly known: Workloads;
  private readonly services: Services;
  private readonly needed: readonly (readonly Edge[])[];
  private readonly needs: readonly (readonly Need[])[];
  private readonly pods = new Map<AppService, readonly Workload[]>();
  private readonly order: Order;
  private readonly bounds: readonly Bound[];

  public constructor(root: IConstruct) {
    const objects = new Set(root.node.findAll().filter(node => ApiObject.isApiObject(node)));
    this.services = new Services(objects);
    this.known = new Workloads(objects);
    this.workloads = this.known.all;
    this.edges = this.workloads.map(from => waitsOf(from.pod.workload)
      .flatMap(wait => wait.endpoints.map(endpoint => this.edge(from, wait, endpoint))));
    this.needed = this.edges.map(own => own.filter(edge => edge.needsPod));
    this.needs = this.needed.map(own => own.map(edge => edge.to.map(each => each.index)));
    this.order = startOrder(this.needs);
    this.bounds = this.worstCases();
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
  public worstCaseOf({ index }: Workload): Bound | undefined {
    return this.bounds[index];
  }

  /** The circles of those that never start. */
  public circles(): Edge[][] {
    return circles(this.needs, this.order).map(circle => circle.map(({ workload, need }: Link) => this.needed[workload][need]));
  }

  public nearMissOf(service: AppService): NearMiss | undefined {
    return this.known.nearMiss(service);
  }

  private edge(from: Workload, wait: Wait, endpoint: AwaitedEndpoint): Edge {
    const service = endpoint.answeredByOthers ? undefined : this.serviceOf(from, wait, endpoint);
    const to = service ? this.behind(service) : [];
    const needsPod = to.length > 0 && (endpoint.port !== undefined || service!.headless && !service!.publishesUnready);
    return { from, wait, endpoint, service, to, needsPod };
  }

  private serviceOf(from: Workload, { clusterDomain }: Wait, { host, service: construct }: AwaitedEndpoint): AppService | undefined {
    const { workload } = from.pod;
    const service = construct && this.services.of(construct);
    return service ? this.services.behind(service, workload, clusterDomain) : this.services.named(host, workload, from.namespace, clusterDomain);
  }

  private behind(service: AppService): readonly Workload[] {
    const known = this.pods.get(service) ?? this.known.behind(service, this.services);
    this.pods.set(service, known);
    return known;
  }

  private worstCases(): Bound[] {
    const bounds: Bound[] = [];
    for (const index of this.order.sequence) {
      const before = this.order.by[index];
      const longest: number | undefined = before.reduce((one, other) => (bounds[other].seconds > bounds[one].seconds ? other : one), before[0]);
      const budgets = recordOf(this.workloads[index].pod.workload).steps.map(budgetOf);
      bounds[index] = {
        seconds: budgets.reduce<number>(
          (sum, budget) => (typeof budget === 'number' ? sum + budget : sum),
          longest === undefined ? 0 : bounds[longest].seconds,
        ),
        open: budgets.includes('unbounded') || before.some(each => bounds[each].open),
        behind: longest === undefined ? undefined : this.workloads[longest],
      };
    }
    return bounds;
  }
}
