import {
  toldBy,
  addressesIn,
  type Address,
  type Told,
  type WantedObject,
} from './addresses';
import { isOver, isReady, timeOf, type Cluster } from './cluster';
import {
  hasBegun,
  isSidecar,
  lastEnd,
  logged,
  placesOf,
  said,
  troubleOf,
  troubleOfLastRun,
  whyNotReady,
  type Place,
} from './containers';
import { conditionOf, type Ended, type Event, type Pod } from './objects';
import { reportOn } from './reports';
import type { LogOf } from './snapshot';
import { ill, starting, withoutIds, type Trouble } from './trouble';

/** A step of ours gave up at its deadline, and is started again. */
const GAVE_UP = 124;

/** A step of ours found that what it waits for can never be. */
const NEVER = 1;

/** How long a pod may be without a node, or without a container, before something is wrong, in milliseconds. */
const PATIENCE = 30_000;

/**
 * For how long an event counts, in milliseconds. The kubelet tries a mount again every 122 seconds, but of a pod that
 * has had 25 events it tells but one in 300 seconds.
 */
const FRESH = 422_000;

/** Why a pod has not started. */
export interface PodState {
  readonly pod: Pod;
  /** When it became what it is. */
  readonly since?: string;
  /** The container whose log tells more. */
  readonly container?: string;
  /** The init container that it is in. */
  readonly step?: StepState;
  /** What the step waits for, if it waits for others. */
  readonly waitsFor?: WaitsFor;
  /** What is wrong with itself, or takes its time. */
  readonly trouble?: Trouble;
}

export interface StepState {
  readonly name: string;
  readonly since?: string;
  readonly restarts: number;
  /** What it says: its log, and how its last run ended. */
  readonly said: readonly string[];
}

export interface WaitsFor {
  /** It fetches from there, which takes its time. */
  readonly fetches: boolean;
  readonly addresses: readonly Address[];
  readonly objects: readonly WantedObject[];
}

/** Why a pod has not started; nothing if it has, or if another one takes its place. */
export function stateOf(pod: Pod, cluster: Cluster): PodState | undefined {
  if (isOver(pod) || isReady(pod)) return undefined;
  const ready = conditionOf(pod.status?.conditions, 'Ready');
  const { startTime } = pod.status ?? {};
  const since = ready?.lastTransitionTime ?? startTime ?? pod.metadata.creationTimestamp;
  return { pod, since, ...whyNotStarted(pod, cluster) };
}

/** The log that tells why, if there is one. */
export function logOf({ pod: { metadata }, container }: PodState): LogOf[] {
  return container ? [{ namespace: metadata.namespace, pod: metadata.name, container }] : [];
}

function whyNotStarted(pod: Pod, cluster: Cluster): Partial<PodState> {
  const { steps, apps } = placesOf(pod);
  const current = steps.find(place => !isDone(place));
  if (current && hasBegun(current.status)) return inStep(current, cluster);
  if (!current) {
    const isUnready = ({ status }: Place) => status.ready !== true;
    const place = apps.find(isUnready) ?? steps.filter(isSidecar).find(isUnready);
    if (place && hasBegun(place.status)) return inContainer(place, cluster);
    if (apps.length > 0 && !place) {
      return { trouble: notByContainers(pod, cluster) };
    }
  }
  const trouble = [...steps, ...apps]
    .map(place => troubleOf(place, cluster))
    .find(each => each?.isIll);
  if (trouble) return { trouble };
  const isBetween = [...steps, ...apps].some(({ status }) => hasBegun(status));
  return {
    trouble: isBetween
      ? starting('its next container is being made')
      : whyNotCreated(pod, cluster),
  };
}

/** A pod that is in one of its init containers. */
function inStep(place: Place, cluster: Cluster): Partial<PodState> {
  const { container, status } = place;
  const step: StepState = {
    name: container.name,
    since: status.state?.running?.startedAt,
    restarts: status.restartCount ?? 0,
    said: said(place, cluster),
  };
  const common = { container: container.name, step };
  const told = toldTo(place, cluster);
  const waits = told !== undefined && isStillWaiting(told, lastEnd(status));
  const trouble = troubleOf(place, cluster);
  if (trouble && !(waits && trouble.kind === 'crash')) return { ...common, trouble };
  if (isSidecar(place)) return { ...common, trouble: whyNotReady(place, cluster) };
  const waitsFor = told && waitsOf(told, logged(place, cluster));
  if (waitsFor) return { ...common, waitsFor };
  const runs =
    troubleOfLastRun(place, cluster) ?? starting(`step ${container.name} runs`, step.said);
  return { ...common, trouble: trouble ?? runs };
}

