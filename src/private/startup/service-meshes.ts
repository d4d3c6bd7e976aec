import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Namespaces } from './namespaces';
import type { Plan } from './plan';
import { listed, waitInWords } from './wording';
import type { Workload } from './workloads';
import { pageOf } from '../values/documentation';

/** A label or annotation, and what it says where it asks for a proxy, or refuses one. */
interface Mark {
  readonly name: string;
  readonly yes: RegExp;
  readonly no?: RegExp;
}

/** How a service mesh is asked for a proxy: what the pod says wins over what its Namespace says. */
interface Mesh {
  readonly ofPod: readonly Mark[];
  readonly ofNamespace: readonly Mark[];
}

const REVISION: Mark = { name: 'istio.io/rev', yes: /./ };
const AMBIENT: Mark = { name: 'istio.io/dataplane-mode', yes: /^ambient$/, no: /^none$/ };
const LINKERD: Mark = { name: 'linkerd.io/inject', yes: /^(enabled|ingress)$/, no: /^disabled$/ };
const KUMA: Mark = { name: 'kuma.io/sidecar-injection', yes: /^(enabled|true)$/, no: /^(disabled|false)$/ };

const MESHES: readonly Mesh[] = [
  {
    ofPod: [{ name: 'sidecar.istio.io/inject', yes: /^true$/i, no: /^false$/i }, REVISION],
    ofNamespace: [{ name: 'istio-injection', yes: /^enabled$/, no: /^disabled$/ }, REVISION],
  },
  { ofPod: [AMBIENT], ofNamespace: [AMBIENT] },
  { ofPod: [LINKERD], ofNamespace: [LINKERD] },
  { ofPod: [KUMA], ofNamespace: [KUMA] },
  { ofPod: [{ name: 'consul.hashicorp.com/connect-inject', yes: /^true$/ }], ofNamespace: [] },
];

/** What asks for the proxy of a pod. */
interface Asked {
  readonly mark: string;
  readonly byNamespace: boolean;
}

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
    remedy: `ask the server itself, with appProtocol or over http; see ${pageOf('clusters.md#service-meshes')}`,
  }));
}

/** Pods in the network of their node get no proxy. */
function askedOf(workload: Workload, namespaces: Namespaces): Asked | undefined {
  const { labels, podAnnotations, hostNetwork } = workload;
  if (hostNetwork) return undefined;
  const ofPod = [...Object.entries(labels), ...Object.entries(podAnnotations)];
  const ofNamespace = namespaces.marksOf(workload);
  for (const mesh of MESHES) {
    const byPod = said(mesh.ofPod, ofPod);
    const byNamespace = byPod ?? said(mesh.ofNamespace, ofNamespace);
    if (byPod?.asked) return { mark: byPod.asked, byNamespace: false };
    if (byNamespace?.asked) return { mark: byNamespace.asked, byNamespace: true };
  }
  return undefined;
}

/** What the marks of a mesh say, if they say something; a refusal wins. */
function said(
  marks: readonly Mark[],
  texts: readonly [string, string][],
): { readonly asked?: string } | undefined {
  const given = marks.flatMap(mark =>
    texts.filter(([name]) => name === mark.name).map(([name, value]) => ({ mark, value, text: `${name}: ${value}` })));
  if (given.some(({ mark: { no }, value }) => no?.test(value))) return {};
  const asking = given.find(({ mark: { yes }, value }) => yes.test(value));
  return asking && { asked: asking.text };
}
