import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Include, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { awaitedBy, chartIn, serve, serviceOf, wait } from './app';
import { Endpoint, InitDefaults, StartupGraph, WaitForService } from '../../src';
import { kinds, template, versions, type Make } from '../kinds';

/** Whom `shop/web` waits for at an endpoint, beside `data/db`, `shop/cache` and a headless `shop/queue`. */
function whom(endpoint: Endpoint, clusterDomain?: string): string[] {
  const app = Testing.app();
  InitDefaults.set(app, { clusterDomain });
  const [shop, data] = ['shop', 'data'].map(each => chartIn(each, app));
  const labels = { app: 'queue' };
  serve(data, 'db');
  serve(shop, 'cache');
  serve(shop, 'queue', { podMetadata: { labels } });
  new ApiObject(shop, 'peers', serviceOf('peers', { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] }));
  new ApiObject(shop, 'alias', serviceOf('alias', { type: 'ExternalName', externalName: 'db.data.svc.cluster.local' }));
  new ApiObject(shop, 'elsewhere', serviceOf('elsewhere', { type: 'ExternalName', externalName: 'db.example.com' }));
  new ApiObject(shop, 'loop', serviceOf('loop', { type: 'ExternalName', externalName: 'loop.shop.svc.cluster.local' }));
  new ApiObject(shop, 'service', serviceOf('manual', { ports: [{ port: 80 }] }));
  const { deployment } = serve(shop, 'web');
  wait(deployment, 'it', endpoint);
  return awaitedBy(deployment);
}

test.each<[string, string]>([
  ['cache', 'shop/cache'],
  ['CACHE', 'shop/cache'],
  ['cache.shop', 'shop/cache'],
  ['cache.shop.svc', 'shop/cache'],
  ['cache.shop.svc.cluster.local', 'shop/cache'],
  ['cache.shop.svc.cluster.local.', 'shop/cache'],
  ['db.data', 'data/db'],
  ['db.data.svc.cluster.local', 'data/db'],
  ['queue-0.peers', 'shop/queue'],
  ['queue-0.peers.shop', 'shop/queue'],
  ['queue-0.peers.shop.svc.cluster.local', 'shop/queue'],
  ['alias', 'data/db'],
  ['elsewhere', 'elsewhere (outside)'],
  ['loop', 'loop (outside)'],
  ['manual', 'manual.shop (outside)'],
  ['db', 'db (outside)'],
  ['cache.', 'cache. (outside)'],
  ['cache.shop.', 'cache.shop. (outside)'],
  ['cache.shop.svc.', 'cache.shop.svc. (outside)'],
  ['cache.svc', 'cache.svc (outside)'],
  ['cache.svc.cluster.local', 'cache.svc.cluster.local (outside)'],
  ['cache.shop.svc.corp.example', 'cache.shop.svc.corp.example (outside)'],
  ['queue-0.cache', 'queue-0.cache (outside)'],
  ['a.b.c.d', 'a.b.c.d (outside)'],
  ['10.0.0.1', '10.0.0.1 (outside)'],
  ['fd00::1', 'fd00::1 (outside)'],
  ['${Token[TOKEN.1]}', '${Token[TOKEN.1]} (outside)'],
])('from namespace shop, %s is %s', (host, workload) => {
  expect(whom(Endpoint.tcp(host, 80))).toEqual([workload]);
});

test.each<[string, Endpoint, string]>([
  ['a URL', Endpoint.http('http://db.data/ready'), 'data/db'],
  ['a URL with a port', Endpoint.http('http://db.data:80?x=y'), 'data/db'],
  ['a URL of an IPv6 address', Endpoint.http('http://[fd00::1]:80'), '[fd00::1] (outside)'],
  ['a URL that is a token', Endpoint.http('${Token[TOKEN.1]}'), '${Token[TOKEN.1]} (outside)'],
  ['a name', Endpoint.dns('db.data'), 'data/db'],
  ['a Service at which others answer', Endpoint.tcp('db.data', 80).answeredByOthers(), 'db.data (outside)'],
])('%s is resolved, too', (_, endpoint, workload) => {
  expect(whom(endpoint)).toEqual([workload]);
});

