import type { ApiObject } from 'cdk8s';
import { annotationsOf } from './annotating';
import { objectAsked } from './conditions';
import type { Edge } from './edge';
import type { StartupFinding } from './finding';
import { HOOKS, hooksOf, isLeftOutOfInstalls } from './hooks';
import { backendsInWords, pathOf, waitInWords } from './wording';

/**
 * When Helm or Argo CD applies an object: phase by phase, and in a phase by weight, each after the ones
 * before are up.
 */
interface Turn {
  readonly phase: number;
  readonly weight: number;
  readonly words: string;
}

type Annotations = { readonly [name: string]: string };

const WEIGHT = 'helm.sh/hook-weight';

/** In which annotation Argo CD reads in which wave it is to apply an object. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

const BEFORE = /^(pre-?sync|pre-(install|upgrade|rollback)|crd-install)$/;
const AFTER = /^(post-?sync|post-(install|upgrade|rollback))$/;

/** An object that has, or is to have, annotations. */
interface Marked {
  readonly object: ApiObject;
  readonly annotations: Annotations;
}

type MarksOf = (marked: Marked) => Annotations;

/**
 * A wait for something that is applied only when the one that waits has become healthy.
 *
 * @param marksOf the annotations that count, where objects are to have others than they have
 */
export function startsLater(
  edge: Edge,
  marksOf: MarksOf = ({ annotations }) => annotations,
): StartupFinding[] {
  const { from } = edge;
  if (from.kind === 'CronJob' || isLeftOutOfInstalls(from.annotations)) return [];
  const asking = turnOf(marksOf(from));
  const { turn, words } = awaited(edge, marksOf) ?? { turn: asking, words: '' };
  if (!isLater(turn, asking)) return [];
  return [
    {
      from,
      message:
        `${waitInWords(edge)}, but ${words} (${turn.words}) `
        + `is applied after ${from.path} (${asking.words}) is up`,
      remedy: `give them the same hook and wave, or remove the ${edge.condition ? 'condition' : 'endpoint'}`,
    },
  ];
}

/** When what is waited for is there, and what that is, if it is of the app. */
function awaited(edge: Edge, marksOf: MarksOf): { turn: Turn; words: string } | undefined {
  if (edge.condition) {
    const object = objectAsked(edge);
    if (!object) return undefined;
    return { turn: turnOf(marksOf({ object, annotations: annotationsOf(object) })), words: pathOf({ object }) };
  }
  if (!edge.service) return undefined;
  const service = turnOf(marksOf(edge.service));
  const pods = edge.backends.map(each => turnOf(marksOf(each)));
  if (pods.every(each => isLater(service, each))) return { turn: service, words: 'its Service' };
  const first = pods.reduce((one, other) => (isLater(one, other) ? other : one));
  return { turn: first, words: backendsInWords(edge) };
}

/** Whether objects with these annotations are applied only when those with the others are up. */
export function isAppliedLater(annotations: Annotations, others: Annotations): boolean {
  return isLater(turnOf(annotations), turnOf(others));
}

function isLater(one: Turn, other: Turn): boolean {
  return one.phase > other.phase || one.phase === other.phase && one.weight > other.weight;
}

function turnOf(annotations: Annotations): Turn {
  const hooks = hooksOf(annotations);
  const weight = annotations[SYNC_WAVE] ?? (hooks.length > 0 ? annotations[WEIGHT] : undefined);
  const set = [...HOOKS, WEIGHT, SYNC_WAVE].filter(name => annotations[name] !== undefined);
  return {
    phase: phaseOf(hooks),
    weight: Number(weight ?? 0) || 0,
    words: set.map(name => `${name}: ${annotations[name]}`).join(', ') || 'no hook, no sync wave',
  };
}

function phaseOf(hooks: readonly string[]): number {
  if (hooks.some(hook => BEFORE.test(hook))) return -1;
  return hooks.some(hook => AFTER.test(hook)) ? 1 : 0;
}
