import type { Edge } from './plan';
import type { Workload } from './workloads';

/** Something wrong or doubtful about how a workload starts. */
export interface Remark {
  readonly from: Workload;
  /** Others that it is true of, too. */
  readonly others?: readonly Workload[];
  readonly message: string;
  readonly remedy: string;
}

/** The manifest that a workload is written as. */
export type Manifests = (workload: Workload) => any;

/** Who waits in which step for what, as most remarks begin. */
export function waiting({ wait, endpoint }: Edge): string {
  return `waits in step '${wait.step.node.id}' for ${endpoint.address}`;
}

/** The workloads behind an endpoint, of which one is enough. */
export function behind({ to }: Edge): string {
  return listed(to.map(each => each.path), 'or');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

/** Seconds as people say them. */
export function inTime(seconds: number): string {
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'min'], [seconds % 60, 's']] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ') || '0 s';
}
