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

/** Whether a side of a rule, `from` or `to`, means a pod. */
function means({ namespaceSelector, podSelector }: any, pod: Pod): boolean {
  const namespace = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
  return namespace === pod.namespace && selects(podSelector, pod.labels);
}

interface Port {
  readonly protocol: string;
  readonly port: number;
}

/**
 * Whether one of the policies of a pod lets it talk to a peer, or a peer to it; a pod that no policy of
 * that direction selects may.
 */
function open(pod: Pod, direction: 'Ingress' | 'Egress', peer: Pod, { protocol, port }: Port): boolean {
  const [field, side] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  const selecting = policies.filter(({ policyTypes, podSelector }) =>
    pod.namespace === undefined && policyTypes.includes(direction) && selects(podSelector, pod.labels));
  if (selecting.length === 0) return true;
  return selecting.flatMap(policy => policy[field] ?? []).some((rule: any) =>
    rule.ports.some((each: any) => each.protocol === protocol && each.port === port)
    && rule[side].some((each: any) => means(each, peer)));
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
  const ports: Port[] = [
    { protocol: 'TCP', port: 53 },
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 6379 },
    { protocol: 'TCP', port: 443 },
  ];
  const isWay = (from: Pod, to: Pod, port: Port) =>
    open(from, 'Egress', to, port) && open(to, 'Ingress', from, port);
  const ways = names.flatMap(from => names.flatMap(to => ports.map(port => ({ from, to, port }))))
    .filter(({ from, to }) => ['login', 'sessions'].some(name => name === from || name === to))
    .filter(({ from, to, port }) => isWay(pods[from], pods[to], port))
    .map(({ from, to, port: { protocol, port } }) => `${from} -> ${to}: ${protocol} ${port}`);

  expect(ways).toEqual([
    'login -> sessions: TCP 6379',
    'login -> name servers: TCP 53',
    'login -> name servers: UDP 53',
  ]);
});

test('the port that an isolated pod opens is the one at which the Service finds it', () => {
  const { spec } = manifests.find(({ kind }) => kind === 'Service');

  expect(spec.ports).toEqual([{ port: 6379 }]);
  expect(selects({ matchLabels: spec.selector }, podOf('sessions').labels)).toBe(true);
});
