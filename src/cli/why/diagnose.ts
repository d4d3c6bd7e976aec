import { causesOf } from './causes';
import { cutCircles } from './circles';
import { Cluster, isOver, type Owner } from './cluster';
import type { Diagnosis, Findings, Held, Wait } from './diagnosis';
import { heldBy, nextOf, troubleKey, type Knot, type Tie } from './knot';
import { Knots } from './knots';
import type { KubernetesObject, Pod } from './objects';
import { logOf } from './pod-state';
import type { LogOf, Snapshot } from './snapshot';
import { oneLine } from './trouble';
import { containerOfFailure, lastFailed } from './workload-state';

/** Which pods are asked about. */
export interface Scope {
  /** Nothing for all. */
  readonly namespace?: string;
  /** The name of a pod or of a workload; nothing for all. */
  readonly name?: string;
  /** The kind of what has that name, in lower case: `deployment`; nothing for any. */
  readonly kind?: string;
}

/** Says why pods have not started, from what does not start down to what is ill. */
export function diagnose(snapshot: Snapshot, scope: Scope = {}): Findings {
  const cluster = new Cluster(snapshot);
  const knots = new Knots(cluster);
  const asked = knots.all.filter(knot => isAsked(knot, scope));
  cutCircles(asked);
  const all = new Set(asked.flatMap(knot => [...heldBy(knot)]));
  const notFirst = new Set([...all].flatMap(nextOf));
  const first = asked.filter(knot => !notFirst.has(knot));
  const notStarted = new Set(asked.flatMap(({ pods }) => pods));
  const started = snapshot.pods.filter(
    pod => !isOver(pod) && !notStarted.has(pod) && isAskedPod(pod, scope, cluster),
  );
  const tree = new Tree();
  return {
    diagnosis: withoutControls({
      pods: started.length + notStarted.size,
      notStarted: notStarted.size,
      causes: causesOf([...all]),
      tree: tree.of(scope.name === undefined ? first : asked),
      unread: snapshot.unread,
    }),
    logs: tree.shown.flatMap(knot => logsOf(knot, cluster)),
    namespaces: [...knots.unreadNamespaces.values()],
  };
}

/** All texts of a cluster may be written by others, its names too. */
function withoutControls(diagnosis: Diagnosis): Diagnosis {
  return JSON.parse(JSON.stringify(diagnosis), (_, value) =>
    typeof value === 'string' ? oneLine(value) : value);
}

/** Whether there is a pod or a workload of a name. */
export function isThere(snapshot: Snapshot, scope: Scope): boolean {
  const cluster = new Cluster(snapshot);
  return snapshot.workloads.some(each => isNamed(named(each), scope))
    || snapshot.pods.some(pod => isAskedPod(pod, scope, cluster));
}

function isAsked({ owner, pods }: Knot, scope: Scope): boolean {
  return [owner, ...pods.map(named)].some(each => isNamed(each, scope));
}

function isAskedPod(pod: Pod, scope: Scope, cluster: Cluster): boolean {
  return [named(pod), cluster.ownerOf(pod)].some(each => isNamed(each, scope));
}

function named({ kind, metadata: { namespace, name } }: KubernetesObject): Owner {
  return { kind, namespace, name };
}

/** Whether a pod or a workload is one of those that are asked about. */
function isNamed(object: Owner, { namespace, name, kind }: Scope): boolean {
  return (namespace === undefined || object.namespace === namespace)
    && (name === undefined || object.name === name)
    && (kind === undefined || object.kind.toLowerCase() === kind);
}

/** The log of one of its pods, which stands for all. */
function logsOf({ state, owner }: Knot, cluster: Cluster): LogOf[] {
  if (state) return logOf(state);
  const failed = lastFailed(owner, cluster);
  const container = failed && containerOfFailure(failed, cluster);
  const { namespace } = owner;
  return container ? [{ namespace, pod: failed.metadata.name, container }] : [];
}

/** Makes a tree of knots: those that are equal become one, and what was drawn is not drawn again. */
class Tree {
  /** Of each group the one that stands for it. */
  public readonly shown: Knot[] = [];
  private readonly drawn = new Set<Knot>();

  public of(knots: readonly Knot[]): Held[] {
    const groups = new Map<string, Knot[]>();
    for (const knot of knots) {
      const key = groupKey(knot);
      groups.set(key, [...(groups.get(key) ?? []), knot]);
    }
    return [...groups.values()].map(group => this.held(group));
  }

  private held(group: readonly Knot[]): Held {
    const [first] = group;
    const isAbove = group.every(knot => this.drawn.has(knot));
    group.forEach(knot => this.drawn.add(knot));
    this.shown.push(first);
    return {
      owners: group.map(({ owner }) => owner),
      pods: group.flatMap(knot => knot.pods.map(({ metadata }) => metadata.name)),
      since: group.flatMap(({ state }) => state?.since ?? []).sort()[0],
      step: first.state?.step,
      steps: [...new Set(group.flatMap(({ state }) => state?.step?.name ?? []))],
      trouble: first.trouble,
      waitsFor: isAbove ? [] : first.ties.map(tie => this.wait(tie)),
      isAbove,
    };
  }

  private wait({ shown, about, ready, pods, isGuess, trouble, behind }: Tie): Wait {
    return { shown, about, ready, pods, isGuess, trouble, behind: this.of(behind) };
  }
}

/** Knots of one key wait for the same, or have the same trouble. */
function groupKey(knot: Knot): string {
  const { owner, trouble, ties } = knot;
  const waits = ties.map(tie => [
    tie.about ?? tie.shown,
    tie.trouble && troubleKey(tie.trouble, knot),
  ]);
  return JSON.stringify([owner.namespace, trouble && troubleKey(trouble, knot), waits]);
}
