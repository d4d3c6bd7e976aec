import { outsideName } from './drawing';
import type { Edge } from './edge';
import { groupBy } from './group';
import type { Plan } from './plan';
import { backendsInWords, inTime, listed } from './wording';
import type { Workload } from './workloads';
import type { WorstCase } from './worst-case';

/** Writes down what can start when, level by level. */
export function text(plan: Plan, workloads: readonly Workload[]): string {
  const levels = groupBy(plan.inOrder(workloads), workload => plan.levelOf(workload));
  const width = Math.max(...workloads.map(({ path }) => path.length));
  return [...levels]
    .flatMap(([level, members]) => [
      level < 0 ? 'never' : `level ${level + 1}`,
      ...members.map(workload => `  ${workload.path.padEnd(width)}  ${startOf(plan, workload)}`),
    ])
    .map(line => `${line}\n`)
    .join('');
}

/** How long it takes, and what it comes after. */
function startOf(plan: Plan, workload: Workload): string {
  const names = [...new Set(plan.edges[workload.index].map(nameOf))];
  const worstCase = plan.worstCaseOf(workload);
  return [
    ...(worstCase ? [timeOf(worstCase)] : []),
    ...(names.length > 0 ? [`after ${listed(names)}`] : []),
  ].join(', ');
}

function nameOf(edge: Edge): string {
  const sidecars = edge.sidecars?.before ?? [];
  if (sidecars.length > 0) return `its sidecar ${listed(sidecars, 'or')}`;
  return edge.backends.length > 0 ? backendsInWords(edge) : `${outsideName(edge).name} (outside)`;
}

function timeOf({ seconds, isOpen }: WorstCase): string {
  if (seconds === 0) return isOpen ? 'no time limit' : 'at once';
  return `at most ${inTime(seconds)}${isOpen ? ' and what steps without a timeout take' : ''}`;
}
