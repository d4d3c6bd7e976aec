import type { Edge } from './edge';
import type { StartupFinding } from './finding';
import type { Namespaces } from './namespaces';
import { waitInWords } from './wording';
import type { Workload } from './workloads';

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

/** Waits of a pod in a service mesh for an open port, which its proxy may open before the server is there. */
export function opensByProxy(from: Workload, edges: readonly Edge[], namespaces: Namespaces): StartupFinding[] {
  const edge = edges.find(({ address }) => address.startsWith('tcp://'));
  const asked = edge && askedOf(from, namespaces);
  if (!edge || asked === undefined) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, but with ${asked} a proxy of a service mesh accepts connections in its place`,
    remedy: 'ask the server itself, with appProtocol or over http; see "Service meshes" in docs/clusters.md',
  }];
}

function askedOf(workload: Workload, namespaces: Namespaces): string | undefined {
  const { labels, podAnnotations } = workload;
  const ofPod = [...Object.entries(labels), ...Object.entries(podAnnotations)];
  const ofNamespace = namespaces.marksOf(workload);
  for (const mesh of MESHES) {
    const byPod = said(mesh.ofPod, ofPod);
    const byNamespace = byPod ?? said(mesh.ofNamespace, ofNamespace);
    if (byPod?.asked) return byPod.asked;
    if (byNamespace?.asked) return `${byNamespace.asked} on its Namespace`;
  }
  return undefined;
}

/** What the marks of a mesh say, if they say something; a refusal wins. */
function said(marks: readonly Mark[], texts: readonly [string, string][]): { readonly asked?: string } | undefined {
  const given = marks.flatMap(mark =>
    texts.filter(([name]) => name === mark.name).map(([name, value]) => ({ mark, value, text: `${name}: ${value}` })));
  if (given.some(({ mark: { no }, value }) => no?.test(value))) return {};
  const asking = given.find(({ mark: { yes }, value }) => yes.test(value));
  return asking && { asked: asking.text };
}
