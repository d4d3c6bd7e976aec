import type { ContainerProps } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { Target } from './target';
import { checkWhenFinished } from '../pod/finished-pod';
import type { Site } from '../pod/site';
import { recordOf } from '../pod/workload-record';
import { Attached } from '../values/attached';

/** How long a step may take: so many seconds, no time worth counting, or as long as it likes. */
export type Budget = number | 'at once' | 'unbounded';

/** A step that waits. */
export interface Wait {
  readonly step: IConstruct;
  /** In seconds. */
  readonly timeout: number;
  /** The namespace of its pod, if the program names one. */
  readonly namespace?: string;
  /** The DNS domain of its cluster. */
  readonly clusterDomain: string;
  readonly targets: readonly Target[];
}

/** What the library knows of a step. */
interface StepRecord {
  budget: Budget;
  /** Whether nobody wrote how long it may take. */
  hasDefaultBudget: boolean;
  wait?: Wait;
}

const steps = new Attached<StepRecord>('step', 1);

/** Whether a construct is an init step, of any copy of this library. */
export function isStep(construct: IConstruct): boolean {
  return steps.of(construct) !== undefined;
}

/** Remembers a step, behind those that its workload already has, and what it put into the pod. */
export function addStep(
  step: IConstruct,
  { pod }: Site,
  container: ContainerProps,
  budget: Budget,
): void {
  steps.set(step, { budget, hasDefaultBudget: false });
  const record = recordOf(pod.workload);
  record.steps.push(step);
  record.placements.push(container);
  checkWhenFinished(pod);
}

/** How long a step may take. */
export function budgetOf(step: IConstruct): Budget {
  return steps.required(step).budget;
}

/** Notes how long a step may take whose own program sees to it. */
export function setBudget(step: IConstruct, budget: Budget, isDefault = false): void {
  const record = steps.required(step);
  record.budget = budget;
  record.hasDefaultBudget = isDefault;
}

/** Whether nobody wrote how long a step may take: the default is long enough for most, and nobody's mistake. */
export function hasDefaultBudget(step: IConstruct): boolean {
  return steps.required(step).hasDefaultBudget;
}

/** The waits of a workload, in run order. */
export function waitsOf(workload: IConstruct): readonly Wait[] {
  return recordOf(workload).steps.flatMap(step => steps.required(step).wait ?? []);
}

/** Notes that a step waits. */
export function setWait(wait: Wait): void {
  steps.required(wait.step).wait = wait;
}
