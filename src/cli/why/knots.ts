import { isOver, ownerKey, type Cluster, type Owner } from './cluster';
import { guessedTargets } from './guessed-targets';
import type { Knot, Tie } from './knot';
import type { Pod, Workload } from './objects';
import { stateOf, type PodState, type StepState, type WaitsFor } from './pod-state';
import { Targets, type Foreign, type Target } from './targets';
import { ill, starting, type Trouble } from './trouble';
import { troubleOfFailedPod, troubleOfWorkload } from './workload-state';

/** How long a wait may go on for what is up, in milliseconds: a pause between two attempts. */
const PATIENCE = 10_000;

/** A wait for a Service with as many ready pods as it wants. */
const LACKS_ADDRESSES = /: \d+ of \d+ addresses/;

/** Ties the pods of a cluster that have not started to what each waits for. */
export class Knots {
  /** Namespaces that something waits for, and that were not read. */
  public readonly unreadNamespaces = new Map<string, Foreign>();
  private readonly byOwner = new Map<string, Knot[]>();

  public constructor(private readonly cluster: Cluster) {
    const { pods, workloads } = cluster.snapshot;
    const states = pods.flatMap(pod => stateOf(pod, cluster) ?? []);
    for (const state of states) this.add(state);
    for (const workload of workloads) this.addWithoutPods(workload);
    for (const pod of pods) this.addFailed(pod);
    for (const knot of this.all) this.tie(knot);
  }

  public get all(): Knot[] {
    return [...this.byOwner.values()].flat();
  }

  private of(owner: Owner): Knot[] {
    const key = ownerKey(owner);
    const known = this.byOwner.get(key);
    if (known) return known;
    const knots: Knot[] = [];
    this.byOwner.set(key, knots);
    return knots;
  }

  /** Puts a pod to those of its workload that have not started for the same reason. */
  private add(state: PodState): void {
    const owner = this.cluster.ownerOf(state.pod);
    const knots = this.of(owner);
    const same = knots.find(knot => knot.state && reasonOf(knot.state) === reasonOf(state));
    if (same) same.pods.push(state.pod);
    else knots.push({ owner, pods: [state.pod], state, trouble: state.trouble, ties: [] });
  }

  /** A workload that does not get the pods that it wants. */
  private addWithoutPods(workload: Workload): void {
    const { kind, metadata } = workload;
    if (kind === 'ReplicaSet' && metadata.ownerReferences?.length) return;
    const trouble = troubleOfWorkload(workload, this.cluster);
    const owner = this.cluster.ownerOf(workload);
    if (trouble) this.of(owner).push({ owner, pods: [], trouble, ties: [] });
  }

  /** A pod without a controller that has failed: nothing takes its place. */
  private addFailed(pod: Pod): void {
    const { metadata, status } = pod;
    if (
      status?.phase !== 'Failed'
      || metadata.ownerReferences?.length
      || metadata.deletionTimestamp
    ) {
      return;
    }
    const owner = this.cluster.ownerOf(pod);
    this.of(owner).push({
      owner,
      pods: [pod],
      trouble: troubleOfFailedPod(pod, this.cluster),
      ties: [],
    });
  }

  /** Ties a knot to what it waits for, or seems to. */
  private tie(knot: Knot): void {
    const { state } = knot;
    if (!state) return;
    const { waitsFor } = state;
    const guessed = waitsFor ? [] : this.guessed(state);
    const targets = waitsFor ? this.told(state, waitsFor) : guessed;
    for (const { unreadNamespace: foreign } of targets) {
      if (!foreign) continue;
      const known = this.unreadNamespaces.get(foreign.name);
      if (!known?.isSure) this.unreadNamespaces.set(foreign.name, foreign);
    }
    const isGuess = guessed.length > 0;
    const holding = this.whatHolds(targets, state);
    knot.ties.push(...holding.map(target => this.tieTo(target, isGuess)));
    if (waitsFor && holding.length === 0) knot.trouble = this.withoutTarget(state, waitsFor);
  }

