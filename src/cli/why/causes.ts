import type { Cause } from './diagnosis';
import { heldBy, troubleKey, troublesOf, type Knot } from './knot';
import type { Pod } from './objects';

/** The troubles of knots, each once: what is ill before what takes its time, and what holds up the most first. */
export function causesOf(knots: readonly Knot[]): Cause[] {
  const byKey = new Map<string, Knot[]>();
  for (const knot of knots) {
    for (const trouble of troublesOf(knot)) {
      const key = troubleKey(trouble);
      byKey.set(key, [...byKey.get(key) ?? [], knot]);
    }
  }
  const causes = [...byKey].map(([key, sick]) => causeOf(key, sick, knots));
  return causes.sort((one, other) => Number(other.isIll) - Number(one.isIll) || other.holdsUp - one.holdsUp);
}

function causeOf(key: string, sick: readonly Knot[], knots: readonly Knot[]): Cause {
  const trouble = troublesOf(sick[0]).find(each => troubleKey(each) === key)!;
  const held = knots.filter(knot => [...heldBy(knot)].some(each => sick.includes(each)));
  const itself = sick.filter(knot => knot.trouble && troubleKey(knot.trouble) === key);
  const own = new Set(itself.flatMap(knot => knot.pods));
  const others = new Set<Pod>(held.flatMap(knot => knot.pods).filter(pod => !own.has(pod)));
  return { ...trouble, of: sick.map(({ owner }) => owner), holdsUp: others.size };
}