test('the domain of the cluster is that of the defaults', () => {
  const host = 'db.data.svc.k8s.corp.example';

  expect([whom(Endpoint.tcp(host, 80), 'k8s.corp.example'), whom(Endpoint.tcp(host, 80))]).toEqual([['data/db'], [`${host} (outside)`]]);
  expect([whom(Endpoint.tcp(host, 80), 'K8s.Corp.Example.'), whom(Endpoint.tcp('db.data.svc.cluster.local', 80), 'k8s.corp.example')])
    .toEqual([['data/db'], ['db.data.svc.cluster.local (outside)']]);
});

test('only the endpoint at which others answer is one of theirs, not the one that it was made of', () => {
  const endpoint = Endpoint.tcp('db.data', 80);

  expect([whom(endpoint.answeredByOthers()), whom(endpoint)]).toEqual([['db.data (outside)'], ['data/db']]);
});

test('a Service of another app is a name from outside', () => {
  const selector = { app: 'db' };
  const { deployment } = serve(chartIn('shop'), 'web', { podMetadata: { labels: selector } });
  const elsewhere = new ApiObject(chartIn('shop'), 'service', serviceOf('db', { selector, ports: [{ port: 80 }] }));
  wait(deployment, 'db', Endpoint.service(elsewhere));

  expect(awaitedBy(deployment)).toEqual(['db.shop (outside)']);
});

test('a Service is found by what JSON patches make of it', () => {
  const chart = chartIn('shop');
  const db = serve(chart, 'db');
  ApiObject.of(db.service).addJsonPatch(JsonPatch.replace('/metadata/name', 'database'), JsonPatch.replace('/spec/selector', { app: 'db' }));
  ApiObject.of(db.deployment).addJsonPatch(JsonPatch.replace('/spec/template/metadata/labels', { app: 'db' }));
  const { deployment } = serve(chart, 'web');
  wait(deployment, 'db', Endpoint.tcp('database', 80), Endpoint.tcp('db', 80));

  expect(awaitedBy(deployment)).toEqual(['shop/db', 'db (outside)']);
});

test.each<[string, () => kplus.AbstractPod | ApiObject]>([
  ['a Deployment', () => serve(chartIn('shop'), 'web').deployment],
  ['any other object', () => new ApiObject(chartIn('shop'), 'web', {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'app', image: 'x' }] } } },
  })],
])('%s waits in the namespace that a JSON patch gives it', (_, make) => {
  const workload = make();
  const other = chartIn('data', workload.node.root as App);
  serve(other, 'db');
  new WaitForService(workload, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });
  ApiObject.of(workload).addJsonPatch(JsonPatch.add('/metadata/namespace', 'data'));

  expect(StartupGraph.of(workload).toText()).toContain('after data/db');
});

test.each<[string, { [label: string]: string }, string | undefined, string]>([
  ['some labels of the pods', { app: 'db' }, 'shop', 'shop/db'],
  ['all labels of the pods', { app: 'db', tier: 'data' }, 'shop', 'shop/db'],
  ['more labels than the pods have', { app: 'db', tier: 'data', role: 'leader' }, 'shop', 'service.shop (outside)'],
  ['a label of another value', { app: 'db', tier: 'storage' }, 'shop', 'service.shop (outside)'],
  ['labels that different pods have', { app: 'db', tier: 'front' }, 'shop', 'service.shop (outside)'],
  ['the labels of pods in another namespace', { app: 'db' }, 'data', 'service.data (outside)'],
])('a Service selects %s', (_, selector, namespace, workload) => {
  const chart = chartIn('shop');
  new kplus.Deployment(chart, 'db', {
    containers: [{ image: 'postgres:17' }],
    podMetadata: { labels: { app: 'db', tier: Lazy.any({ produce: () => 'data' }) } },
  });
  const service = new ApiObject(chart, 'service', serviceOf('service', { selector, ports: [{ port: 80 }] }, namespace));
  const { deployment } = serve(chart, 'web', { podMetadata: { labels: { app: 'web', tier: 'front' } } });
  wait(deployment, 'db', Endpoint.service(service));

  expect(awaitedBy(deployment)).toEqual([workload]);
});

