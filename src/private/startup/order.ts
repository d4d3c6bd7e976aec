/** Workloads, by their numbers, of which one must be up: any one will do. */
export type Need = readonly number[];

/** In which order workloads can start. */
export interface Order {
  /** The workloads that can start, each after all that it needs. */
  readonly sequence: readonly number[];
  /** How many others start one after the other before each; -1 for those that never can. */
  readonly level: readonly number[];
  /** Who satisfies each need of each workload: the first that can. */
  readonly by: readonly (readonly number[])[];
}

/** Finds out what can start at all, and when, in time that grows with the number of needs only. */
export function startOrder(needsOf: readonly (readonly Need[])[]): Order {
  const dependents = dependentsOf(needsOf);
  const missing = needsOf.map(needs => needs.length);
  const level: number[] = missing.map(count => (count === 0 ? 0 : -1));
  const by: number[][] = needsOf.map(() => []);
  const sequence = needsOf.flatMap((_, workload) => (level[workload] === 0 ? [workload] : []));
  for (const started of sequence) {
    for (const { workload, need } of dependents[started]) {
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

/** Which need of which workloads each one can satisfy. */
function dependentsOf(needsOf: readonly (readonly Need[])[]): Link[][] {
  const dependents: Link[][] = needsOf.map(() => []);
  needsOf.forEach((needs, workload) => needs.forEach((each, need) => {
    for (const one of each) dependents[one].push({ workload, need });
  }));
  return dependents;
}

/** The need of a workload; in a cycle, the one that leads to the next. */
export interface Link {
  readonly workload: number;
  readonly need: number;
}

/**
 * The cycles in which workloads wait that can never start, each once, from its first workload on.
 *
 * Those that only wait for one in a cycle are in none. Where a workload is in several cycles, one is found.
 */
export function cycles(
  needsOf: readonly (readonly Need[])[],
  { level, by }: Order,
): Link[][] {
  const next = needsOf.map((needs, workload) => {
    const open = needs.flatMap((_, index) => (by[workload][index] === undefined ? [index] : []));
    return {
      workload,
      need: open.find(index => needs[index].every(each => each === workload)) ?? open[0],
    };
  });
  const follow = (workload: number) => needsOf[workload][next[workload].need][0];
  const seen: number[] = [];
  const found: Link[][] = [];
  level.forEach((height, start) => {
    if (height >= 0) return;
    let at = start;
    for (; seen[at] === undefined; at = follow(at)) seen[at] = start;
    if (seen[at] === start) found.push(cycleAt(at, next, follow));
  });
  return found;
}

function cycleAt(
  start: number,
  next: readonly Link[],
  follow: (workload: number) => number,
): Link[] {
  const cycle: Link[] = [];
  for (let at = start; cycle.length === 0 || at !== start; at = follow(at)) cycle.push(next[at]);
  const first = cycle.reduce(
    (least, { workload }, index) => (workload < cycle[least].workload ? index : least),
    0,
  );
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
