/** Labels and annotations. */
export type Marks = readonly (readonly [name: string, value: string])[];

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
export interface Asked {
  readonly mark: string;
  readonly byNamespace: boolean;
}

/** What asks a service mesh for the proxy of a pod, if something does. */
export function proxyAsked(ofPod: Marks, ofNamespace: Marks): Asked | undefined {
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
  texts: Marks,
): { readonly asked?: string } | undefined {
  const given = marks.flatMap(mark =>
    texts.filter(([name]) => name === mark.name).map(([name, value]) => ({ mark, value, text: `${name}: ${value}` })));
  if (given.some(({ mark: { no }, value }) => no?.test(value))) return {};
  const asking = given.find(({ mark: { yes }, value }) => yes.test(value));
  return asking && { asked: asking.text };
}
