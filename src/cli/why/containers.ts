import type { Cluster } from './cluster';
import { lastLine } from './last-line';
import type { Container, ContainerStatus, Ended, Event, Pod } from './objects';
import { ill, starting, type Trouble } from './trouble';

/** How long it may take until a container is ready before something is wrong, in milliseconds. */
const PATIENCE = 30_000;

const IMAGE_REASONS = new Set([
  'ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ImageInspectError', 'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** A container of a pod, and what the kubelet says of it. */
export interface Place {
  readonly pod: Pod;
  readonly container: Container;
  readonly status: ContainerStatus;
}

/** What is wrong with a container; nothing while it runs or waits for those before it. */
export function troubleOf(place: Place, cluster: Cluster): Trouble | undefined {
  const { status: { state }, container } = place;
  const { reason = '', message } = state?.waiting ?? {};
  if (IMAGE_REASONS.has(reason)) {
    return ill('image', `image ${container.image} cannot be pulled`, [whyNotPulled(place, cluster) ?? message]);
  }
  if (reason === 'ErrImageNeverPull') {
    return ill('image', `image ${container.image} is not on the node, and imagePullPolicy is Never`);
  }
  const end = lastEnd(place.status);
  if (end && end.exitCode !== 0) return badEnd(place, end, cluster);
  if (reason === 'CrashLoopBackOff') {
    const text = `container ${container.name} ends with exit code 0, and is started again and again`;
    return ill('crash', text, said(place, cluster));
  }
  if (reason === '' || reason === 'PodInitializing' || reason === 'ContainerCreating') return undefined;
  return ill('config', `container ${container.name} cannot be made: ${message ?? reason}`);
}

/** Why a container that runs is not ready. */
export function whyNotReady(place: Place, cluster: Cluster): Trouble {
  const { status, container: { name } } = place;
  const runsSince = Date.parse(status.state?.running?.startedAt ?? '') || cluster.snapshot.now;
  const isNew = cluster.snapshot.now - runsSince < PATIENCE;
  const probe = probeEvent(place, cluster);
  const failure = lowerFirst(probe?.message ?? '');
  const log = said(place, cluster);
  if (isNew) return starting(`container ${name} runs, and is not ready yet`, [failure, ...log]);
  if (probe) return ill('probe', `container ${name} is not ready: ${failure}`, log);
  return ill('probe', `container ${name} runs, but is not ready`, log);
}

/** How the last run of a container that does not run now ended. */
export function lastEnd({ state, lastState }: ContainerStatus): Ended | undefined {
  if (state?.running) return undefined;
  return state?.terminated ?? lastState?.terminated;
}

/** The last line of its log, and its termination message unless that is the same. */
export function said({ pod, container, status }: Place, cluster: Cluster): string[] {
  const { namespace, name } = pod.metadata;
  const log = lastLine(cluster.logOf({ namespace, pod: name, container: container.name }));
  const message = lastLine((lastEnd(status)?.message ?? '').split('\n'));
  const lines = [log && `log: ${log}`, message && message !== log ? `last words: ${message}` : undefined];
  return lines.filter(line => line !== undefined) as string[];
}

function badEnd(place: Place, { exitCode, reason = '', message }: Ended, cluster: Cluster): Trouble {
  const { container: { name, resources } } = place;
  if (reason === 'OOMKilled') {
    const limit = resources?.limits?.memory;
    const than = limit ? `its limit of ${limit}` : 'the node has';
    return ill('memory', `container ${name} was killed: it takes more memory than ${than}`, said(place, cluster));
  }
  if (reason === 'StartError' || reason === 'ContainerCannotRun') {
    return ill('config', `container ${name} cannot be started: ${message ?? reason}`);
  }
  const probe = probeEvent(place, cluster);
  if (probe && /^(Liveness|Startup)/.test(probe.message ?? '')) {
    const text = `container ${name} is started again and again: ${lowerFirst(probe.message!)}`;
    return ill('probe', text, said(place, cluster));
  }
  return ill('crash', `container ${name} ends with exit code ${exitCode}`, said(place, cluster));
}

function probeEvent({ pod, container }: Place, cluster: Cluster): Event | undefined {
  return cluster.eventsOf(pod).find(({ reason, involvedObject }) => reason === 'Unhealthy'
    && (involvedObject.fieldPath ?? `{${container.name}}`).endsWith(`{${container.name}}`));
}

/** The event of a pull says more than the state of the container does. */
function whyNotPulled({ pod, container }: Place, cluster: Cluster): string | undefined {
  const begin = `Failed to pull image "${container.image}": `;
  const event = cluster.eventsOf(pod).find(({ message }) => message?.startsWith(begin));
  return event?.message?.slice(begin.length);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
