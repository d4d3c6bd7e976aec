import { ApiObject, Chart, Testing, type App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Endpoint } from '../src';

const ports = [{ name: 'metrics', containerPort: 9100 }, { name: 'http', containerPort: 8080 }];
const app = { name: 'app', image: 'my-app:1.0' };

/** A pod template whose pods have the label `app=db`. */
function template(podSpec: object) {
  return { metadata: { labels: { app: 'db' } }, spec: podSpec };
}

function deployment(chart: Chart, podSpec: object, id = 'db'): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: template(podSpec) } });
}

/** Where a headless Service is tried whose target port is called `http`, beside what `make` makes. */
function triedBeside(make: (chart: Chart) => unknown, selector: object = { app: 'db' }): string {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  make(chart);
  const service = new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db' },
    spec: { clusterIP: 'None', selector, ports: [{ port: 80, targetPort: 'http' }] },
  });
  return Endpoint.service(service).description;
}

test.each<[string, (chart: Chart) => Construct]>([
  ['a Deployment as it stands in YAML',
    chart => deployment(chart, { containers: [app, { ...app, name: 'db', ports }] })],
  ['a native sidecar', chart => deployment(chart, {
    initContainers: [{ ...app, name: 'proxy', restartPolicy: 'Always', ports }], containers: [app],
  })],
  ['a Deployment of cdk8s-plus', chart => new kplus.Deployment(chart, 'db', {
    podMetadata: { labels: { app: 'db' } },
    containers: [{ image: 'my-app:1.0', ports: [{ name: 'http', number: 8080 }] }],
  })],
  ['a custom resource', chart => new ApiObject(chart, 'db', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    spec: { template: template({ containers: [{ ...app, ports }] }) },
  })],
])('a headless Service that names the port of its pods is tried on the number in %s', (_, make) => {
  expect(triedBeside(make)).toBe('tcp://db.shop:8080');
});

test('a headless Service may select its pods by a label that their controller adds', () => {
  const set = (chart: Chart) => new ApiObject(chart, 'db', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { template: template({ containers: [{ ...app, ports }] }) },
  });

  expect(triedBeside(set, { 'statefulset.kubernetes.io/pod-name': 'db-0' })).toBe('tcp://db.shop:8080');
});

test('pods that agree on the number of a port may be of several workloads', () => {
  expect(triedBeside(chart => {
    for (const id of ['blue', 'green']) deployment(chart, { containers: [{ ...app, ports }] }, id);
  })).toBe('tcp://db.shop:8080');
});

const appOfDb = { app: 'db' };
const withPorts = { containers: [{ ...app, ports }] };

test.each<[string, object, (chart: Chart) => unknown]>([
  ['an init container, which has ended by then', appOfDb, chart => deployment(chart, {
    initContainers: [{ ...app, name: 'init', ports }], containers: [app],
  })],
  ['pods of another label', { app: 'web' }, chart => deployment(chart, withPorts)],
  ['any pod, if it selects none', {}, chart => deployment(chart, withPorts)],
  ['pods of another namespace', appOfDb, chart => deployment(
    new Chart(chart.node.root as App, 'data', { namespace: 'data' }), withPorts,
  )],
  ['a Deployment that has no container yet', appOfDb, chart => new kplus.Deployment(chart, 'db', {
    podMetadata: { labels: { app: 'db' } },
  })],
])('a headless Service does not read the number of its port from %s', (_, selector, make) => {
  expect(() => triedBeside(make, selector)).toThrow('no container behind it has a port of that name yet');
});
