import type { Cluster } from './cluster';
import { lastLine } from './last-line';
import type { Container, ContainerStatus, Ended, Pod } from './objects';
import { withoutArguments } from './start-errors';
import { ill, starting, withoutIds, type Trouble } from './trouble';

/** How long it may take until a container is ready before something is wrong, in milliseconds. */
const PATIENCE = 30_000;

const IMAGE_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** What the kubelet says of a container that waits for others, or that is being made. */
const NOT_BEGUN = new Set([undefined, '', 'PodInitializing', 'ContainerCreating']);

/** A container of a pod, and what the kubelet says of it. */
export interface Place {
  readonly pod: Pod;
  readonly container: Container;
  readonly status: ContainerStatus;
}

/** The init containers and the containers of a pod that the kubelet knows. */
export function placesOf(pod: Pod): { steps: Place[]; apps: Place[] } {
  const { initContainers = [], containers } = pod.spec;
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const statuses = new Map(
    [...initContainerStatuses, ...containerStatuses].map(each => [each.name, each]),
  );
  const place = (container: Container): Place[] => {
    const status = statuses.get(container.name);
    return status ? [{ pod, container, status }] : [];
  };
  return { steps: initContainers.flatMap(place), apps: containers.flatMap(place) };
}

/** Whether an init container runs beside those that come after it. The pod is not ready before it is. */
export function isSidecar({ container }: Place): boolean {
  return container.restartPolicy === 'Always';
}

/** Whether a container has run, or should have. */
export function hasBegun({ state, lastState }: ContainerStatus): boolean {
  if (state?.running || state?.terminated || lastState?.terminated) return true;
  return !NOT_BEGUN.has(state?.waiting?.reason);
}

/** What is wrong with a container; nothing while it runs or waits for those before it. */
export function troubleOf(place: Place, cluster: Cluster): Trouble | undefined {
  const { status, container: { name, image } } = place;
  const { reason = '', message } = status.state?.waiting ?? {};
  if (IMAGE_REASONS.has(reason)) {
    const why = whyNotPulled(place, cluster) ?? message;
    return ill('image', `image ${image} cannot be pulled`, [why]);
  }
  if (reason === 'ErrImageNeverPull') {
    return ill('image', `image ${image} is not on the node, and imagePullPolicy is Never`);
  }
  const end = lastEnd(status);
  if (end && end.exitCode !== 0) return badEnd(place, end, cluster);
  if (reason === 'CrashLoopBackOff' || (status.state?.terminated && endsAgain(place))) {
    return goodEnd(place, cluster);
  }
  if (NOT_BEGUN.has(reason)) return undefined;
  return ill('config', `container ${name} cannot be made: ${withoutArguments(message ?? reason)}`);
}

/** Why a container that runs is not ready. */
export function whyNotReady(place: Place, cluster: Cluster): Trouble {
  const { now } = cluster.snapshot;
  const { status, container: { name } } = place;
  const since = Date.parse(status.state?.running?.startedAt ?? '') || now;
  const probe = probeFailure(place, cluster);
  const log = said(place, cluster);
  if (now - since < PATIENCE) {
    const lastRun = endsAgain(place) ? goodEnd(place, cluster) : troubleOfLastRun(place, cluster);
    const how = status.state?.terminated ? 'has ended with exit code 0' : 'runs, and is not ready yet';
    return lastRun ?? starting(`container ${name} ${how}`, [probe, ...log]);
  }
  const text = probe ? `container ${name} is not ready: ${probe}` : `container ${name} runs, but is not ready`;
  return ill('probe', text, log);
}

/** How a container ended before it was started again; it runs now, but maybe not for long. */
export function troubleOfLastRun(place: Place, cluster: Cluster): Trouble | undefined {
  const end = place.status.lastState?.terminated;
  return end && end.exitCode !== 0 ? badEnd(place, end, cluster) : undefined;
}

/**
 * Whether a container was started again though it had ended well, and not only once. Of a sidecar that pauses
 * before its next start the kubelet tells the last end only; another container may have ended for good.
 */
function endsAgain(place: Place): boolean {
  const { state, lastState, restartCount = 0 } = place.status;
  const end = lastState?.terminated ?? (isSidecar(place) ? state?.terminated : undefined);
  return restartCount > 1 && end?.exitCode === 0;
}

/** How the last run of a container that does not run now ended. */
export function lastEnd({ state, lastState }: ContainerStatus): Ended | undefined {
  if (state?.running) return undefined;
  return state?.terminated ?? lastState?.terminated;
}

/** The last lines of its log. */
export function logged({ pod, container }: Place, cluster: Cluster): readonly string[] {
  const { namespace, name } = pod.metadata;
  return cluster.logOf({ namespace, pod: name, container: container.name });
}

/** The last line of its log, and its termination message unless that is the same. */
export function said(place: Place, cluster: Cluster): string[] {
  const { state, lastState } = place.status;
  const log = lastLine(logged(place, cluster));
  const end = state?.terminated ?? lastState?.terminated;
  const message = lastLine((end?.message ?? '').split('\n'));
  return [
    ...(log ? [`log: ${log}`] : []),
    ...(message && message !== log ? [`termination message: ${message}`] : []),
  ];
}

/** The end of a container that should go on. */
function goodEnd(place: Place, cluster: Cluster): Trouble {
  const text = `container ${place.container.name} ends again and again with exit code 0`;
  return ill('crash', text, said(place, cluster));
}

function badEnd(place: Place, end: Ended, cluster: Cluster): Trouble {
  const { exitCode, reason = '', message } = end;
  const { name, resources } = place.container;
  const details = said(place, cluster);
  if (reason === 'OOMKilled') {
    const limit = resources?.limits?.memory;
    const than = limit ? `its limit of ${limit}` : 'the node has';
    return ill('memory', `container ${name} was killed: it takes more memory than ${than}`, details);
  }
  if (reason === 'StartError' || reason === 'ContainerCannotRun') {
    return ill('config', `container ${name} cannot be started: ${withoutArguments(message ?? reason)}`);
  }
  const probe = probeFailure(place, cluster);
  if (/^(liveness|startup)/.test(probe)) {
    const text = `container ${name} is started again and again: ${probe}`;
    return ill('probe', text, details);
  }
  return ill('crash', `container ${name} ends with exit code ${exitCode}`, details);
}

/** `readiness probe failed: …`, or nothing. */
function probeFailure({ pod, container }: Place, cluster: Cluster): string {
  const place = `{${container.name}}`;
  const event = cluster.eventsOf(pod).find(({ reason, involvedObject: { fieldPath = place } }) =>
    reason === 'Unhealthy' && fieldPath.endsWith(place));
  const text = withoutIds(event?.message ?? '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The event of a pull says more than the state of the container does. */
function whyNotPulled({ pod, container }: Place, cluster: Cluster): string | undefined {
  const begin = `Failed to pull image "${container.image}": `;
  const event = cluster.eventsOf(pod).find(({ message }) => message?.startsWith(begin));
  return event?.message?.slice(begin.length);
}
