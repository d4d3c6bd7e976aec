import { JsonPatch, Testing, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, ELSEWHERE, said, serviceIn, wait, waitIn, webThatWaits, workloadIn, type Shape } from './app';
import { Endpoint } from '../../src';

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
    + 'remove the endpoint, or let what answers there be a native sidecar '
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

test('a native sidecar behind the step does not answer it', () => {
  const chart = chartIn('shop');
  const web = webThatWaits(chart, Endpoint.tcp('localhost', 80));
  web.addJsonPatch(JsonPatch.add('/spec/template/spec/initContainers/-', sidecar));

  expect(said(chart)).toEqual([nothingAnswers('tcp://localhost:80')]);
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
