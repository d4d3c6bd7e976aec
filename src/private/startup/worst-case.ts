import type { IConstruct } from 'constructs';
import type { Edge } from './edge';
import type { Order } from './order';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { budgetOf, isBudgetWritten } from '../step/step-record';

/** How long it takes at worst until a workload starts, as far as the program says. */
export interface WorstCase {
  readonly seconds: number;
  /** The same, of the timeouts alone that somebody wrote. */
  readonly written: number;
  /** Whether a step on the way may take as long as it likes. */
  readonly isOpen: boolean;
  /** What comes last of all that it waits for. */
  readonly latest?: Workload;
}

/**
 * The worst cases of all workloads that can start.
 *
 * All pods start together. So the steps of one pod add up, but what they wait for has begun long before: a
 * wait ends when its time is over or when that has started, whatever is later.
 */
export function worstCases(
  workloads: readonly Workload[],
  needed: readonly (readonly Edge[])[],
  { sequence, by, level }: Order,
): readonly WorstCase[] {
  const known: WorstCase[] = [];
  const laterFirst = (one: number, other: number) =>
    known[other].seconds - known[one].seconds || level[other] - level[one];
  for (const index of sequence) {
    const { steps } = recordOf(workloads[index].pod.workload);
    const together = (which: 'seconds' | 'written', count: (step: IConstruct) => boolean) =>
      steps.reduce((time, step) => {
        const awaited = needed[index].flatMap(({ wait }, need) =>
          (wait.step === step ? [known[by[index][need]][which]] : []));
        return Math.max(time + (count(step) ? secondsOf(step) : 0), ...awaited);
      }, 0);
    const [latest] = [...by[index]].sort(laterFirst);
    known[index] = {
      seconds: together('seconds', () => true),
      written: together('written', isBudgetWritten),
      isOpen: steps.some(step => typeof budgetOf(step) !== 'number') || by[index].some(each => known[each].isOpen),
      latest: latest === undefined ? undefined : workloads[latest],
    };
  }
  return known;
}

function secondsOf(step: IConstruct): number {
  const budget = budgetOf(step);
  return typeof budget === 'number' ? budget : 0;
}
