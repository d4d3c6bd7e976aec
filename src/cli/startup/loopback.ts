import { proxyAsked } from '../../private/startup/mesh-marks';
import { isLoopback } from '../../private/values/loopback';
import type { Container, Pod } from '../manifests/pods';
import { HARMLESS, type ShellCommand } from '../shell/command';
import { loopAround } from '../shell/context';
import { askedBy } from '../shell/waits';

/** Whether a command asks at localhost, and nothing that the manifests name answers there. */
export function isNobodyThere(container: Container, command: ShellCommand): boolean {
  const { host, kind } = askedBy(command) ?? {};
  return (
    host !== undefined
    && isLoopback(host)
    && kind !== 'name'
    && !isAnsweredInPod(container)
    && !mayStartServer(container, command)
  );
}

/** Whether something of the pod, or of its node, may answer a container there: a native sidecar before it. */
export function isAnsweredInPod({ pod, name }: Container): boolean {
  const { initContainers, spec } = pod;
  const index = initContainers.findIndex(each => each.name === name);
  return Boolean(spec.hostNetwork) || initContainers.slice(0, index).some(({ isSidecar }) => isSidecar);
}

/** Whether something before the wait, or in its loop, may be what answers. */
export function mayStartServer({ commands }: Container, command: ShellCommand): boolean {
  return commands.some(
    each =>
      (each.index < command.index || loopAround(each) === loopAround(command))
      && !HARMLESS.includes(each.name)
      && !askedBy(each),
  );
}

/** At these ports the sidecars of Istio and Linkerd answer. */
const MESH_PORTS = [15000, 15020, 15021, 15090, 4191];

/** Whether a service mesh may put a native sidecar before the init containers, which answers at a port. */
export function mayMeshAnswer({ labels, annotations }: Pod, port: number | undefined): boolean {
  const marks = Object.entries({ ...annotations, ...labels });
  return proxyAsked(marks, []) !== undefined || (port !== undefined && MESH_PORTS.includes(port));
}
