import { ApiObject, Testing, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, serve, wait, waitIn, workloadIn } from './app';
import { Endpoint } from '../../src';

const db = Endpoint.tcp('db', 5432);

const isolated = (policy: string) =>
  `warning [shop/web] waits in step 'wait-for-db' for tcp://db:5432, but NetworkPolicy ${policy} `
  + 'lets its pods reach nothing, not even name servers; '
  + 'open both ways, with connections.allowTo or egress rules; '
  + 'see https://github.com/cdk8s-init-containers/cdk8s-init-containers/blob/main/docs/clusters.md#isolated-pods';

/** An isolated Deployment `shop/web`. */
function isolatedWeb(chart: Chart): kplus.Deployment {
  return serve(chart, 'web', { isolate: true }).deployment;
}

test('the graph warns of a wait in a pod that is isolated and has no way out', () => {
  const chart = chartIn('shop');
  wait(isolatedWeb(chart), 'db', db);

  expect(said(chart)).toEqual([isolated('shop/web/DefaultDenyAll')]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('a wait in an isolated pod with a way out is not doubtful', () => {
  const chart = chartIn('shop');
  const web = isolatedWeb(chart);
  wait(web, 'db', db);
  web.connections.allowTo(kplus.NetworkPolicyIpBlock.ipv4(chart, 'data', '10.0.0.0/8'));

  expect(said(chart)).toEqual([]);
});

test('an isolated pod that waits for nobody, or only for what others answer, is not doubtful', () => {
  const chart = chartIn('shop');
  const web = isolatedWeb(chart);
  expect(said(chart)).toEqual([]);

  wait(web, 'db', db.answeredByOthers());
  expect(said(chart)).toEqual([]);
});

const denied = { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] };
const opened = { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] };
const withExpressions = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };

/** What is said of `web`, which waits, beside policies as they stand in YAML. */
function saidBeside(specs: object[], podSpec: object = {}, more: object = {}): string[] {
  const chart = chartIn('shop');
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
  specs.forEach((spec, index) => new ApiObject(chart, `policy-${index}`, { ...policy, ...more, spec }));
  waitIn(workloadIn(chart, 'Deployment', 'web', { podSpec }), db);
  return said(chart);
}

test.each<[string, object[], number]>([
  ['denies its pods all', [denied], 1],
  ['denies all pods all', [{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }], 1],
  ['denies it and one that opens a way', [denied, opened], 0],
  ['denies it and one that may open a way', [denied, { ...opened, podSelector: withExpressions }], 0],
  ['may deny it', [{ ...denied, podSelector: withExpressions }], 0],
  ['denies it to other pods', [{ ...denied, podSelector: { matchLabels: { app: 'db' } } }], 0],
  ['is for ways in', [{ podSelector: {}, policyTypes: ['Ingress'] }, { podSelector: {} }], 0],
])('the graph knows whether a policy that %s leaves a way out: %j', (_, specs, count) => {
  expect(saidBeside(specs)).toHaveLength(count);
});

test('policies do not hold in the network of the node, in other namespaces, or alone beside those of others', () => {
  const withDns = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };
  expect(saidBeside([denied], withDns)).toEqual([]);
  expect(saidBeside([denied], {}, { metadata: { namespace: 'data' } })).toEqual([]);
  expect(saidBeside([denied], {}, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' })).toEqual([]);
});
