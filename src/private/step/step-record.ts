import type { ContainerProps } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AwaitedCondition } from './condition';
import type { Target } from './target';
import type { StoredKey } from './text-source';
import { checkWhenFinished } from '../pod/finished-pod';
import type { Site } from '../pod/site';
import { recordOf } from '../pod/workload-record';
import { Attached } from '../values/attached';

/** How long a step may take: so many seconds, as long as it likes, or a time that ends, but that nobody has written. */
export type Budget = number | 'unbounded' | 'unknown';

/** A step that waits. */
export interface Wait {
  readonly step: IConstruct;
  /** In seconds; `Infinity` where that is not known, or it may take as long as it likes. */
  readonly timeout: number;
  /** The namespace of its pod, if the program names one. */
  readonly namespace?: string;
  /** The DNS domain of its cluster. */
  readonly clusterDomain: string;
  readonly targets: readonly Target[];
  readonly conditions: readonly AwaitedCondition[];
}

/** Something doubtful about how a step is used: the end of a sentence that begins with it. */
export interface Doubt {
  readonly message: string;
  readonly remedy: string;
}

/** What becomes of warnings at synth. */
export type WarningPolicy = 'print' | 'ignore' | 'fail';

/** What the library knows of a step. */
interface StepRecord {
  readonly budget: Budget;
  /** Whether somebody wrote it, instead of the library. */
  readonly isBudgetWritten: boolean;
  readonly warnings: readonly Doubt[];
  /** What becomes of them. */
  readonly warningPolicy: WarningPolicy;
  readonly wait?: Wait;
  readonly keys: readonly StoredKey[];
  /** What to do about a finding that is wrong, if it is something else than in a program. */
  readonly escape?: string;
}

const steps = new Attached<StepRecord>('step', 1);

/** Whether a construct is an init step, of any copy of this library. */
export function isStep(construct: IConstruct): boolean {
  return steps.of(construct) !== undefined;
}

/** What a step is about to tell of itself. */
interface StepFacts {
  readonly container: ContainerProps;
  readonly budget: Budget;
  readonly isBudgetWritten: boolean;
  readonly targets: readonly Target[];
  readonly conditions: readonly AwaitedCondition[];
  readonly warnings: readonly Doubt[];
  readonly warningPolicy: WarningPolicy;
  readonly clusterDomain: string;
  readonly keys: readonly StoredKey[];
}

/** Remembers a step, behind those that its workload already has, and what it put into the pod. */
export function addStep(step: IConstruct, { pod }: Site, facts: StepFacts): void {
  const { container, targets, conditions, clusterDomain, ...others } = facts;
  const { budget } = others;
  const timeout = typeof budget === 'number' ? budget : Infinity;
  const wait = { step, timeout, namespace: pod.namespace, clusterDomain, targets, conditions };
  const waits = targets.length + conditions.length > 0;
  remember(step, pod.workload, { ...others, wait: waits ? wait : undefined });
  recordOf(pod.workload).placements.push(container);
  checkWhenFinished(pod);
}

/** What an init container says that is in its workload already, because it was read in a manifest. */
export interface FoundStep {
  readonly budget: Budget;
  readonly isBudgetWritten: boolean;
  readonly wait?: Omit<Wait, 'step'>;
  readonly keys: readonly StoredKey[];
  readonly escape: string;
}

/** Has a construct stand for an init container that no step of this program has made, behind those before it. */
export function addFoundStep(step: IConstruct, workload: IConstruct, { wait, ...found }: FoundStep): void {
  remember(step, workload, { ...found, warnings: [], warningPolicy: 'ignore', wait: wait && { ...wait, step } });
}

function remember(step: IConstruct, workload: IConstruct, record: StepRecord): void {
  steps.set(step, record);
  recordOf(workload).steps.push(step);
}

/** How long a step may take. */
export function budgetOf(step: IConstruct): Budget {
  return steps.required(step).budget;
}

/** Whether somebody wrote how long a step may take: the default is long enough for most, and nobody's mistake. */
export function isBudgetWritten(step: IConstruct): boolean {
  return steps.required(step).isBudgetWritten;
}

/** What to do about a finding that is wrong, if it is something else than in a program. */
export function escapeOf(step: IConstruct): string | undefined {
  return steps.required(step).escape;
}

/** The keys of ConfigMaps and Secrets without which a step cannot start. */
export function keysOf(step: IConstruct): readonly StoredKey[] {
  return steps.required(step).keys;
}

/** What is doubtful about how a step is used. */
export function doubtsAbout(step: IConstruct): readonly Doubt[] {
  return steps.required(step).warnings;
}

/** What becomes of the warnings about a step. */
export function warningPolicyOf(step: IConstruct): WarningPolicy {
  return steps.required(step).warningPolicy;
}

/** What becomes of the warnings about a workload as a whole: what its first step was told. */
export function warningPolicyAbout(workload: IConstruct): WarningPolicy {
  const [first] = recordOf(workload).steps;
  return first ? warningPolicyOf(first) : 'ignore';
}

/** The waits of a workload, in run order. */
export function waitsOf(workload: IConstruct): readonly Wait[] {
  return recordOf(workload).steps.flatMap(step => steps.required(step).wait ?? []);
}
