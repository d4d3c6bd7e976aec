import { ApiObjectMetadata } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, serve, wait } from './app';
import { AppProtocol, Endpoint, StartupGraph } from '../../src';

/** The messages about a deployment whose pods have this metadata, and which waits for an endpoint. */
function findingsOf(podMetadata: ApiObjectMetadata, endpoint: Endpoint): string[] {
  const chart = chartIn('shop');
  wait(new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }], podMetadata }), 'db', endpoint);
  return StartupGraph.of(chart).findings().map(({ severity, message }) => `${severity}: ${message}`);
}

/** The messages about a deployment with this metadata, in a Namespace of the same app with these. */
function inNamespace(podMetadata: ApiObjectMetadata, metadata: ApiObjectMetadata): string[] {
  const chart = chartIn('shop');
  new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop', ...metadata } });
  wait(new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }], podMetadata }), 'db', database);
  return StartupGraph.of(chart).findings().map(({ severity, message }) => `${severity}: ${message}`);
}

const database = Endpoint.tcp('db.example.com', 5432);
const waits = "waits in step 'wait-for-db' for tcp://db.example.com:5432";

test.each<[string, ApiObjectMetadata]>([
  ['sidecar.istio.io/inject: true', { labels: { 'sidecar.istio.io/inject': 'true' } }],
  ['sidecar.istio.io/inject: true', { annotations: { 'sidecar.istio.io/inject': 'true' } }],
  ['istio.io/rev: stable', { labels: { 'istio.io/rev': 'stable' } }],
  ['istio.io/dataplane-mode: ambient', { labels: { 'istio.io/dataplane-mode': 'ambient' } }],
  ['linkerd.io/inject: enabled', { annotations: { 'linkerd.io/inject': 'enabled' } }],
])('with %s a wait for an open port is doubtful: %j', (asked, metadata) => {
  expect(findingsOf(metadata, database))
    .toEqual([`warning: ${waits}, but with ${asked} a proxy of a service mesh accepts connections in its place`]);
});

test.each<[string, ApiObjectMetadata, Endpoint]>([
  ['without a proxy', {}, database],
  ['of a pod that wants none', { annotations: { 'linkerd.io/inject': 'disabled' } }, database],
  ['for an answer in its protocol', { labels: { 'sidecar.istio.io/inject': 'true' } },
    Endpoint.tcp('db.example.com', 5432, { appProtocol: AppProtocol.POSTGRES })],
  ['over http', { labels: { 'sidecar.istio.io/inject': 'true' } }, Endpoint.http('https://db.example.com/')],
])('a wait %s is not', (_, metadata, endpoint) => {
  expect(findingsOf(metadata, endpoint)).toEqual([]);
});

test.each<[string, ApiObjectMetadata]>([
  ['istio-injection: enabled', { labels: { 'istio-injection': 'enabled' } }],
  ['istio.io/rev: stable', { labels: { 'istio.io/rev': 'stable' } }],
  ['istio.io/dataplane-mode: ambient', { labels: { 'istio.io/dataplane-mode': 'ambient' } }],
  ['linkerd.io/inject: enabled', { annotations: { 'linkerd.io/inject': 'enabled' } }],
])('with %s on the Namespace a wait for an open port is doubtful', (asked, metadata) => {
  expect(inNamespace({}, metadata)).toEqual([
    `warning: ${waits}, but with ${asked} on its Namespace a proxy of a service mesh accepts connections in its place`,
  ]);
});

const labels = { 'istio.io/rev': 'stable' };
const enabled = { annotations: { 'linkerd.io/inject': 'enabled' } };

test.each<[string, ApiObjectMetadata, ApiObjectMetadata]>([
  ['in a label beside a revision', { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } }, {}],
  ['in an annotation beside a revision', { labels, annotations: { 'sidecar.istio.io/inject': 'false' } }, {}],
  ['in a Namespace that asks', { labels: { 'sidecar.istio.io/inject': 'false' } },
    { labels: { 'istio-injection': 'enabled' } }],
  ['in a Namespace of Linkerd', { annotations: { 'linkerd.io/inject': 'disabled' } }, enabled],
  ['in an ambient Namespace', { labels: { 'istio.io/dataplane-mode': 'none' } },
    { labels: { 'istio.io/dataplane-mode': 'ambient' } }],
  ['because its Namespace does', {}, { labels: { 'istio-injection': 'disabled', 'istio.io/rev': 'stable' } }],
  ['in a Namespace of another name', {}, { name: 'other', ...enabled }],
])('a pod that refuses a proxy has none, %s', (_, podMetadata, metadata) => {
  expect(inNamespace(podMetadata, metadata)).toEqual([]);
});

test('what a Namespace asks for is said once of all its pods that wait for an open port', () => {
  const chart = chartIn('shop');
  new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } });
  for (const id of ['web', 'api', 'jobs']) wait(serve(chart, id).deployment, 'db', database);
  wait(new kplus.Deployment(chart, 'agent', { containers: [{ image: 'a' }], hostNetwork: true }), 'db', database);
  serve(chart, 'page');

  expect(StartupGraph.of(chart).findings().map(({ path, message }) => `${path} ${message}`)).toEqual([
    `shop/web ${waits}, but with istio-injection: enabled on its Namespace a proxy of a service mesh `
      + 'accepts connections in its place, as for shop/api and shop/jobs',
  ]);
});

test('a pod in the network of its node has no proxy, whatever asks for it', () => {
  const chart = chartIn('shop');
  const podMetadata = { labels: { 'sidecar.istio.io/inject': 'true' } };
  const containers = [{ image: 'a' }];
  wait(new kplus.Deployment(chart, 'agent', { containers, hostNetwork: true, podMetadata }), 'db', database);

  expect(StartupGraph.of(chart).findings()).toEqual([]);
});
