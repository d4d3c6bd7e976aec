import type { Edge } from './edge';
import type { StartupFinding } from './finding';
import { waitInWords } from './wording';
import type { Workload } from './workloads';

/** The labels and annotations by which a pod asks a service mesh for a proxy, and what they say then. */
const ASKS: readonly [name: string, value: RegExp][] = [
  ['sidecar.istio.io/inject', /^true$/i],
  ['istio.io/rev', /./],
  ['istio-injection', /^enabled$/],
  ['istio.io/dataplane-mode', /^ambient$/],
  ['linkerd.io/inject', /^(enabled|ingress)$/],
  ['kuma.io/sidecar-injection', /^(enabled|true)$/],
  ['consul.hashicorp.com/connect-inject', /^true$/],
];

/** Waits of a pod in a service mesh for an open port, which its proxy may open before the server is there. */
export function opensByProxy(from: Workload, edges: readonly Edge[]): StartupFinding[] {
  const edge = edges.find(({ address }) => address.startsWith('tcp://'));
  const asked = askedOf(from);
  if (!edge || asked === undefined) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, but with ${asked} a proxy of a service mesh accepts connections in its place`,
    remedy: 'ask the server itself, with appProtocol or over http; see "Service meshes" in docs/clusters.md',
  }];
}

function askedOf({ labels, podAnnotations }: Workload): string | undefined {
  const found = [labels, podAnnotations].flatMap(texts => Object.entries(texts)).find(([name, value]) =>
    ASKS.some(([asks, yes]) => asks === name && yes.test(value)));
  return found?.join(': ');
}
