import { Testing, type Chart } from 'cdk8s';
import {
  awaitedBy, chartIn, ELSEWHERE, said, serviceIn, waitIn, webThatWaits, workloadIn, type Labels, type Shape,
} from './app';
import { Endpoint } from '../../src';

const db = Endpoint.tcp('db', 80);
const web = { app: 'web' };

test.each<[string, string, Labels, Shape]>([
  ['a Job', 'Job', { 'job-name': 'db' }, {}],
  ['a Job, by its newer label', 'Job', { 'batch.kubernetes.io/job-name': 'db' }, {}],
  ['one pod of a StatefulSet', 'StatefulSet', { 'statefulset.kubernetes.io/pod-name': 'db-0' }, {}],
  ['the first pod of a StatefulSet', 'StatefulSet', { 'app': 'db', 'apps.kubernetes.io/pod-index': '0' }, {}],
  ['a DeploymentConfig', 'DeploymentConfig', { deploymentconfig: 'db' }, {}],
  ['a Knative Service', 'Service', { 'serving.knative.dev/service': 'db' }, { apiVersion: 'serving.knative.dev/v1' }],
])('a Service may select %s by labels that its controller adds', (_, kind, selector, shape) => {
  const chart = chartIn('shop');
  workloadIn(chart, kind, 'db', shape);
  serviceIn(chart, 'db', selector);

  expect(awaitedBy(webThatWaits(chart, db))).toEqual(['shop/db']);
});

test.each<[string, string, Labels]>([
  ['another Job', 'Job', { 'job-name': 'migration' }],
  ['a Deployment as if it were a Job', 'Deployment', { 'job-name': 'db' }],
  ['a pod of another StatefulSet', 'StatefulSet', { 'statefulset.kubernetes.io/pod-name': 'queue-0' }],
  ['a Deployment as if it were a StatefulSet', 'Deployment', { 'statefulset.kubernetes.io/pod-name': 'db-0' }],
])('a Service does not select %s by labels that controllers add', (_, kind, selector) => {
  const chart = chartIn('shop');
  workloadIn(chart, kind, 'db');
  serviceIn(chart, 'db', selector);

  expect(awaitedBy(webThatWaits(chart, db))).toEqual(['db.shop (outside)']);
});

/** What is said of a workload that waits for its own Service. */
const OWN_SERVICE = "error [shop/web] waits in step 'wait' for tcp://web:80, a Service of its own pods, "
  + `which are not ready before the step has ended; remove the endpoint, ${ELSEWHERE}`;

/** A chart whose deployment waits for its own Service, beside another workload with the same labels. */
function besideIt(kind: string, shape: Shape): Chart {
  const chart = chartIn('shop');
  serviceIn(chart, 'web', web);
  webThatWaits(chart, Endpoint.tcp('web', 80));
  workloadIn(chart, kind, 'other', { labels: web, ...shape });
  return chart;
}

const hook = (hooks: string) => ({ annotations: { 'helm.sh/hook': hooks } });
const argoHook = (hooks: string) => ({ annotations: { 'argocd.argoproj.io/hook': hooks } });

test.each<[string, string, Shape]>([
  ['a test of Helm', 'Pod', hook('test')],
  ['a test of Helm 2', 'Pod', hook('test-success')],
  ['what Helm starts before and after it deletes', 'Deployment', hook('pre-delete, post-delete')],
  ['what Helm starts to roll back', 'Deployment', hook('pre-rollback,post-rollback')],
  ['what Argo CD skips', 'Pod', argoHook('Skip')],
  ['what Argo CD starts when a sync has failed', 'Pod', argoHook('SyncFail')],
  ['what Argo CD starts when it has deleted', 'Pod', argoHook('PostDelete')],
  ['a Job', 'Job', {}],
  ['a CronJob', 'CronJob', {}],
])('a workload that waits for its own Service is refused, although %s has the labels, too', (_, kind, shape) => {
  const chart = besideIt(kind, shape);

  expect(said(chart)).toEqual([OWN_SERVICE]);
  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});

test.each<[string, Shape]>([
  ['a Deployment', {}],
  ['a hook of each install', hook('post-install')],
  ['a hook that is a test, too', hook('post-install,test')],
  ['a hook of each sync', argoHook('Sync')],
])('a workload may wait for its own Service if the pods of %s answer there, too', (_, shape) => {
  expect(() => Testing.synth(besideIt('Deployment', shape))).not.toThrow();
});

test('a wait that only a workload without replicas can end is doubtful', () => {
  const chart = besideIt('Deployment', { spec: { replicas: 0 } });

  expect(said(chart)).toEqual([
    'warning [shop/web] starts only when shop/other is scaled up, because it has no replicas, '
    + 'and the others wait for each other: '
    + "shop/web waits for shop/web or shop/other in step 'wait' (tcp://web:80); "
    + 'give it at least one, unless something else scales it up before the wait ends',
  ]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('a circle of two that only a workload without replicas opens is doubtful', () => {
  const chart = chartIn('shop');
  for (const name of ['web', 'api']) serviceIn(chart, name, { app: name });
  webThatWaits(chart, Endpoint.tcp('api', 80));
  waitIn(workloadIn(chart, 'Deployment', 'api'), Endpoint.tcp('web', 80));
  workloadIn(chart, 'Deployment', 'spare', { labels: { app: 'api' }, spec: { replicas: 0 } });

  expect(said(chart)).toEqual([
    'warning [shop/web] starts only when shop/spare is scaled up, because it has no replicas, '
    + 'and the others wait for each other: '
    + "shop/web waits for shop/api or shop/spare in step 'wait' (tcp://api:80) "
    + "and shop/api waits for shop/web in step 'wait' (tcp://web:80); "
    + 'give it at least one, unless something else scales it up before the wait ends',
  ]);
});

test('a circle is refused whatever has no replicas elsewhere', () => {
  const chart = besideIt('Deployment', { spec: { replicas: 0 } });
  serviceIn(chart, 'queue', { app: 'queue' });
  const queue = workloadIn(chart, 'Deployment', 'queue');
  waitIn(queue, Endpoint.tcp('queue', 80));

  expect(said(chart).map(each => each.split(' waits')[0])).toEqual([
    'error [shop/queue]',
    expect.stringMatching(/^warning \[shop\/web\] starts only when shop\/other is scaled up/),
  ]);
});

test('a wait for a Service is a wait for its servers, not for the Jobs and tests that have their labels', () => {
  const chart = chartIn('shop');
  serviceIn(chart, 'db', { app: 'db' });
  workloadIn(chart, 'Deployment', 'db');
  workloadIn(chart, 'Job', 'migration', { labels: { app: 'db' } });
  workloadIn(chart, 'Pod', 'test', { labels: { app: 'db' }, ...hook('test') });

  expect(awaitedBy(webThatWaits(chart, db))).toEqual(['shop/db']);
  expect(said(chart)).toEqual([]);
});

test('a StatefulSet that waits for a Service of one of its pods is refused', () => {
  const chart = chartIn('shop');
  serviceIn(chart, 'first', { 'statefulset.kubernetes.io/pod-name': 'kafka-0' });
  waitIn(workloadIn(chart, 'StatefulSet', 'kafka', { spec: { replicas: 3 } }), Endpoint.tcp('first', 80));

  expect(() => Testing.synth(chart)).toThrow('tcp://first:80, a Service of its own pods');
});
