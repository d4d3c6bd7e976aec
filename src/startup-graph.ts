import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { DeployOrder } from './deploy-order';
import { podOf } from './private/pod/workload-pod';
import { annotate, markAnnotated, refuseAnnotated } from './private/startup/annotating';
import { changeGroups } from './private/startup/change-groups';
import { drawingOf, outsideName } from './private/startup/drawing';
import type { Edge } from './private/startup/edge';
import { edgesFound, pathOf, type StartupFinding } from './private/startup/finding';
import { notesOf } from './private/startup/notes';
import { dot, mermaid } from './private/startup/pictures';
import { Plan } from './private/startup/plan';
import { refusalsOf } from './private/startup/refusals';
import { syncWaves } from './private/startup/sync-waves';
import { text } from './private/startup/text';
import { warningsOf } from './private/startup/warnings';
import type { Workload } from './private/startup/workloads';
import { memberOf, requireKind } from './private/values/kind';
import { CONSTRUCT } from './private/values/kinds';

const DEPLOY_ORDER = memberOf(DeployOrder);

/** How bad a finding is. */
export enum FindingSeverity {
  /** The workload can never start; the synthesis refuses it. */
  ERROR = 'error',
  /** The workload starts late, or only with luck. */
  WARNING = 'warning',
  /** Worth knowing, and neither wrong nor doubtful: the severity of notes. */
  INFO = 'info',
}

/** Something wrong or doubtful about how workloads start. */
export interface Finding {
  /** How bad it is. */
  readonly severity: FindingSeverity;
  /** The construct path of the workload, or of the step. */
  readonly path: string;
  /** What is wrong with it, as the end of a sentence that begins with the workload or step. May have several lines. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A workload that waits for something: an arrow of the picture. */
export interface StartupEdge {
  /** The construct path of the workload that waits. */
  readonly workload: string;
  /** The step in which it waits, by the name of its container. */
  readonly step: string;
  /**
   * What it waits for: an endpoint as the step's log names it, e.g. `tcp://db:5432`, or a condition of an object, e.g.
   * `job/migrate completed`, `deployment/api rolled out`, `certificate/web in data Ready`.
   */
  readonly endpoint: string;
  /**
   * The most that the step waits, for all its endpoints together.
   *
   * @default - as long as it likes
   */
  readonly timeout?: Duration;
  /**
   * The construct paths of the workloads that answer there.
   *
   * One of them is enough. A name from outside has none.
   */
  readonly answeredBy: string[];
  /**
   * The name from outside that it waits for; of a condition the object, e.g. `certificate/web`.
   *
   * @default - workloads of the app answer, or a sidecar of the pod itself
   */
  readonly outside?: string;
  /**
   * The native sidecars of the pod itself of which one answers there, by the names of their containers.
   *
   * @default - it does not wait for its own pod
   */
  readonly sidecars?: string[];
  /** Whether one of the workloads must be ready before: not where a name is only looked up, or comes from outside. */
  readonly needsReady: boolean;
}

/** When a workload can start. */
export interface StartupPosition {
  /** The construct path of the workload. */
  readonly workload: string;
  /**
   * Its place in the order: those of level 1 wait for no other workload, those of level 2 for some of level 1,
   * and so on.
   *
   * @default - it can never start
   */
  readonly level?: number;
  /**
   * How long it takes at worst until its steps have ended, as far as they have timeouts.
   *
   * @default - it can never start
   */
  readonly worstCase?: Duration;
  /** Whether all steps on the way have timeouts, so that it takes no longer than that. */
  readonly isBounded: boolean;
}

/**
 * Who waits for whom when everything is applied at once: the start-up, seen before it happens.
 *
 * It follows each endpoint of each `WaitForService` to the Service of the app that it names, whether it was
 * given as a construct or as text (`db`, `db.data`, `db.data.svc.cluster.local`), and from there, by selector
 * and namespace, to the workloads behind it. Anything else is a name from outside. A Service of several
 * workloads is up as soon as one of them is.
 *
 * A condition of a `WaitForCondition` leads to the workload that its object is: a Job must end, a workload be rolled
 * out. Any other object is one from outside, too.
 *
 * What can never start is refused at synth, without a graph being made: workloads that wait for each other in
 * a circle, a port that the Service lacks or, being headless, does not translate, a pod that the StatefulSet does
 * not have, more addresses than there are pods, a port of the pod itself without a sidecar before the step, a key that
 * a ConfigMap or Secret of the app does not have, one that is in another namespace.
 * `Endpoint.answeredByOthers` is the way out for who knows better. What is only likely to be wrong, such as a
 * name that looks mistyped, is a warning among the findings.
 *
 * @example
 * const graph = StartupGraph.of(app);
 * const picture = graph.toMermaid();
 * const order = graph.toText();
 * const findings = graph.findings();
 */
export class StartupGraph {
  /**
   * The graph of all workloads at and below a scope, and of what they wait for, also where that lies
   * elsewhere in the app.
   *
   * It shows the app as it is now: make it when the program is complete.
   *
   * @param scope the app, a chart, a workload or any other construct
   */
  public static of(scope: IConstruct): StartupGraph {
    requireKind({ of: 'StartupGraph' }, 'scope', CONSTRUCT, scope);
    return new StartupGraph(scope);
  }

  private readonly plan: Plan;
  private readonly workloads: readonly Workload[];

  private constructor(private readonly scope: IConstruct) {
    this.plan = new Plan(scope.node.root);
    const below = new Set(scope.node.findAll());
    const around = podOf(scope)?.workload;
    this.workloads = this.plan.workloads.filter(
      ({ object, pod: { workload } }) => below.has(workload) || below.has(object) || workload === around,
    );
  }

