import { createColors } from 'picocolors';
import { FORMATS } from '../../../src/cli/graph/formats';
import { graphOf } from '../../../src/cli/graph/graph';
import { manifestsOf } from '../../../src/cli/manifests/manifest';
import { podsOf } from '../../../src/cli/manifests/pods';
import { variants } from '../variants';

const labels = { app: 'db' };
const metadata = { name: 'db', namespace: 'shop', labels, annotations: { a: 'b' } };

/** What the start-up graph looks at. */
const MANIFESTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: labels,
      clusterIP: 'None',
      type: 'ClusterIP',
      ports: [{ port: 5432, targetPort: 5433, protocol: 'TCP' }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'alias' },
    spec: { type: 'ExternalName', externalName: 'db.shop' },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'shop' }, data: { key: 'value' } },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'db' } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: { matchLabels: labels, matchExpressions: [{}] }, policyTypes: ['Egress'], egress: [{}] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 'db',
      replicas: 2,
      ordinals: { start: 1 },
      podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels, annotations: { c: 'd' } },
        spec: {
          hostNetwork: false,
          dnsPolicy: 'Default',
          initContainers: [
            {
              name: 'proxy',
              image: 'a',
              restartPolicy: 'Always',
              ports: [{ containerPort: 1 }],
              startupProbe: { failureThreshold: 3, tcpSocket: { port: 1 } },
            },
            { name: 'wait', command: ['sh', '-c'], args: ['until nc -z db-1.db 1; nc -z localhost 2; do :; done'] },
            {
              name: 'ours',
              command: ['sh', '-c', '# cdk8s-init-containers wait'],
              env: [
                {
                  name: 'step_endpoints',
                  value: 'tcp://db:5432 of=_2,tcp:step_host_2:step_port_2 url:step_url_3 dns:alias',
                },
                { name: 'step_conditions', value: 'completed,,batch/v1,jobs,shop,Job,db met,Ready,a.b/v1,c,d,C,c' },
                { name: 'step_host_2', valueFrom: { configMapKeyRef: { name: 'config', key: 'kay' } } },
                { name: 'step_port_2', value: '5432' },
                { name: 'step_url_3', valueFrom: { secretKeyRef: { name: 'secret', key: 'key' } } },
                { name: 'step_timeout', value: '60' },
              ],
            },
          ],
          containers: [
            { name: 'db', ports: [{ name: 'sql', containerPort: 5433 }], readinessProbe: { httpGet: { port: 1 } } },
          ],
        },
      },
    },
  },
];

test.each([['x'], [[null]]])(
  'a graph is drawn where a manifest has %j in any of its places',
  other => {
    const broken = variants(MANIFESTS, other)
      .filter(each => Array.isArray(each))
      .map(each => each.map((one: unknown) => JSON.stringify(one)).join('\n---\n'));

    expect(broken.length).toBeGreaterThan(100);
    for (const text of broken) {
      const graph = graphOf(podsOf(manifestsOf('odd.json', text)));
      Object.values(FORMATS).forEach(format => format(graph, graph.findings, createColors(false)));
    }
  },
);

const pod = (name: string, spec: object) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec });
const waiting = (...command: string[]) => pod('web', { initContainers: [{ name: 'wait', command }], containers: [] });
const toldOf = (seconds: string) => ({
  name: 'ours',
  command: ['sh', '-c', '# cdk8s-init-containers wait'],
  env: [{ name: 'step_endpoints', value: 'tcp://db:5432' }, { name: 'step_timeout', value: seconds }],
});

test.each([
  ['wait-for-it is told', waiting('wait-for-it.sh', 'db:5432', '--timeout=-1')],
  ['wait-for is told', waiting('wait-for', 'db:5432', '-t', '-5')],
  ['a step of ours is told', pod('web', { initContainers: [toldOf('-1')], containers: [] })],
  ['a startup probe has', pod('web', {
    initContainers: [{ name: 'a', restartPolicy: 'Always', startupProbe: { failureThreshold: -3, tcpSocket: {} } }],
    containers: [],
  })],
])('a negative time, which %s, is not taken for one', (_, object) => {
  const { graph } = graphOf(podsOf(manifestsOf('odd.json', JSON.stringify(object))));

  expect(graph.order()).toMatchObject([{ workload: 'Pod/web', isBounded: false }]);
});

test('a Service may select a pod that has no list where its containers should be', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db' },
    spec: { clusterIP: 'None', selector: { app: 'db' }, ports: [{ port: 5432, targetPort: 'sql' }] },
  };
  const objects = [
    service, waiting('nc', '-z', 'db', '5432'),
    pod('db', { initContainers: { a: 1 }, containers: [null, { ports: { b: 2 } }, { ports: [null] }] }),
  ];
  const text = objects.map(each => JSON.stringify(each)).join('\n---\n');

  expect(graphOf(podsOf(manifestsOf('odd.json', text))).graph.edges()).toMatchObject([
    { workload: 'Pod/web', endpoint: 'tcp://db:5432', answeredBy: ['Pod/db'] },
  ]);
});
