import { causesOf } from './causes';
import { cutCircles } from './circles';
import { Cluster, isOver } from './cluster';
import type { Findings, Held, Wait } from './diagnosis';
import { heldBy, nextOf, troubleKey, type Knot, type Tie } from './knot';
import { Knots } from './knots';
import type { Pod, Workload } from './objects';
import { logOf } from './pod-state';
import type { LogOf, Snapshot } from './snapshot';
import { containerOfFailure, lastFailed } from './workload-state';

/** Which pods are asked about. */
export interface Scope {
  /** Nothing for all. */
  readonly namespace?: string;
  /** The name of a pod or of a workload; nothing for all. */
  readonly name?: string;
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
    diagnosis: {
      pods: started.length + notStarted.size,
      notStarted: notStarted.size,
      causes: causesOf([...all]),
      tree: tree.of(scope.name === undefined ? first : asked),
      unread: snapshot.unread,
    },
    logs: tree.shown.flatMap(knot => logsOf(knot, cluster)),
    namespaces: [...knots.unreadNamespaces.values()],
  };
}

/** Whether there is a pod or a workload of a name. */
export function isThere(snapshot: Snapshot, scope: Scope): boolean {
  const { namespace, name } = scope;
  const cluster = new Cluster(snapshot);
  const isAskedWorkload = ({ metadata }: Workload) => metadata.name === name
    && (namespace === undefined || metadata.namespace === namespace);
  return snapshot.workloads.some(isAskedWorkload)
    || snapshot.pods.some(pod => isAskedPod(pod, scope, cluster));
}

function isAsked({ owner, pods }: Knot, { namespace, name }: Scope): boolean {
  if (namespace !== undefined && owner.namespace !== namespace) return false;
  const names = [owner.name, ...pods.map(({ metadata }) => metadata.name)];
  return name === undefined || names.includes(name);
}

function isAskedPod(pod: Pod, { namespace, name }: Scope, cluster: Cluster): boolean {
  if (namespace !== undefined && pod.metadata.namespace !== namespace) return false;
  const names = [pod.metadata.name, cluster.ownerOf(pod).name];
  return name === undefined || names.includes(name);
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
