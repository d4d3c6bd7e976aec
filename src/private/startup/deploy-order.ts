import type { Manifests, StartupFinding } from './finding';
import type { Edge } from './plan';
import { backendsInWords, waitInWords } from './wording';

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

const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];
const WEIGHT = 'helm.sh/hook-weight';
const WAVE = 'argocd.argoproj.io/sync-wave';
const BEFORE = /\b(pre-?sync|pre-(install|upgrade|rollback)|crd-install)\b/;
const AFTER = /\b(post-?sync|post-(install|upgrade|rollback))\b/;

/** A wait for something that is applied only when the one that waits has become healthy. */
export function startsLater(edge: Edge, manifestOf: Manifests): StartupFinding[] {
  const { from } = edge;
  if (from.kind === 'CronJob') return [];
  const asking = turnOf(manifestOf(from));
  const service = turnOf(edge.service!.object.toJson());
  const pods = edge.backends.map(each => turnOf(manifestOf(each)))
    .reduce((one, other) => (isLater(one, other) ? other : one));
  const isService = isLater(service, pods);
  const answering = isService ? service : pods;
  if (!isLater(answering, asking)) return [];
  return [
    {
      from,
      message:
        `${waitInWords(edge)}, but ${isService ? 'its Service' : backendsInWords(edge)} (${answering.words}) `
        + `is applied after ${from.path} (${asking.words}) is up`,
      remedy: 'give them the same hook and wave, or remove the endpoint',
    },
  ];
}

function isLater(one: Turn, other: Turn): boolean {
  return one.phase > other.phase || one.phase === other.phase && one.weight > other.weight;
}

function turnOf({ metadata }: { metadata?: { annotations?: Annotations } }): Turn {
  const annotations = metadata?.annotations ?? {};
  const hooks = HOOKS.map(name => annotations[name] ?? '').join(',').toLowerCase();
  const isHook = /\w/.test(hooks);
  const weight = annotations[WAVE] ?? (isHook ? annotations[WEIGHT] : undefined);
  const set = [...HOOKS, WEIGHT, WAVE].filter(name => annotations[name] !== undefined);
  return {
    phase: phaseOf(hooks),
    weight: Number(weight ?? 0) || 0,
    words: set.map(name => `${name}: ${annotations[name]}`).join(', ') || 'no hook, no sync wave',
  };
}

function phaseOf(hooks: string): number {
  if (BEFORE.test(hooks)) return -1;
  return AFTER.test(hooks) ? 1 : 0;
}
