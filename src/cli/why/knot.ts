import { ownerKey, type Owner } from './cluster';
import type { Pod } from './objects';
import type { PodState } from './pod-state';
import type { Target } from './targets';
import type { Trouble, TroubleKind } from './trouble';

/** Pods of one workload that have not started for one reason; it may have other pods that have another one. */
export interface Knot {
  readonly owner: Owner;
  readonly pods: Pod[];
  /** That of its first pod; nothing if it has none. */
  readonly state?: PodState;
  /** What is wrong with itself. */
  trouble?: Trouble;
  readonly ties: Tie[];
}

/** What a knot waits for. */
export interface Tie extends Pick<Target, 'shown' | 'about' | 'ready' | 'pods'> {
  readonly isGuess: boolean;
  trouble?: Trouble;
  behind: Knot[];
}

/** All knots that a knot is held by, itself included. */
export function heldBy(knot: Knot, found = new Set<Knot>()): Set<Knot> {
  if (found.has(knot)) return found;
  found.add(knot);
  for (const next of nextOf(knot)) heldBy(next, found);
  return found;
}

export function nextOf({ ties }: Knot): Knot[] {
  return ties.flatMap(({ behind }) => behind);
}

/** What is wrong with a knot itself, or with what it is known to wait for. */
export function troublesOf({ trouble, ties }: Knot): Trouble[] {
  const known = ties.filter(({ isGuess }) => !isGuess);
  return [trouble, ...known.map(tie => tie.trouble)].filter(
    each => each !== undefined,
  ) as Trouble[];
}

/** Kinds of trouble that others have for reasons of their own, though in the same words. */
const OWN: ReadonlySet<TroubleKind> = new Set([
  'crash',
  'evicted',
  'job',
  'memory',
  'own-pod',
  'probe',
  'starting',
  'step',
]);

/** What is the same for troubles that are one. */
export function troubleKey({ kind, text }: Trouble, { owner }: Knot): string {
  return `${kind} ${OWN.has(kind) ? ownerKey(owner) : ''} ${text}`;
}
