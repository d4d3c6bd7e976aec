import type { OwnSidecars } from './own-sidecars';
import type { Workload } from './workloads';
import type { AwaitedCondition } from '../step/condition';
import type { ServiceManifest } from '../step/service-manifest';
import type { Wait } from '../step/step-record';
import type { Target } from '../step/target';

/** What every wait is, whatever it is for. */
interface EdgeParts {
  readonly from: Workload;
  readonly wait: Wait;
  /** What is waited for, in words: an endpoint as the step's log names it, or a condition of an object. */
  readonly address: string;
  /** The workloads of which one is enough; none for what is from outside. */
  readonly backends: readonly Workload[];
  /** Whether one of them must be ready. A name, for one, may be there before any pod is. */
  readonly needsPod: boolean;
}

/** One target of a wait, and who answers there. */
export interface EndpointEdge extends EdgeParts {
  readonly target: Target;
  readonly condition?: undefined;
  /** The Service of the app, if it is one. */
  readonly service?: ServiceManifest;
  /** The one of its pods that the target names. */
  readonly pod?: string;
  /** Why no pod has the name that the target gives to one. */
  readonly whyNoPod?: string;
  /** The native sidecars of its own pod, if that is what it asks. */
  readonly sidecars?: OwnSidecars;
}

/** One condition of a wait, and the workload that it is about, if it is one of the app. */
export interface ConditionEdge extends EdgeParts {
  readonly condition: AwaitedCondition;
  readonly sidecars?: undefined;
}

/** One thing that a workload waits for. */
export type Edge = EndpointEdge | ConditionEdge;

/** Those that serve until they are stopped; where there are none, those that end. */
export function serving(workloads: readonly Workload[]): readonly Workload[] {
  return unlessNone(workloads.filter(each => !ends(each)), workloads);
}

/** Those that have pods before somebody scales them up; where there are none, all. */
export function awake(workloads: readonly Workload[]): readonly Workload[] {
  return unlessNone(workloads.filter(({ replicas }) => replicas !== 0), workloads);
}

/** Whether the pods of a workload end by themselves. */
export function ends({ kind }: Workload): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

function unlessNone<T>(some: readonly T[], all: readonly T[]): readonly T[] {
  return some.length > 0 ? some : all;
}
