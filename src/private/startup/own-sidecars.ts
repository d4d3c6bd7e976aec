import type { Workload } from './workloads';
import { templateOf } from '../pod/pod-specs';
import type { Target } from '../step/target';
import { isLoopback } from '../values/loopback';

/** The native sidecars of a pod, as a step sees them that asks its own pod, by the names of their containers. */
export interface OwnSidecars {
  /** Those that start before the step, of which one may answer. */
  readonly before: readonly string[];
  /** The ports that these declare, if each declares some, and none the one that is asked. */
  readonly otherPorts: readonly number[];
  /** Those that start only when the step has ended. */
  readonly after: readonly string[];
}

/** Whether a target is the pod of the step itself, and not its node. */
export function isOwnPod(target: Target, from: Workload): boolean {
  if (target.answeredByOthers || target.port === undefined || from.hostNetwork) return false;
  return isLoopback(target.host);
}

/** The native sidecars around a step, unless the pod cannot be read yet. */
export function ownSidecars(
  manifest: any,
  { pod }: Workload,
  { step, port }: { readonly step: string; readonly port?: number },
): OwnSidecars | undefined {
  const initContainers: any[] | undefined = templateOf(manifest, pod.specPath)?.spec.initContainers;
  if (!initContainers) return undefined;
  const index = initContainers.findIndex(({ name }) => name === step);
  const namesOf = (list: any[]) => list.map(({ name }) => name as string);
  const before = initContainers.slice(0, index).filter(keepsRunning);
  const likely = before.filter(each => portsOf(each).includes(port));
  return {
    before: namesOf(likely.length > 0 ? likely : before),
    otherPorts: likely.length > 0 ? [] : portsOfAll(before),
    after: namesOf(initContainers.slice(index).filter(keepsRunning)),
  };
}

function keepsRunning({ restartPolicy }: any): boolean {
  return restartPolicy === 'Always';
}

/** The ports that a container declares, or is asked at. */
function portsOf(container: any): unknown[] {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const probes = [startupProbe, readinessProbe, livenessProbe];
  return [
    ...declaredBy(container),
    ...probes.flatMap(probe => [probe?.tcpSocket?.port, probe?.httpGet?.port]),
  ];
}

function declaredBy({ ports }: any): number[] {
  return (ports ?? []).map(({ containerPort }: any) => containerPort);
}

/** The ports that containers declare, if each declares some. */
function portsOfAll(containers: any[]): number[] {
  const declared = containers.map(declaredBy);
  return declared.some(ports => ports.length === 0) ? [] : declared.flat();
}