  /**
   * A Mermaid flowchart, which GitHub and GitLab show in Markdown between ` ```mermaid ` and ` ``` `.
   *
   * An arrow leads from who waits to what is waited for, with its port and the most that the step waits.
   * Workloads are grouped by chart; what is not of the app has a dashed line. Mermaid itself draws at most
   * 500 arrows unless `maxEdges` is raised.
   */
  public toMermaid(): string {
    return mermaid(drawingOf(this.plan, this.workloads));
  }

  /** The same picture for Graphviz: `dot -Tsvg`. */
  public toDot(): string {
    return dot(drawingOf(this.plan, this.workloads));
  }

  /**
   * The order in which the workloads can start, level by level, for terminals and logs.
   *
   * Those of one level can start side by side. The time is the worst case, in which each step takes all of its
   * timeout: in a pod the steps add up, but all pods start together, so of what a step waits for the latest
   * counts. What the apps themselves take to start is not known.
   */
  public toText(): string {
    return text(this.plan, this.workloads);
  }

  /**
   * Who waits for whom, as data for tests and tools: one for each endpoint or condition of each wait, in the order of
   * the tree and in run order.
   */
  public edges(): StartupEdge[] {
    return this.workloads.flatMap(({ index }) => this.plan.edges[index].map(startupEdge));
  }

  /** The order of `toText()` as data: level by level, those that can never start last. */
  public order(): StartupPosition[] {
    return this.plan.inOrder(this.workloads).map(workload => {
      const worstCase = this.plan.worstCaseOf(workload);
      return {
        workload: workload.path,
        level: worstCase && this.plan.levelOf(workload) + 1,
        worstCase: worstCase && Duration.seconds(worstCase.seconds),
        isBounded: worstCase !== undefined && !worstCase.isOpen,
      };
    });
  }

  /**
   * Writes the order, level by level, into annotations of the workloads, for the tool that applies them. Call it
   * last, and once for each workload and tool: what it has written would count as the program's own.
   *
   * The steps wait as before: such a tool only starts later what would wait, and a workload that is restarted on its
   * own, or scaled up, is known to none. Waves, hooks and rules that objects have already stay and are taken into
   * account; those with hooks of Helm or Argo CD are left alone.
   *
   * @param order whose annotations
   * @throws when an object has another order: waves, hooks or rules by which something would be applied before what it
   * needs, and the tool would wait for ever; when a workload was annotated for this tool before
   */
  public annotate(order: DeployOrder): void {
    requireKind({ of: 'StartupGraph' }, 'order', DEPLOY_ORDER, order);
    refuseAnnotated(this.workloads, order);
    const proposals = order === DeployOrder.ARGO_CD
      ? syncWaves(this.plan, this.workloads, this.scope)
      : changeGroups(this.plan, this.workloads);
    annotate(proposals);
    markAnnotated(this.workloads, order);
  }

  /**
   * What is wrong or doubtful, errors first. The errors are those that the synthesis refuses.
   *
   * Warnings: a selector or a name that looks mistyped, or belongs to another namespace; a Service whose
   * workload has no replicas, or is a Job; pods that ask other name servers; a timeout that somebody wrote and
   * that is shorter than what it waits for may take; such timeouts that sum up to more than `progressDeadlineSeconds`;
   * a StatefulSet that looks up its own headless Service; a directory in memory that is larger than the memory limit of
   * the step that writes it, or files that are too large for theirs; a file that a container sees and may not read, or
   * may not change although it is to; a volume that is prepared for another user than the app's, or too late; a wait
   * for what Helm or Argo CD applies later; a condition of what is suspended or paused, or of what has no
   * namespace in the program although the pod has one; parts of a `PodFragment` that
   * nobody reads; what steps say of themselves, such as a template with a variable that nobody declared.
   * `app.synth()` prints them, unless `InitDefaults` says otherwise.
   */
  public findings(): Finding[] {
    const errors = refusalsOf(this.plan).filter(({ from, others = [] }) =>
      [from, ...others].some(each => this.workloads.includes(each)),
    );
    return [
      ...errors.map(each => finding(FindingSeverity.ERROR, each)),
      ...warningsOf(this.plan, this.workloads).map(each => finding(FindingSeverity.WARNING, each)),
    ];
  }

  /**
   * What is worth knowing, and neither wrong nor doubtful: the longest chain of waits and when it ends at worst, waits
   * for an open port whose number says that its server could be asked in its own protocol, files that a step writes
   * and nothing in the pod sees, and texts in a `PodFragment` that a chart could take for templates.
   */
  public notes(): Finding[] {
    return notesOf(this.plan, this.workloads).map(each => finding(FindingSeverity.INFO, each));
  }
}

function finding(
  severity: FindingSeverity,
  found: StartupFinding,
): Finding {
  const { message, remedy, edges = [] } = found;
  const told = { severity, path: pathOf(found), message, remedy };
  edgesFound.set(told, edges);
  return told;
}

function startupEdge(edge: Edge): StartupEdge {
  const { from, wait, address, backends, needsPod } = edge;
  const sidecars = edge.sidecars?.before ?? [];
  return {
    workload: from.path,
    step: wait.step.node.id,
    endpoint: address,
    timeout: wait.timeout === Infinity ? undefined : Duration.seconds(wait.timeout),
    answeredBy: backends.map(each => each.path),
    outside: backends.length + sidecars.length === 0 ? outsideName(edge).name : undefined,
    sidecars: sidecars.length > 0 ? [...sidecars] : undefined,
    needsReady: needsPod,
  };
}
