import { App, Testing, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  chartIn, ELSEWHERE, said, selecting, serviceIn, webThatWaits, workloadIn, type Labels,
} from './app';
import { Endpoint } from '../../src';

/** What is said of a label in a selector that no pod has, beside one that a pod has. */
function nearMiss(missing: string, meant: string): string {
  return "warning [shop/web] waits in step 'wait-for-db' for tcp://db:80, "
    + 'but Service shop/service selects no pod of this app: '
    + `no pod has the label ${missing}. Did you mean ${meant}, which shop/db has?; `
    + `correct the selector of the Service or the labels of the pods, ${ELSEWHERE}`;
}

test.each<[string, Labels, Labels, string, string]>([
  ['two letters that are exchanged', { app: 'postgers' }, { app: 'postgres' }, 'app=postgers', 'app=postgres'],
  ['a letter that is changed', { app: 'postgrws' }, { app: 'postgres' }, 'app=postgrws', 'app=postgres'],
  ['a letter too few', { app: 'postgrs' }, { app: 'postgres' }, 'app=postgrs', 'app=postgres'],
  ['a letter too many',
    { app: 'db', tier: 'storages' }, { app: 'db', tier: 'storage' }, 'tier=storages', 'tier=storage'],
  ['another case', { app: 'DB' }, { app: 'db' }, 'app=DB', 'app=db'],
  ['a label of another name',
    { 'app.kubernetes.io/name': 'db' }, { app: 'db' }, 'app.kubernetes.io/name=db', 'app=db'],
])('the graph warns of %s in a selector, and the synthesis takes it', (_, selector, labels, missing, meant) => {
  const chart = selecting(selector, labels);

  expect(said(chart)).toEqual([nearMiss(missing, meant)]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test.each<[string, Labels, Labels]>([
  ['nobody has', { app: 'database' }, { app: 'postgres' }],
  ['are added at run time', { app: 'db', role: 'leader' }, { app: 'db' }],
  ['begin with another letter', { app: 'db', role: 'leader' }, { app: 'db', role: 'reader' }],
  ['differ in two letters', { app: 'db', region: 'us-east' }, { app: 'db', region: 'us-west' }],
  ['an operator gives to its pods', { 'cnpg.io/cluster': 'orders' }, { 'app.kubernetes.io/name': 'orders' }],
  ['a controller gives to its pods', { 'pod-template-hash': 'postgres' }, { app: 'postgres' }],
  ['mean something else', { app: 'shop', tier: 'cache' }, { app: 'shop', tier: 'storage' }],
  ['are numbered', { app: 'redis-1' }, { app: 'redis-2' }],
  ['are lettered', { app: 'shop-a' }, { app: 'shop-b' }],
  ['are short', { app: 'cart' }, { app: 'card' }],
])('labels of a selector that %s are no typing errors', (_, selector, labels) => {
  expect(said(selecting(selector, labels))).toEqual([]);
});

test.each<[string, () => Chart]>([
  ['pods that others make',
    () => selecting({ app: 'postgers' }, { app: 'postgres' }, Endpoint.tcp('db', 80).answeredByOthers())],
  ['labels each of which another workload has', () => {
    const chart = selecting({ app: 'postgers', tier: 'cache' }, { app: 'postgres', tier: 'storage' });
    workloadIn(chart, 'Deployment', 'cache', { labels: { app: 'redis', tier: 'cache' } });
    return chart;
  }],
  ['labels that only pods of another namespace nearly have', () => {
    const chart = selecting({ app: 'postgers' }, { app: 'cache' });
    workloadIn(chartIn('data', App.of(chart) as App), 'Deployment', 'db', { labels: { app: 'postgres' } });
    return chart;
  }],
  ['labels that only a controller gives to the pods of others', () => {
    const chart = selecting({ app: 'migration' }, { app: 'postgres' });
    workloadIn(chart, 'Job', 'migration', { labels: { tier: 'data' } });
    return chart;
  }],
  ['labels that only a test of Helm nearly has', () => {
    const chart = selecting({ app: 'postgers' }, { app: 'cache' });
    workloadIn(chart, 'Pod', 'test', { labels: { app: 'postgres' }, annotations: { 'helm.sh/hook': 'test' } });
    return chart;
  }],
  ['labels that are no text', () => {
    const chart = chartIn('shop');
    workloadIn(chart, 'Deployment', 'db', { labels: { app: 17 as any } });
    serviceIn(chart, 'db', { app: 18 as any });
    webThatWaits(chart, Endpoint.tcp('db', 80));
    return chart;
  }],
  ['labels that only the one who waits nearly has', () => {
    const chart = chartIn('shop');
    webThatWaits(chart, Endpoint.tcp('cluster', 80));
    serviceIn(chart, 'cluster', { cluster: 'web' });
    return chart;
  }],
])('a selector of %s has no typing errors', (_, make) => {
  expect(said(make())).toEqual([]);
});

/** What is said of a name that is none, and may be meant for another one. */
function mistaken(address: string, host: string, meant: string, path: string): string {
  return `warning [shop/web] waits in step 'wait' for ${address}, but no Service of this app is called ${host}. `
    + `Did you mean ${meant}, which is Service ${path}?; `
    + `correct the name, or give the Service itself to Endpoint.service, ${ELSEWHERE}`;
}

/** A chart `shop` that waits, beside a Service `postgres` there and `storage` in the namespace `data`. */
function waitingIn(namespace: string | undefined, ...endpoints: Endpoint[]): Chart {
  const chart = chartIn(namespace);
  serviceIn(chart, 'postgres', { app: 'postgres' });
  serviceIn(chart, 'peers', { app: 'postgres' }, { clusterIP: 'None' });
  serviceIn(chart, 'dbs', { app: 'postgres' });
  new kplus.Deployment(chart, 'yelb-appserver', { containers: [{ image: 'x', portNumber: 80 }] }).exposeViaService();
  new kplus.Service(chart, 'cache', { ports: [{ port: 80 }] });
  const data = chartIn('data', App.of(chart) as App);
  serviceIn(data, 'storage', { app: 'storage' });
  serviceIn(data, 'queue', { app: 'queue' }, { clusterIP: 'None' });
  webThatWaits(chart, ...endpoints);
  return chart;
}

test.each<[string, string, string, string]>([
  ['a slip of the finger', 'postgress', 'postgres', 'shop/postgres-service'],
  ['a slip before its namespace', 'postgers.shop', 'postgres', 'shop/postgres-service'],
  ['a slip in the whole name', 'postgers.shop.svc.cluster.local', 'postgres', 'shop/postgres-service'],
  ['a slip in its namespace', 'storage.dta', 'storage.data', 'data/storage-service'],
  ['a Service of another namespace', 'storage', 'storage.data', 'data/storage-service'],
  ['a pod of a headless Service of another namespace', 'queue-0.queue', 'queue-0.queue.data', 'data/queue-service'],
  ['the id of a workload with a Service', 'yelb-appserver',
    'shop-yelb-appserver-service-c8befdd9', 'shop/yelb-appserver/Service'],
  ['a letter too few at the end', 'peer', 'peers', 'shop/peers-service'],
  ['the same of a pod of a headless Service', 'peers-0.peer', 'peers-0.peers', 'shop/peers-service'],
  ['a letter too many at the end', 'peerss', 'peers', 'shop/peers-service'],
  ['without svc', 'postgres.shop.cluster.local', 'postgres', 'shop/postgres-service'],
  ['without its namespace', 'postgres.svc.cluster.local', 'postgres', 'shop/postgres-service'],
  ['without the end of its domain', 'postgres.shop.svc.cluster', 'postgres', 'shop/postgres-service'],
  ['a slip in svc', 'postgres.shop.scv', 'postgres', 'shop/postgres-service'],
  ['a slip in the domain', 'postgres.shop.svc.cluster.locl', 'postgres', 'shop/postgres-service'],
  ['a slip in the domain of another namespace', 'storage.data.svc.clster.local', 'storage.data',
    'data/storage-service'],
  ['a slip behind a pod', 'queue-0.queue.data.cluster.local.', 'queue-0.queue.data', 'data/queue-service'],
  ['the id of a Service', 'cache', 'shop-cache-c87f5dd9', 'shop/cache'],
])('the graph warns of a name that is %s', (_, host, meant, path) => {
  const chart = waitingIn('shop', Endpoint.tcp(host, 80));

  expect(said(chart)).toEqual([mistaken(`tcp://${host}:80`, host, meant, path)]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('the graph warns of a Service of another namespace where the program does not name its own', () => {
  expect(said(waitingIn(undefined, Endpoint.tcp('storage', 80))))
    .toEqual([mistaken('tcp://storage:80', 'storage', 'storage.data', 'data/storage-service')]);
});

test('two who ask for one name from different namespaces may mean different Services', () => {
  const chart = waitingIn('shop', Endpoint.tcp('storages', 80));
  const data = chartIn('data-too', App.of(chart) as App);
  serviceIn(data, 'storage', { app: 'storage' });
  webThatWaits(data, Endpoint.tcp('storages', 80));

  expect(said(chart)).toEqual([
    mistaken('tcp://storages:80', 'storages', 'storage', 'data-too/storage-service')
      .replace('[shop/web]', '[data-too/web]'),
  ]);
});

test.each<[string, Endpoint]>([
  ['names of other servers', Endpoint.tcp('database', 80)],
  ['names outside the cluster', Endpoint.http('http://postgress.example.com/')],
  ['the same name in a domain of its own', Endpoint.tcp('postgres.shop.com', 80)],
  ['the same name in a domain of two parts', Endpoint.tcp('postgres.shop.example.com', 80)],
  ['a name in the domain of another cluster', Endpoint.tcp('postgres.shop.svc.other.example', 80)],
  ['short names', Endpoint.tcp('cash', 80)],
  ['very short names', Endpoint.tcp('db', 80)],
  ['names that end in a counter', Endpoint.tcp('peers2', 80)],
  ['another one of several that are numbered', Endpoint.tcp('postgres-2', 80)],
  ['namespaces of other programs', Endpoint.tcp('postgres.billing', 80)],
  ['a pod of a Service that is not headless', Endpoint.tcp('storage-0.storage', 80)],
  ['IP addresses', Endpoint.tcp('10.0.0.1', 80)],
  ['endpoints at which others answer', Endpoint.tcp('postgress', 80).answeredByOthers()],
  ['a Service of another app',
    Endpoint.service(serviceIn(chartIn('shop'), 'postgress', { app: 'postgres' }))],
])('%s are no typing errors', (_, endpoint) => {
  expect(said(waitingIn('shop', endpoint))).toEqual([]);
});

test('a Service whose name the program leaves without a namespace is not taken for one that lives elsewhere', () => {
  const chart = chartIn(undefined);
  serviceIn(chart, 'storage', { app: 'storage' });
  webThatWaits(chartIn('data', App.of(chart) as App), Endpoint.tcp('storage', 80));

  expect(said(chart)).toEqual([]);
});
