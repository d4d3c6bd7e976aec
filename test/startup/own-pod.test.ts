import { JsonPatch, Testing, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, ELSEWHERE, said, serviceIn, wait, waitIn, webThatWaits, workloadIn, type Shape } from './app';
import { Endpoint, StartupGraph } from '../../src';

const inNodeNetwork = 'hostNetwork and dnsPolicy ClusterFirst';
const sidecar = { name: 'proxy', image: 'proxy:1.0', restartPolicy: 'Always' };

/** What is said of `shop/web` if it waits there. */
function saidOf(endpoint: Endpoint, podSpec: object = {}): string[] {
  const chart = chartIn('shop');
  waitIn(workloadIn(chart, 'Deployment', 'web', { podSpec }), endpoint);
  return said(chart);
}

function nothingAnswers(address: string): string {
  return `error [shop/web] waits in step 'wait' for ${address}, its own pod, `
    + 'in which nothing answers before the steps have ended; '
    + 'remove the endpoint, or let what answers there be a Sidecar '
    + `(an init container whose restartPolicy is Always) before the step, ${ELSEWHERE}`;
}

test.each([
  'localhost', 'LOCALHOST', 'localhost.', 'localhost.localdomain', 'app.localhost',
  '127.0.0.1', '127.1.2.3', '0.0.0.0',
])('a wait for %s is refused', host => {
  expect(saidOf(Endpoint.tcp(host, 80))).toEqual([nothingAnswers(`tcp://${host}:80`)]);
});

test.each(['::1', '0:0:0:0:0:0:0:1', '::', '::ffff:127.0.0.1'])('a wait for [%s] is refused', host => {
  expect(saidOf(Endpoint.tcp(host, 80))).toEqual([nothingAnswers(`tcp://[${host}]:80`)]);
  expect(saidOf(Endpoint.http(`http://[${host}]/`))).toEqual([nothingAnswers(`http://[${host}]/`)]);
});

test.each<[string, Endpoint, object]>([
  ['the name is looked up only', Endpoint.dns('localhost'), {}],
  ['another pod answers', Endpoint.tcp('128.0.0.1', 80), {}],
  ['another name only looks like it', Endpoint.tcp('localhost.example.com', 80), {}],
  ['the pod is in the network of its node', Endpoint.tcp('localhost', 80), { hostNetwork: true }],
  ['a native sidecar starts before', Endpoint.tcp('localhost', 80), { initContainers: [sidecar] }],
  ['others put a sidecar before it', Endpoint.tcp('localhost', 80).answeredByOthers(), {}],
])('a wait for its own pod is taken where %s', (_, endpoint, podSpec) => {
  expect(saidOf(endpoint, podSpec)).toEqual([]);
});

test.each<[string, object]>([
  ['an init container that ends', { initContainers: [{ name: 'init', image: 'x' }] }],
  ['a sidecar that starts with the app', { containers: [{ name: 'app', image: 'x' }, { name: 'proxy', image: 'x' }] }],
])('%s is no native sidecar', (_, podSpec) => {
  expect(saidOf(Endpoint.tcp('localhost', 80), podSpec)).toEqual([nothingAnswers('tcp://localhost:80')]);
});

test.each([[1, "sidecar 'proxy'", 'it'], [2, "sidecar 'proxy' or 'agent'", 'the one that answers']])(
  'a wait for its own pod is refused in front of %i native sidecars, which are named',
  (count, names, which) => {
    const chart = chartIn('shop');
    const web = webThatWaits(chart, Endpoint.tcp('localhost', 80));
    for (const each of [sidecar, { ...sidecar, name: 'agent' }].slice(0, count)) {
      web.addJsonPatch(JsonPatch.add('/spec/template/spec/initContainers/-', each));
    }

    expect(said(chart)).toEqual([
      "error [shop/web] waits in step 'wait' for tcp://localhost:80, its own pod, "
      + `where ${names} starts only when the step has ended; `
      + `create ${which} before the step, or remove the endpoint, ${ELSEWHERE}`,
    ]);
  },
);

/** What is worth knowing about `shop/web` if it waits for port 80 of its own pod, where these sidecars are. */
function notesOn(...initContainers: object[]): string[] {
  const chart = chartIn('shop');
  waitIn(workloadIn(chart, 'Deployment', 'web', { podSpec: { initContainers } }), Endpoint.tcp('localhost', 80));
  return StartupGraph.of(chart).notes().map(({ path, message, remedy }) => `[${path}] ${message}; ${remedy}`);
}

