import { Testing, type Chart } from 'cdk8s';
import { awaitedBy, chartIn, ELSEWHERE, said, serviceIn, waitIn, webThatWaits, workloadIn, type Shape } from './app';
import { Endpoint } from '../../src';

/** A chart with a workload `database` behind a headless Service `db-svc`, and a wait for a name below it. */
function waitingFor(host: string, kind: string, shape: Shape = {}): Chart {
  const chart = chartIn('shop');
  workloadIn(chart, kind, 'database', shape);
  serviceIn(chart, 'db-svc', { app: 'database' }, { clusterIP: 'None' });
  webThatWaits(chart, Endpoint.tcp(host, 5432));
  return chart;
}

const set = (spec: object = {}) => ({ spec: { serviceName: 'db-svc', replicas: 1, ...spec } });
const named = (hostname: string, subdomain = 'db-svc') => ({ podSpec: { hostname, subdomain } });
const inTier = { ...set(), labels: { tier: 'data' } };
const notNamed = (kind: string) => `the pods of shop/database, a ${kind}, have no names in Service db-svc`;

test.each<[string, string, Shape, string]>([
  ['db-0.db-svc', 'StatefulSet', set(), 'no pod of shop/database is called db-0: they are database-0'],
  ['database-3.db-svc', 'StatefulSet', set({ replicas: 3 }),
    'no pod of shop/database is called database-3: they are database-0 to database-2'],
  ['database-0.db-svc.shop', 'StatefulSet', set({ replicas: 2, ordinals: { start: 5 } }),
    'no pod of shop/database is called database-0: they are database-5 to database-6'],
  ['database.db-svc', 'StatefulSet', set({ replicas: undefined }),
    'no pod of shop/database is called database: they are database-0 and so on'],
  ['database-00.db-svc', 'StatefulSet', set(), 'no pod of shop/database is called database-00: they are database-0'],
  ['database-0.db-svc.shop.svc.cluster.local', 'StatefulSet', set({ serviceName: 'peers' }),
    'the pods of shop/database have names in Service peers only, its serviceName'],
  ['database-0.db-svc', 'StatefulSet', {},
    'the pods of shop/database have no names in Service db-svc: it has no serviceName'],
  ['database-0.db-svc', 'Deployment', {}, notNamed('Deployment')],
  ['database-0.db-svc', 'Deployment', named('database-0', 'peers'), notNamed('Deployment')],
  ['database-0.db-svc', 'Pod', named('first'), 'no pod of shop/database is called database-0: they are first'],
])('a wait for %s is refused beside a %s with %j', (host, kind, shape, why) => {
  const chart = waitingFor(host, kind, shape);
  const text = `waits in step 'wait' for tcp://${host}:5432, but ${why}; `
    + `correct the name, or wait for the Service itself, ${ELSEWHERE}`;

  expect(said(chart)).toEqual([`error [shop/web] ${text}`]);
  expect(() => Testing.synth(chart)).toThrow(`[shop/web] ${text}`);
});

test.each<[string, string, Shape]>([
  ['database-0.db-svc', 'StatefulSet', set()],
  ['database-2.db-svc.shop.svc.cluster.local.', 'StatefulSet', set({ replicas: 3 })],
  ['database-9.db-svc', 'StatefulSet', set({ replicas: undefined })],
  ['database-0.db-svc', 'StatefulSet', set({ replicas: 0 })],
  ['first.db-svc', 'Pod', named('first')],
  ['first.db-svc', 'Deployment', named('first')],
  ['database-0.db-svc', 'Job', { spec: { completionMode: 'Indexed' }, podSpec: { subdomain: 'db-svc' } }],
  ['database-7.db-svc', 'StatefulSet', { ...set(), apiVersion: 'apps.kruise.io/v1beta1' }],
  ['database-0.db-svc', 'Rollout', {}],
])('a wait for %s is taken beside a %s with %j', (host, kind, shape) => {
  const chart = waitingFor(host, kind, shape);

  expect(() => Testing.synth(chart)).not.toThrow();
});

test('a name below a Service of several workloads leads to the one that has a pod of that name', () => {
  const chart = chartIn('shop');
  serviceIn(chart, 'db-svc', { tier: 'data' }, { clusterIP: 'None' });
  for (const name of ['primary', 'replica']) workloadIn(chart, 'StatefulSet', name, inTier);
  const web = webThatWaits(chart, Endpoint.tcp('replica-0.db-svc', 80));

  expect(awaitedBy(web)).toEqual(['shop/replica']);
});

test('a name below a Service of which no workload has a pod is refused with the reason of each', () => {
  const chart = chartIn('shop');
  serviceIn(chart, 'db-svc', { tier: 'data' }, { clusterIP: 'None' });
  for (const name of ['primary', 'replica']) workloadIn(chart, 'StatefulSet', name, inTier);
  webThatWaits(chart, Endpoint.tcp('db-0.db-svc', 80));

  expect(said(chart)).toEqual([expect.stringContaining(
    'no pod of shop/primary is called db-0: they are primary-0 and '
    + 'no pod of shop/replica is called db-0: they are replica-0;',
  )]);
});

test('a Service of a pod that its StatefulSet does not have is refused', () => {
  const chart = chartIn('shop');
  workloadIn(chart, 'StatefulSet', 'kafka', { spec: { replicas: 3 } });
  serviceIn(chart, 'fourth', { 'statefulset.kubernetes.io/pod-name': 'kafka-3' });
  webThatWaits(chart, Endpoint.tcp('fourth', 80));

  expect(said(chart)).toEqual([
    expect.stringContaining('no pod of shop/kafka is called kafka-3: they are kafka-0 to kafka-2'),
  ]);
});

test('the pods of a StatefulSet may look up the first of them, whose name is one of its own', () => {
  const chart = chartIn('shop');
  serviceIn(chart, 'peers', { app: 'queue' }, { clusterIP: 'None', publishNotReadyAddresses: true });
  const queue = workloadIn(chart, 'StatefulSet', 'queue', { spec: { serviceName: 'peers', replicas: 3 } });
  waitIn(queue, Endpoint.dns('queue-0.peers'));

  expect(said(chart)).toEqual([]);
});

test('a label that only looks like one of a StatefulSet may be of any pod', () => {
  const chart = chartIn('shop');
  const labels = { 'statefulset.kubernetes.io/pod-name': 'kafka' };
  workloadIn(chart, 'Pod', 'kafka', { labels });
  serviceIn(chart, 'kafka', labels);
  const web = webThatWaits(chart, Endpoint.tcp('kafka', 80));

  expect(awaitedBy(web)).toEqual(['shop/kafka']);
  expect(said(chart)).toEqual([]);
});

test('the pods of a StatefulSet may wait for the first of another one, and not for their own', () => {
  const chart = waitingFor('database-0.db-svc', 'StatefulSet', set());
  waitIn(workloadIn(chart, 'StatefulSet', 'replica', set()), Endpoint.tcp('database-0.db-svc', 80));
  expect(said(chart)).toEqual([]);

  waitIn(chart.node.findChild('database') as any, Endpoint.tcp('database-0.db-svc', 80));
  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});