/** What a step was told, and what it has said of it. */
function toldTo(place: Place, cluster: Cluster): Told | undefined {
  const told = toldBy(place.container);
  return (
    told && {
      ...told,
      objects: told.objects.map(each => ({ ...each, report: reportOn(each, place, cluster) })),
    }
  );
}

/** Whether a step waits, or will wait again, for what others must mend: a Job that has failed is its own cause. */
function isStillWaiting({ objects }: Told, end: Ended | undefined): boolean {
  if (end === undefined || end.exitCode === GAVE_UP) return true;
  return end.exitCode === NEVER && objects.some(({ report }) => /^failed\b/.test(report ?? ''));
}

function waitsOf(told: Told, log: readonly string[]): WaitsFor | undefined {
  const fromLog = told.unknown > 0 ? log.flatMap(addressesIn) : [];
  const known = [...told.addresses, ...fromLog];
  const addresses = known.filter(
    ({ shown }, index) => known.findIndex(each => each.shown === shown) === index,
  );
  if (addresses.length + told.objects.length + told.unknown === 0) return undefined;
  return { fetches: told.fetches, addresses, objects: told.objects };
}

function inContainer(place: Place, cluster: Cluster): Partial<PodState> {
  const trouble = troubleOf(place, cluster) ?? whyNotReady(place, cluster);
  return { container: place.container.name, trouble };
}

/** What keeps a pod from its first container. */
function whyNotCreated(pod: Pod, cluster: Cluster): Trouble {
  const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.status === 'False') {
    const why = scheduled.message?.replace(/[.,]? (no new claims to|preemption:) .*/s, '');
    return ill('pending', `no node takes it: ${why ?? scheduled.reason}`);
  }
  const since = Date.parse(pod.metadata.creationTimestamp ?? '') || cluster.snapshot.now;
  const isNew = cluster.snapshot.now - since < PATIENCE;
  if (!pod.spec.nodeName && !pod.status?.startTime) {
    return isNew
      ? starting('waits for a node')
      : ill('pending', 'no scheduler has given it a node');
  }
  const oldest = cluster.snapshot.now - FRESH;
  const isMounted = conditionOf(pod.status?.conditions, 'PodReadyToStartContainers')?.status === 'True';
  const isFresh = (event: Event) => !isMounted && timeOf(event) >= oldest;
  const fresh = cluster.eventsOf(pod).filter(isFresh);
  const over = cluster.eventsOf(pod).filter(event => !isFresh(event));
  return (
    whyNoSandbox(fresh)
    ?? starting('its containers are being made', [whyNoSandbox(over)?.text])
  );
}

/** What keeps the kubelet from making the containers, by its own words. */
function whyNoSandbox(events: readonly Event[]): Trouble | undefined {
  const mount =
    events.find(({ message }) => message?.startsWith('MountVolume.'))
    ?? events.find(
      ({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume',
    );
  if (mount) return ill('volume', withoutIds(mount.message ?? mount.reason!));
  const sandbox = events.find(({ reason }) => reason === 'FailedCreatePodSandBox');
  return sandbox && ill('node', withoutIds(sandbox.message ?? sandbox.reason!));
}

/** All containers are ready, and the pod is not. */
function notByContainers(pod: Pod, cluster: Cluster): Trouble {
  const { reason, message } = conditionOf(pod.status?.conditions, 'Ready') ?? {};
  if (reason === 'ReadinessGatesNotReady') {
    return ill('probe', `a readiness gate is not met: ${message}`);
  }
  const isLost = cluster.eventsOf(pod).some(event => event.reason === 'NodeNotReady');
  if (isLost) return ill('node', `node ${pod.spec.nodeName} is not ready`);
  return starting('its containers are ready, and it will be soon');
}

/** Whether the next container may start. */
function isDone(place: Place): boolean {
  const { state, started } = place.status;
  return isSidecar(place) ? started === true : state?.terminated?.exitCode === 0;
}
