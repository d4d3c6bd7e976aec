import { outsideName } from './drawing';
import { grouped } from './grouped';
import type { Plan } from './plan';
import { inTime, listed } from './remark';
import type { Workload } from './workloads';

/** Writes down what can start when, level by level. */
export function text(plan: Plan, workloads: readonly Workload[]): string {
  const levels = grouped(workloads, workload => plan.levelOf(workload));
  const order = [...levels.keys()].sort((one, other) => (one < 0 ? 1 : other < 0 ? -1 : one - other));
  const width = Math.max(...workloads.map(({ path }) => path.length));
  return order.flatMap(level => [
    level < 0 ? 'never' : `level ${level + 1}`,
    ...levels.get(level)!.map(workload => `  ${workload.path.padEnd(width)}  ${when(plan, workload)}`),
  ]).map(line => `${line}\n`).join('');
}

function when(plan: Plan, workload: Workload): string {
  const edges = plan.edges[workload.index];
  const names = [...new Set(edges.map(edge => (edge.to.length > 0 ? listed(edge.to.map(each => each.path), 'or') : `${outsideName(edge).name} (outside)`)))];
  const behind = names.length > 0 ? `after ${listed(names)}` : undefined;
  const bound = plan.worstCaseOf(workload);
  const time = !bound ? undefined
    : bound.seconds === 0 ? (bound.open ? 'no time limit' : 'at once')
      : `at most ${inTime(bound.seconds)}${bound.open ? ' and what steps without a timeout take' : ''}`;
  return [time, behind].filter(part => part !== undefined).join(', ');
}