test.each(kinds)('%s is found behind a Service, and refused if it waits for itself', (_, make) => {
  const chart = chartIn('shop');
  const web = make(chart);
  if (ApiObject.of(web).kind === 'Pod') ApiObject.of(web).metadata.addLabel('app', 'web');
  const { kind, metadata, spec } = ApiObject.of(web).toJson();
  const { labels } = kind === 'Pod' ? metadata : (spec.jobTemplate?.spec ?? spec).template.metadata;
  const service = new ApiObject(chart, 'service', serviceOf('own', { selector: labels, ports: [{ port: 80 }] }, 'shop'));
  new WaitForService(web as kplus.Pod, 'wait', { endpoints: [Endpoint.service(service)] });

  expect(() => Testing.synth(chart)).toThrow(`[${web.node.path}] waits in step 'wait' for tcp://own:80, a Service of its own pods`);
});

const folder = mkdtempSync(join(tmpdir(), 'services-'));
afterAll(() => rmSync(folder, { recursive: true }));
function included(manifest: object): string {
  const file = join(folder, 'service.yaml');
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}

const manifest = serviceOf('db', { selector: template.metadata.labels, ports: [{ port: 80 }] }, 'shop');
const services: [string, Make][] = [
  ...versions.map(([version, { Service, Pods }]): [string, Make] => [`a Service of cdk8s-plus-${version}`, chart => new Service(chart, 'db', {
    metadata: { name: 'db' }, ports: [{ port: 80 }], selector: Pods.select(chart, 'pods', { labels: template.metadata.labels }),
  })]),
  ['a KubeService', chart => new kplus.k8s.KubeService(chart, 'db', { metadata: { name: 'db' }, spec: { selector: template.metadata.labels, ports: [{ port: 80 }] } })],
  ['an object', chart => new ApiObject(chart, 'db', manifest)],
  ['a Service of an Include', chart => new Include(chart, 'db', { url: included(manifest) }).apiObjects[0]],
];

test.each(services)('%s leads to the pods that it selects, by construct and by text', (_, make) => {
  const chart = chartIn('shop');
  const service = make(chart);
  new ApiObject(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template } });
  const { deployment } = serve(chart, 'web');
  wait(deployment, 'service', Endpoint.service(service));
  wait(deployment, 'text', Endpoint.tcp('db', 80));

  expect(StartupGraph.of(deployment).toMermaid()).toBe([
    'flowchart LR',
    '  subgraph c1["shop"]',
    '    w1["rollout<br>Rollout"]',
    '    w2["web<br>Deployment"]',
    '  end',
    '  w2 -->|"80, 11 min"| w1',
    '',
  ].join('\n'));
});

test('charts of one namespace that are meant for different clusters do not see each other', () => {
  const app = Testing.app();
  const [staging, production] = ['staging', 'production'].map(id => {
    const chart = new Chart(app, id, { namespace: 'shop', disableResourceNameHashes: true });
    new ApiObject(chart, 'service', serviceOf('db', { selector: { app: 'db' }, ports: [{ port: 80 }] }));
    new kplus.Deployment(chart, 'db', { containers: [{ image: 'postgres:17' }], podMetadata: { labels: { app: 'db' } } });
    const { deployment } = serve(chart, 'web');
    wait(deployment, 'db', Endpoint.tcp('db', 80));
    return deployment;
  });

  expect([awaitedBy(staging), awaitedBy(production)]).toEqual([['staging/db'], ['production/db']]);
});
