import type { Manifest } from '../manifests/manifest';
import type { Container, Manifests, Pod } from '../manifests/pods';

/** The Service that a host means for a pod, if it is among the manifests. */
export function serviceNamed(
  { all }: Manifests,
  pod: Pod,
  host: string,
): Manifest | undefined {
  const [name, namespace, third] = host.replace(/\.$/, '').split('.');
  if (third !== undefined && third !== 'svc') return undefined;
  return all.find(
    ({ object: { kind, metadata } }) =>
      kind === 'Service'
      && metadata?.name === name
      && isIn(metadata, namespace ?? pod.namespace),
  );
}

/** The pods behind a Service. */
export function podsBehind(
  { pods }: Manifests,
  { object: { metadata, spec } }: Manifest,
): Pod[] {
  const selector = Object.entries(spec?.selector ?? {});
  if (selector.length === 0) return [];
  return pods.filter(
    ({ namespace, labels }) =>
      isIn(metadata, namespace)
      && selector.every(([name, value]) => labels[name] === value),
  );
}

/** Whether nothing but the names of its pods leads to a Service: it has no address of its own. */
export function isHeadless({ object }: Manifest): boolean {
  return object.spec?.clusterIP === 'None';
}

/** Whether something of the pod, or of its node, may answer a container there: a native sidecar before it. */
export function isAnsweredInPod({ pod, name }: Container): boolean {
  const { initContainers, spec } = pod;
  const index = initContainers.findIndex(each => each.name === name);
  return Boolean(spec.hostNetwork) || initContainers.slice(0, index).some(({ isSidecar }) => isSidecar);
}

/** At these ports the sidecars of Istio and Linkerd answer. */
const MESH_PORTS = [15000, 15020, 15021, 15090, 4191];

const MESHES = ['sidecar.istio.io/inject', 'linkerd.io/inject'];

/** Whether a service mesh may put a native sidecar before the init containers, which answers at a port. */
export function mayMeshAnswer({ labels, annotations }: Pod, port: number | undefined): boolean {
  const isInjected = MESHES.some(name => Object.hasOwn(labels, name) || Object.hasOwn(annotations, name));
  return isInjected || (port !== undefined && MESH_PORTS.includes(port));
}

/** A manifest without a namespace is put into that of who applies it. */
function isIn(
  metadata: { readonly namespace?: string } | undefined,
  namespace: string | undefined,
): boolean {
  return (metadata?.namespace ?? undefined) === (namespace ?? undefined);
}
