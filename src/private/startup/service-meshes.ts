import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import { proxyAsked, type Asked } from './mesh-marks';
import type { Namespaces } from './namespaces';
import type { Plan } from './plan';
import { listed, waitInWords } from './wording';
import type { Workload } from './workloads';

/**
 * Waits of pods in a service mesh for an open port, which the proxy may open before the server is there. Where their
 * Namespace asks for the proxy, this is said once.
 */
export function opensByProxy(
  { endpoints, answers }: Plan,
  workloads: readonly Workload[],
): StartupFinding[] {
  const found = new Map<string, { readonly edge: EndpointEdge; readonly mark: string; readonly others: Workload[] }>();
  for (const from of workloads) {
    const edge = endpoints[from.index].find(({ address, sidecars }) => address.startsWith('tcp://') && !sidecars);
    const asked = edge && askedOf(from, answers.namespaces);
    if (!edge || !asked) continue;
    const { mark, byNamespace } = asked;
    const key = byNamespace ? `${from.namespace} ${mark}` : from.path;
    const first = found.get(key);
    if (first) first.others.push(from);
    else found.set(key, { edge, mark: byNamespace ? `${mark} on its Namespace` : mark, others: [] });
  }
  return [...found.values()].map(({ edge, mark, others }) => ({
    from: edge.from,
    others,
    message: `${waitInWords(edge)}, but with ${mark} a proxy of a service mesh accepts connections in its place`
      + (others.length === 0 ? '' : `, as for ${listed(others.map(({ path }) => path))}`),
    remedy: 'ask the server itself, with appProtocol or over http; see "Service meshes" in docs/clusters.md',
  }));
}

/** Pods in the network of their node get no proxy. */
function askedOf(workload: Workload, namespaces: Namespaces): Asked | undefined {
  const { labels, podAnnotations, hostNetwork } = workload;
  if (hostNetwork) return undefined;
  return proxyAsked([...Object.entries(labels), ...Object.entries(podAnnotations)], namespaces.marksOf(workload));
}