const ports = [{ containerPort: 5432 }, { containerPort: 9090 }];

test('a port that no sidecar declares, although each declares some, is worth knowing', () => {
  expect(notesOn({ ...sidecar, ports })).toEqual([
    "[shop/web/wait] waits for tcp://localhost:80, but sidecar 'proxy' declares only 5432 and 9090; "
    + 'if nothing listens there, correct the port of the endpoint',
  ]);
});

test.each<[string, object[]]>([
  ['one that declares none', [{ ...sidecar, ports }, { ...sidecar, name: 'agent' }]],
  ['one that declares it', [{ ...sidecar, ports: [...ports, { containerPort: 80 }] }]],
  ['one that is asked there by a probe', [{ ...sidecar, ports, startupProbe: { httpGet: { path: '/', port: 80 } } }]],
])('nothing is said of a port behind %s', (_, initContainers) => {
  expect(notesOn(...initContainers)).toEqual([]);
});

test('a pod in a service mesh may ask its own sidecar for an open port', () => {
  const chart = chartIn('shop');
  const pod = { podSpec: { initContainers: [sidecar] }, labels: { 'sidecar.istio.io/inject': 'true' } };
  waitIn(workloadIn(chart, 'Deployment', 'web', pod), Endpoint.tcp('localhost', 80));

  expect(said(chart)).toEqual([]);
});

test('a native sidecar of cdk8s-plus answers', () => {
  const chart = chartIn('shop');
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  web.addInitContainer({ name: 'proxy', image: 'proxy:1.0', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS });
  wait(web, 'proxy', Endpoint.tcp('localhost', 80));

  expect(said(chart)).toEqual([]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

/** What is said of `shop/web`, whose pods are of that shape, if it waits for a Service of the app. */
function saidOfAsker(shape: Shape): string[] {
  const chart = chartIn('shop');
  workloadIn(chart, 'Deployment', 'db');
  serviceIn(chart, 'db', { app: 'db' });
  waitIn(workloadIn(chart, 'Deployment', 'web', shape), Endpoint.tcp('db', 80), Endpoint.tcp('db.shop', 80));
  return said(chart);
}

test.each<[object, string, string]>([
  [{ hostNetwork: true }, inNodeNetwork, 'ClusterFirstWithHostNet'],
  [{ hostNetwork: true, dnsPolicy: 'ClusterFirst' }, inNodeNetwork, 'ClusterFirstWithHostNet'],
  [{ hostNetwork: true, dnsPolicy: 'Default' }, 'hostNetwork and dnsPolicy Default', 'ClusterFirstWithHostNet'],
  [{ dnsPolicy: 'Default' }, 'dnsPolicy Default', 'ClusterFirst'],
])('the graph warns of pods with %j that ask their node for a Service', (podSpec, why, policy) => {
  expect(saidOfAsker({ podSpec })).toEqual([
    `warning [shop/web] waits in step 'wait' for tcp://db:80, but with ${why} its pods `
    + 'ask the name servers of their node, which do not know Services; '
    + `give it dnsPolicy ${policy}`,
  ]);
});

test.each<object>([
  {},
  { dnsPolicy: 'ClusterFirst' },
  { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
  { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } },
])('pods with %j ask for a Service where it is known', podSpec => {
  expect(saidOfAsker({ podSpec })).toEqual([]);
});

test('pods that ask their node may wait for names from outside', () => {
  const chart = chartIn('shop');
  const web = workloadIn(chart, 'Deployment', 'web', { podSpec: { hostNetwork: true } });
  waitIn(web, Endpoint.tcp('db.example.com', 80));

  expect(said(chart)).toEqual([]);
});

test.each<[string, kplus.DeploymentProps, string[]]>([
  ['asks its node', { hostNetwork: true }, [expect.stringContaining('give it dnsPolicy ClusterFirstWithHostNet')]],
  ['asks its cluster', { hostNetwork: true, dns: { policy: kplus.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET } }, []],
])('a Deployment of cdk8s-plus in the network of its node %s', (_, props, texts) => {
  const chart = chartIn('shop');
  workloadIn(chart, 'Deployment', 'db');
  const db: ApiObject = serviceIn(chart, 'db', { app: 'db' });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }], ...props });
  wait(web, 'db', Endpoint.service(db));

  expect(said(chart)).toEqual(texts);
});
