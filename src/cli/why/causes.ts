import type { Cause } from './diagnosis';
import { heldBy, troubleKey, troublesOf, type Knot } from './knot';
import type { Pod } from './objects';

type Reach = ReadonlyMap<Knot, ReadonlySet<Knot>>;

/** The troubles of knots, each once: what is ill before what takes its time, and what holds up the most first. */
export function causesOf(knots: readonly Knot[]): Cause[] {
  const byKey = new Map<string, Knot[]>();
  for (const knot of knots) {
    for (const trouble of troublesOf(knot)) {
      const key = troubleKey(trouble, knot);
      byKey.set(key, [...(byKey.get(key) ?? []), knot]);
    }
  }
  const reach = new Map(knots.map(knot => [knot, heldBy(knot)]));
  const causes = [...byKey].map(([key, sick]) => causeOf(key, sick, reach));
  return causes.sort(
    (one, other) => Number(other.isIll) - Number(one.isIll) || other.holdsUp - one.holdsUp,
  );
}

function causeOf(key: string, sick: readonly Knot[], reach: Reach): Cause {
  const [first] = sick;
  const trouble = troublesOf(first).find(each => troubleKey(each, first) === key)!;
  const held = [...reach]
    .filter(([, reached]) => sick.some(each => reached.has(each)))
    .map(([knot]) => knot);
  const own = new Set(sick.flatMap(({ pods }) => pods));
  const others = new Set<Pod>(
    held.flatMap(({ pods }) => pods).filter(pod => !own.has(pod)),
  );
  return { ...trouble, of: sick.map(({ owner }) => owner), holdsUp: others.size };
}
