import { goldenManifests } from './golden';

const manifests = goldenManifests('isolated');
const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec);

interface Pod { readonly namespace?: string; readonly labels: { [name: string]: string } }

function podOf(deployment: string): Pod {
  const { spec } = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === deployment);
  return { labels: spec.template.metadata.labels };
}

function selects(selector: any, labels: { [name: string]: string }): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value);
}

/** Whether one of the policies of a pod lets it talk to a peer, or a peer to it; a pod that no policy of that direction selects may. */
function open(pod: Pod, direction: 'Ingress' | 'Egress', peer: Pod, protocol: string, port: number): boolean {
  const [field, side] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  const own = policies.filter(({ policyTypes, podSelector }) =>
    pod.namespace === undefined && policyTypes.includes(direction) && selects(podSelector, pod.labels));
  return own.length === 0 || own.flatMap(policy => policy[field] ?? []).some((rule: any) =>
    rule.ports.some((each: any) => each.protocol === protocol && each.port === port)
    && rule[side].some(({ namespaceSelector, podSelector }: any) => selects(podSelector, peer.labels)
      && (namespaceSelector ? namespaceSelector.matchLabels['kubernetes.io/metadata.name'] === peer.namespace : peer.namespace === undefined)));
}

test('an isolated pod reaches the name servers and the pods that it waits for, on both sides, and nothing else', () => {
  const pods: { [name: string]: Pod } = {
    'login': podOf('login'),
    'sessions': podOf('sessions'),
    'name servers': { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    'others': { namespace: 'kube-system', labels: { app: 'others' } },
    'impostors': { namespace: 'elsewhere', labels: { 'k8s-app': 'kube-dns' } },
  };
  const names = Object.keys(pods);
  const ports: [string, number][] = [['TCP', 53], ['UDP', 53], ['TCP', 6379], ['TCP', 443]];
  const ways = names.flatMap(from => names.flatMap(to => ports.map(([protocol, port]) => ({ from, to, protocol, port }))))
    .filter(({ from, to }) => ['login', 'sessions'].some(name => name === from || name === to))
    .filter(({ from, to, protocol, port }) => open(pods[from], 'Egress', pods[to], protocol, port) && open(pods[to], 'Ingress', pods[from], protocol, port))
    .map(({ from, to, protocol, port }) => `${from} -> ${to}: ${protocol} ${port}`);

  expect(ways).toEqual(['login -> sessions: TCP 6379', 'login -> name servers: TCP 53', 'login -> name servers: UDP 53']);
});

test('the port that is opened is the one at which the Service finds its pods', () => {
  const { spec } = manifests.find(({ kind }) => kind === 'Service');

  expect(spec.ports).toEqual([{ port: 6379 }]);
  expect(selects({ matchLabels: spec.selector }, podOf('sessions').labels)).toBe(true);
});
