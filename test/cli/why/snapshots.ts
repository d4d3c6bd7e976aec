import { createColors } from 'picocolors';
import { diagnose, type Scope } from '../../../src/cli/why/diagnose';
import type { Diagnosis } from '../../../src/cli/why/diagnosis';
import { draw } from '../../../src/cli/why/draw';
import type {
  Container, ContainerState, EndpointSlice, Event, Labels, Pod, Service, Workload,
} from '../../../src/cli/why/objects';
import { logKey, type Snapshot } from '../../../src/cli/why/snapshot';

/** When the snapshots of the tests were taken. */
export const NOW = Date.parse('2026-11-26T02:30:00Z');

/** A time so many minutes before. */
export function minutesAgo(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

/** Objects of a namespace, which a test puts together. */
export interface Parts {
  readonly pods?: readonly Pod[];
  readonly services?: readonly Service[];
  readonly slices?: readonly EndpointSlice[];
  readonly workloads?: readonly Workload[];
  readonly events?: readonly Event[];
  /** By pod and container: `web/wait-for-db`. */
  readonly logs?: { readonly [place: string]: string };
  readonly namespaces?: readonly string[];
  readonly unread?: Snapshot['unread'];
}

export function snapshotOf(parts: Parts): Snapshot {
  const logs = Object.entries(parts.logs ?? {}).map(([place, text]): [string, string[]] => {
    const [name, container] = place.split('/');
    return [logKey({ namespace: 'shop', pod: name, container }), text.split('\n')];
  });
  return {
    now: NOW,
    namespaces: parts.namespaces ?? ['shop'],
    pods: parts.pods ?? [],
    services: parts.services ?? [],
    endpointSlices: parts.slices ?? [],
    workloads: parts.workloads ?? [],
    events: parts.events ?? [],
    logs: new Map(logs),
    unread: parts.unread ?? [],
  };
}

export function diagnosisOf(parts: Parts, scope: Scope = { namespace: 'shop' }): Diagnosis {
  return diagnose(snapshotOf(parts), scope).diagnosis;
}

/** What somebody reads, line by line. */
export function linesOf(parts: Parts, scope: Scope = { namespace: 'shop' }): string[] {
  const drawing = { colors: createColors(false), now: NOW, withNamespaces: false };
  return draw(diagnosisOf(parts, scope), drawing).trimEnd().split('\n');
}

/** A pod of a Deployment, labelled `app: <name>`, or of another workload. */
interface PodParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly step?: Container;
  readonly stepState?: ContainerState;
  readonly lastStepState?: ContainerState;
  readonly restarts?: number;
  readonly image?: string;
  readonly memory?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly ready?: boolean;
  readonly node?: string;
  readonly status?: Pod['status'];
}

/** @param ofWhat a Deployment, as `web`, or with its kind: `StatefulSet db`; a `Pod` has none */
export function pod(ofWhat: string, parts: PodParts = {}): Pod {
  const { namespace = 'shop', step, ready: isReady = false, image = 'app:1', memory } = parts;
  const [name, kind = 'Deployment'] = ofWhat.split(' ').reverse();
  const owner = kind === 'Deployment' ? { kind: 'ReplicaSet', name: `${name}-5d9c` } : { kind, name };
  const isSet = kind === 'StatefulSet' || kind === 'Pod';
  return {
    kind: 'Pod',
    metadata: {
      name: parts.name ?? (isSet ? `${name}-0` : `${name}-5d9c-x1`),
      namespace,
      creationTimestamp: minutesAgo(12),
      labels: { 'app': name, 'pod-template-hash': '5d9c', ...parts.labels },
      ownerReferences: kind === 'Pod' ? undefined : [{ ...owner, controller: true }],
    },
    spec: {
      nodeName: parts.node ?? 'node-1',
      initContainers: step && [step],
      containers: [{ name: 'main', image, resources: memory ? { limits: { memory } } : undefined }],
    },
    status: parts.status ?? {
      phase: 'Pending',
      startTime: minutesAgo(12),
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: minutesAgo(12) }],
      initContainerStatuses: step && [{
        name: step.name,
        restartCount: parts.restarts ?? 0,
        state: parts.stepState ?? { running: { startedAt: minutesAgo(1) } },
        lastState: parts.lastStepState,
      }],
      containerStatuses: [{
        name: 'main',
        ready: isReady,
        restartCount: step ? 0 : parts.restarts ?? 0,
        state: parts.state ?? (step ? { waiting: { reason: 'PodInitializing' } } : running()),
        lastState: parts.lastState,
      }],
    },
  };
}

/** A step of ours that waits for endpoints. */
export function wait(name: string, ...endpoints: string[]): Container {
  return {
    name,
    env: [{ name: 'step_endpoints', value: endpoints.join(' ') }, { name: 'step_timeout', value: '660' }],
  };
}

/** A pod of a Deployment that waits for endpoints. */
export function waiting(ofWhat: string, ...endpoints: string[]): Pod {
  return pod(ofWhat, { step: wait(`wait-in-${ofWhat.split(' ').pop()}`, ...endpoints) });
}

export function service(name: string, port: number, spec: Partial<Service['spec']> = {}, namespace = 'shop'): Service {
  return {
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: '10.0.0.1', selector: { app: name }, ports: [{ port }], ...spec },
  };
}

/** The ready addresses of a Service. */
export function ready(serviceName: string, ...pods: string[]): EndpointSlice {
  return {
    kind: 'EndpointSlice',
    metadata: { name: `${serviceName}-1`, namespace: 'shop', labels: { 'kubernetes.io/service-name': serviceName } },
    endpoints: pods.map(name => ({ conditions: { ready: true }, targetRef: { kind: 'Pod', name } })),
    ports: [{ name: '', port: 8080 }],
  };
}

export function workload(kind: string, name: string, parts: Partial<Workload> = {}): Workload {
  return {
    kind,
    metadata: { name, namespace: 'shop' },
    spec: { replicas: 1, template: { metadata: { labels: { app: name } } } },
    ...parts,
  };
}

/** A warning about a pod, or about another object: `ReplicaSet web-5d9c`. */
export function warning(about: string, reason: string, message: string, container?: string): Event {
  const [name, kind = 'Pod'] = about.split(' ').reverse();
  return {
    kind: 'Event',
    metadata: { name: `${name}.1`, namespace: 'shop', creationTimestamp: minutesAgo(1) },
    involvedObject: { kind, name, namespace: 'shop', fieldPath: container && `spec.containers{${container}}` },
    reason,
    message,
  };
}

/** A container that runs for five minutes. */
function running(): ContainerState {
  return { running: { startedAt: minutesAgo(5) } };
}

/** A container whose image is not there. */
export function imageMissing(): ContainerState {
  return { waiting: { reason: 'ImagePullBackOff', message: 'manifest unknown' } };
}
