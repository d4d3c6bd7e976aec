/** Workloads, by their numbers, of which one must be up: any one will do. */
export type Need = readonly number[];

/** In which order workloads can start. */
export interface Order {
  /** The workloads that can start, each behind all that it needs. */
  readonly sequence: readonly number[];
  /** How many others start one after the other before each; -1 for those that never can. */
  readonly level: readonly number[];
  /** Who satisfies each need of each workload: the first that can. */
  readonly by: readonly (readonly number[])[];
}

/** Finds out what can start at all, and when, in time that grows with the number of needs only. */
export function startOrder(needs: readonly (readonly Need[])[]): Order {
  const waiting: [workload: number, need: number][][] = needs.map(() => []);
  needs.forEach((own, workload) => own.forEach((need, index) => need.forEach(each => waiting[each].push([workload, index]))));
  const missing = needs.map(own => own.length);
  const level: number[] = missing.map(count => (count === 0 ? 0 : -1));
  const by: number[][] = needs.map(() => []);
  const sequence = needs.flatMap((_, workload) => (level[workload] === 0 ? [workload] : []));
  for (const started of sequence) {
    for (const [workload, need] of waiting[started]) {
      if (by[workload][need] !== undefined) continue;
      by[workload][need] = started;
      missing[workload] -= 1;
      if (missing[workload] > 0) continue;
      level[workload] = level[started] + 1;
      sequence.push(workload);
    }
  }
  return { sequence, level, by };
}

/** One step of a way: the need of a workload, and who of those that could satisfy it comes next. */
export interface Link {
  readonly workload: number;
  readonly need: number;
}

/**
 * The circles in which workloads wait that can never start, each once, from its first workload on.
 *
 * Those that only wait for one in a circle are in none. Where a workload is in several circles, one is found.
 */
export function circles(needs: readonly (readonly Need[])[], { level, by }: Order): Link[][] {
  const next = needs.map((own, workload) => {
    const open = own.flatMap((_, index) => (by[workload][index] === undefined ? [index] : []));
    return { workload, need: open.find(index => own[index].every(each => each === workload)) ?? open[0] };
  });
  const seen: number[] = [];
  const found: Link[][] = [];
  level.forEach((height, start) => {
    if (height >= 0) return;
    let at = start;
    for (; seen[at] === undefined; at = needs[at][next[at].need][0]) seen[at] = start;
    if (seen[at] === start) found.push(around(at, next, needs));
  });
  return found;
}

function around(start: number, next: readonly Link[], needs: readonly (readonly Need[])[]): Link[] {
  const circle: Link[] = [];
  for (let at = start; circle.length === 0 || at !== start; at = needs[at][next[at].need][0]) circle.push(next[at]);
  const first = circle.reduce((least, { workload }, index) => (workload < circle[least].workload ? index : least), 0);
  return [...circle.slice(first), ...circle.slice(0, first)];
}