  private told({ pod }: PodState, { addresses, objects }: WaitsFor): Target[] {
    const targets = new Targets(pod, this.cluster);
    return [...addresses.map(each => targets.at(each)), ...objects.map(each => targets.of(each))];
  }

  private guessed({ pod, step, trouble }: PodState): Target[] {
    return step && !trouble?.isIll ? guessedTargets(pod, step.name, this.cluster) : [];
  }

  /** Of what a step waits for, that which holds it up, and why. */
  private whatHolds(targets: readonly Target[], { step, waitsFor }: PodState): Target[] {
    const blocked = targets.filter(({ verdict }) => verdict === 'blocked');
    if (blocked.length > 0) return blocked;
    if (waitsFor?.fetches) return [];
    const said = step?.said.join('\n') ?? '';
    const partly = targets.filter(
      ({ verdict, waitsForPods }) => verdict === 'up' && waitsForPods.length > 0,
    );
    if (partly.length > 0 && LACKS_ADDRESSES.test(said)) return partly;
    const mentioned = targets.filter(({ shown }) => said.includes(`${shown}: `));
    const meant = mentioned.length > 0 ? mentioned : targets;
    return meant.map(target =>
      target.trouble ? target : { ...target, trouble: this.unmet(target, step) },
    );
  }

  /** A wait for something that the cluster takes to be up. */
  private unmet({ about, ready }: Target, step: StepState | undefined): Trouble {
    if (this.isNew(step)) return starting('the next attempt should find it up');
    const pods = ready === 1 ? '1 ready pod' : `${ready} ready pods`;
    const what =
      ready === undefined ? `${about} is as it should be` : `${about} has ${pods}`;
    return ill('unmet', `${what}, and is not what the step waits for`, step?.said);
  }

  /** A step that the cluster knows no reason for. */
  private withoutTarget(
    { step, container }: PodState,
    { addresses, fetches }: WaitsFor,
  ): Trouble {
    const from = addresses.map(({ shown }) => shown).join(', ');
    if (fetches && !step?.since) {
      return ill('step', `step ${container} does not get ${from}`, step?.said);
    }
    if (fetches) return starting(`step ${container} fetches ${from}`, step?.said);
    if (this.isNew(step)) return starting(`step ${container} has just begun`, step?.said);
    return ill(
      'step',
      `step ${container} waits for what its log alone can tell`,
      step?.said,
    );
  }

  private isNew(step: StepState | undefined): boolean {
    return this.cluster.snapshot.now - (Date.parse(step?.since ?? '') || 0) < PATIENCE;
  }

  private tieTo(
    { shown, about, ready, pods, trouble, ...target }: Target,
    isGuess: boolean,
  ): Tie {
    const owners = target.waitsForOwners.flatMap(owner => this.of(owner));
    const behind = target.waitsForPods
      .map(pod => this.cluster.ownerOf(pod))
      .flatMap(owner => this.of(owner))
      .filter(knot => knot.pods.some(pod => target.waitsForPods.includes(pod)));
    const knots = [...new Set([...owners, ...behind])];
    const why =
      trouble ?? (knots.length > 0 ? undefined : this.whyNobody(target.waitsForOwners));
    const known = isGuess && why ? { ...why, isIll: false } : why;
    return { shown, about, ready, pods, isGuess, trouble: known, behind: knots };
  }

  /** Something is not ready, and nothing says why. */
  private whyNobody([owner]: readonly Owner[]): Trouble {
    if (!owner) return starting('it will be ready soon');
    const pods = this.cluster.podsOwnedBy(owner).filter(pod => !isOver(pod));
    return starting(
      `${owner.kind} ${owner.name} ${pods.length > 0 ? 'is not there yet' : 'has no pods yet'}`,
    );
  }
}

/** What is the same for pods that have not started for the same reason. */
function reasonOf({ container, trouble, waitsFor }: PodState): string {
  const wanted = [...(waitsFor?.addresses ?? []), ...(waitsFor?.objects ?? [])].map(
    ({ shown }) => shown,
  );
  return JSON.stringify([container, trouble?.kind, trouble?.text, wanted]);
}
