import type { Edge } from './plan';
import { behind, waiting, type Manifests, type Remark } from './remark';

/** When Helm or Argo CD applies an object: phase by phase, and in a phase by weight, each after the ones before are up. */
interface Turn {
  readonly phase: number;
  readonly weight: number;
  readonly words: string;
}

const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];
const WEIGHTS = ['helm.sh/hook-weight', 'argocd.argoproj.io/sync-wave'];

/** A wait for something that is applied only when the one that waits has become healthy. */
export function startsLater(edge: Edge, manifestOf: Manifests): Remark[] {
  const own = turnOf(manifestOf(edge.from));
  const service = turnOf(edge.service!.object.toJson());
  const first = edge.to.map(each => turnOf(manifestOf(each))).reduce((one, other) => (isLater(one, other) ? other : one));
  const turn = isLater(service, first) ? service : first;
  if (edge.from.kind === 'CronJob' || !isLater(turn, own)) return [];
  return [{
    from: edge.from,
    message: `${waiting(edge)}, but ${turn === service ? 'its Service' : behind(edge)} (${turn.words}) is applied after ${edge.from.path} (${own.words}) is up`,
    remedy: 'give them the same hook and wave, or remove the endpoint',
  }];
}

function isLater(one: Turn, other: Turn): boolean {
  return one.phase > other.phase || one.phase === other.phase && one.weight > other.weight;
}

function turnOf({ metadata }: { metadata?: { annotations?: { [name: string]: string } } }): Turn {
  const annotations = metadata?.annotations ?? {};
  const set = [...HOOKS, ...WEIGHTS].filter(name => annotations[name] !== undefined);
  const hooks = HOOKS.map(name => annotations[name] ?? '').join(',').toLowerCase();
  const wave = annotations['argocd.argoproj.io/sync-wave'] ?? (/\w/.test(hooks) ? annotations['helm.sh/hook-weight'] : undefined);
  return {
    phase: /\b(pre-?sync|pre-(install|upgrade|rollback)|crd-install)\b/.test(hooks) ? -1 : /\b(post-?sync|post-(install|upgrade|rollback))\b/.test(hooks) ? 1 : 0,
    weight: Number(wave ?? 0) || 0,
    words: set.map(name => `${name}: ${annotations[name]}`).join(', ') || 'no hook, no sync wave',
  };
}
