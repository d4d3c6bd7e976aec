import type { IConstruct } from 'constructs';
import { Answers } from './answers';
import { needsPods } from './conditions';
import { awake, type ConditionEdge, type Edge, type EndpointEdge } from './edge';
import { cycles, startOrder, type Need, type Order } from './order';
import type { Workload } from './workloads';
import { worstCases, type WorstCase } from './worst-case';
import { conditionInWords, type AwaitedCondition } from '../step/condition';
import { waitsOf, type Wait } from '../step/step-record';
import type { Target } from '../step/target';

/** Who waits for whom in an app. It is a picture of the app as it is when the plan is made. */
export class Plan {
  public readonly workloads: readonly Workload[];
  public readonly answers: Answers;
  /** What each workload waits for, in run order. */
  public readonly edges: readonly (readonly Edge[])[];
  /** Of that, the endpoints. */
  public readonly endpoints: readonly (readonly EndpointEdge[])[];
  /** Of that, the conditions of objects. */
  public readonly conditions: readonly (readonly ConditionEdge[])[];
  private readonly needed: readonly (readonly Edge[])[];
  /** What can start while nothing scales up what has no replicas, and what can if something does. */
  private readonly unscaled: Order;
  private readonly order: Order;
  private readonly worstCases: readonly WorstCase[];

  public constructor(root: IConstruct) {
    this.answers = new Answers(root);
    this.workloads = this.answers.workloads;
    this.edges = this.workloads.map(from => this.edgesOf(from));
    this.endpoints = this.edges.map(edges => edges.filter(edge => edge.condition === undefined));
    this.conditions = this.edges.map(edges => edges.filter(edge => edge.condition !== undefined));
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

  /** Who is there first for each of its needs. */
  public providersOf({ index }: Workload): Workload[] {
    return this.order.by[index].map(each => this.workloads[each]);
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
    return waits.flatMap(wait => [
      ...wait.targets.map(target => this.endpoint(from, wait, target)),
      ...wait.conditions.map(condition => this.condition(from, wait, condition)),
    ]);
  }

  private condition(from: Workload, wait: Wait, condition: AwaitedCondition): ConditionEdge {
    const backends = this.answers.about(condition.object, from);
    const address = conditionInWords(condition, wait.namespace);
    const needsPod = needsPods(condition) && backends.some(({ replicas }) => replicas !== 0);
    return { from, wait, condition, address, backends, needsPod };
  }

  private endpoint(from: Workload, wait: Wait, target: Target): EndpointEdge {
    const answer = this.answers.at(target, from, wait);
    const { service, backends } = answer;
    const isReadyName = service?.isHeadless === true && !service.publishesUnready;
    const isNeeded = backends.length > 0 && !target.isOptional;
    const needsPod = isNeeded && (target.port !== undefined || isReadyName);
    return { from, wait, target, address: target.address(wait.namespace), ...answer, needsPod };
  }
}
