import { ApiObjectMetadata } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, wait } from './app';
import { AppProtocol, Endpoint, StartupGraph } from '../../src';

/** The messages about a deployment whose pods have this metadata, and which waits for an endpoint. */
function findingsOf(podMetadata: ApiObjectMetadata, endpoint: Endpoint): string[] {
  const chart = chartIn('shop');
  wait(new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }], podMetadata }), 'db', endpoint);
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
