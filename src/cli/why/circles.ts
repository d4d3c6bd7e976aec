import type { Knot, Tie } from './knot';
import { ill, starting, type Trouble } from './trouble';

/** Cuts each circle of knots that wait for each other, and says so where it was. */
export function cutCircles(knots: readonly Knot[]): void {
  cutCirclesOf(knots, ({ isGuess }) => !isGuess, text => ill('circle', text));
  cutCirclesOf(knots, () => true, text => starting(`maybe ${text}`));
}

/** Cuts the circles that some ties make. */
function cutCirclesOf(
  knots: readonly Knot[],
  counts: (tie: Tie) => boolean,
  troubleOf: (text: string) => Trouble,
): void {
  const done = new Set<Knot>();
  const path: Knot[] = [];

  const follow = (knot: Knot): void => {
    if (done.has(knot)) return;
    path.push(knot);
    for (const tie of knot.ties.filter(counts)) {
      const back = tie.behind.find(next => path.includes(next));
      if (back) {
        tie.trouble = troubleOf(circleText(path.slice(path.indexOf(back))));
        tie.behind = tie.behind.filter(next => !path.includes(next));
      }
      tie.behind.forEach(follow);
    }
    path.pop();
    done.add(knot);
  };

  knots.forEach(follow);
}

function circleText(circle: readonly Knot[]): string {
  const names = circle.map(({ owner: { kind, name } }) => `${kind} ${name}`);
  if (names.length === 1) return `${names[0]} waits for itself`;
  return `a circle: ${[...names, names[0]].join(' waits for ')}`;
}
