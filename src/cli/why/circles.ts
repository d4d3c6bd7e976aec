import type { Knot, Tie } from './knot';
import { ill } from './trouble';

/** Cuts each circle of knots that wait for each other, and says so where it was. */
export function cutCircles(knots: readonly Knot[]): void {
  const done = new Set<Knot>();
  const path: Knot[] = [];

  const follow = (knot: Knot): void => {
    if (done.has(knot)) return;
    path.push(knot);
    for (const tie of knot.ties) {
      const back = tie.behind.find(next => path.includes(next));
      if (back) cut(tie, path.slice(path.indexOf(back)), path);
      tie.behind.forEach(follow);
    }
    path.pop();
    done.add(knot);
  };

  knots.forEach(follow);
}

function cut(tie: Tie, circle: readonly Knot[], path: readonly Knot[]): void {
  tie.behind = tie.behind.filter(next => !path.includes(next));
  tie.trouble = ill(
    'circle',
    circleText(circle.map(({ owner: { kind, name } }) => `${kind} ${name}`)),
  );
}

function circleText(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} waits for itself`;
  return `a circle: ${[...names, names[0]].join(' waits for ')}`;
}
