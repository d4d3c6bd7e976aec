import { ApiObject, Cron, JsonPatch, Testing, type App, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { annotate, annotationsIn, app, containers, shop, wave, type Annotations } from './annotated';
import { chartIn, workloadIn, type Shape } from './app';
import { Condition, DeployOrder, StartupGraph, WaitForCondition } from '../../src';

test('a claim comes with the first workload that mounts it, which may be what binds it', () => {
  const chart = chartIn('shop');
  app(chart, 'db');
  const claim = new kplus.PersistentVolumeClaim(chart, 'claim', { metadata: { name: 'files' } });
  for (const [id, awaited] of Object.entries({ second: ['db'], third: ['second'] })) {
    const volume = kplus.Volume.fromPersistentVolumeClaim(chart, `${id}-volume`, claim);
    app(chart, id, awaited).containers[0].mount('/files', volume);
  }

  expect(annotate(chart)).toEqual({
    'Deployment second': wave(1), 'Deployment third': wave(2), 'PersistentVolumeClaim files': wave(1),
  });
});

test('a CronJob, whose pods start at another time, does not bind a claim', () => {
  const chart = chartIn('shop');
  app(chart, 'db');
  const claim = new kplus.PersistentVolumeClaim(chart, 'claim', { metadata: { name: 'files' } });
  const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim);
  app(chart, 'web', ['db']).containers[0].mount('/files', volume);
  const backup = new kplus.CronJob(chart, 'backup', { containers, schedule: Cron.daily() });
  backup.containers[0].mount('/files', volume);

  expect(annotate(chart)).toEqual({ 'Deployment web': wave(1), 'PersistentVolumeClaim files': wave(1) });
});

test('an autoscaler comes with what it scales', () => {
  const chart = shop();
  const target = ApiObject.of(chart.node.findChild('web'));
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: target.name };
  new ApiObject(chart, 'scaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef },
  });
  new ApiObject(chart, 'scaled', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: { name: target.name }, triggers: [] },
  });

  expect(annotate(chart)).toEqual({
    'Deployment api': wave(1),
    'Deployment web': wave(2),
    'HorizontalPodAutoscaler web': wave(2),
    'ScaledObject web': wave(2),
  });
});

test('what pods need comes no later than they, also where the program puts them early', () => {
  const chart = chartIn('shop');
  const settings = new kplus.ConfigMap(chart, 'settings', { metadata: { name: 'settings' }, data: { a: 'b' } });
  const account = new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'db' } });
  const db = new kplus.Deployment(chart, 'db', {
    containers, serviceAccount: account, metadata: { name: 'db', annotations: wave(-2) },
  });
  db.containers[0].env.copyFrom(kplus.Env.fromConfigMap(settings));

  expect(annotate(chart)).toEqual({
    'ConfigMap settings': wave(-2), 'ServiceAccount db': wave(-2), 'Deployment db': wave(-2),
  });
});

test('what pods need and the program applies after them is refused', () => {
  const chart = chartIn('shop');
  const settings = new kplus.ConfigMap(chart, 'settings', { metadata: { annotations: wave(3) }, data: { a: 'b' } });
  app(chart, 'db').containers[0].env.copyFrom(kplus.Env.fromConfigMap(settings));

  expect(() => annotate(chart)).toThrow(new Error(
    'StartupGraph: finds another order: shop/db needs ConfigMap shop/settings, which is applied in wave 3, '
      + 'after shop/db (wave 0) is up; give it no later wave [shop/db]',
  ));
});

const volumes = [{ name: 'files', persistentVolumeClaim: { claimName: 'files' } }];

/** A claim `files` of a chart. */
function claimIn(chart: Chart, annotations?: Annotations): ApiObject {
  return new ApiObject(chart, 'claim', {
    apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'files', annotations },
  });
}

/** Has a Deployment mount it. */
function mount(deployment: IConstruct): void {
  ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/volumes', volumes));
}

/** A workload that mounts it. */
function mounting(chart: Chart, kind: string, name: string, { podSpec, ...shape }: Shape = {}): ApiObject {
  return workloadIn(chart, kind, name, { ...shape, podSpec: { ...podSpec, volumes } });
}

test.each<[string, (chart: Chart) => void]>([
  ['nobody', () => {}],
  ['a CronJob', chart => mounting(chart, 'CronJob', 'backup')],
  ['a Deployment without replicas', chart => mounting(chart, 'Deployment', 'spare', { spec: { replicas: 0 } })],
  ['a Job that is suspended', chart => mounting(chart, 'Job', 'import', { spec: { suspend: true } })],
])('a claim that is mounted by %s comes last, because no wave may wait for it', (_, add) => {
  const chart = shop();
  claimIn(chart);
  add(chart);

  expect(annotate(chart)).toEqual({
    'Deployment api': wave(1), 'Deployment web': wave(2), 'PersistentVolumeClaim files': wave(2),
  });
});

test('a claim that only a hook mounts comes last', () => {
  const chart = shop();
  claimIn(chart);
  mounting(chart, 'Job', 'import', { annotations: { 'argocd.argoproj.io/hook': 'PostSync' } });

  expect(annotate(chart)['PersistentVolumeClaim files']).toEqual(wave(2));
});

test('a claim that no pod mounts comes last, also behind waves that the program has written', () => {
  const chart = chartIn('shop');
  claimIn(chart);
  new ApiObject(chart, 'bucket', { apiVersion: 'example.com/v1', kind: 'Bucket', metadata: { annotations: wave(4) } });

  expect(annotate(chart)['PersistentVolumeClaim files']).toEqual(wave(4));
});

test('a claim that a hook of a wave mounts comes with that wave', () => {
  const chart = shop();
  claimIn(chart);
  mounting(chart, 'Job', 'import', { annotations: { 'argocd.argoproj.io/hook': 'Sync', ...wave(1) } });

  expect(annotate(chart)['PersistentVolumeClaim files']).toEqual(wave(1));
});

test('a claim that no pod mounts and the program applies before other waves is refused', () => {
  const chart = shop();
  claimIn(chart, wave(0));

  expect(() => annotate(chart)).toThrow(new Error(
    'StartupGraph: finds another order: shop/claim is a claim in wave 0 that may be bound only when a pod mounts it, '
      + 'which none does yet, and Argo CD would wait for that before the next wave; '
      + 'give it no wave, or wave 2, the last [shop/claim]',
  ));
});

test('a claim that the program applies in an earlier wave than the first pod that mounts it is refused', () => {
  const chart = shop();
  claimIn(chart, wave(0));
  mount(chart.node.findChild('api'));

  expect(() => annotate(chart)).toThrow(new Error(
    'StartupGraph: finds another order: shop/api is applied in wave 1, after PersistentVolumeClaim shop/claim (wave 0) '
      + 'is healthy, which may need shop/api for that; give that no wave, or wave 1 [shop/api]',
  ));
});

test('an autoscaler that the program applies in an earlier wave than what it scales is refused', () => {
  const chart = shop();
  scalerIn(chart, wave(0));

  expect(() => annotate(chart)).toThrow(
    'shop/web is applied in wave 2, after HorizontalPodAutoscaler shop/scaler (wave 0) is healthy',
  );
});

test('of a chart that is annotated alone the claims of others stay as they are', () => {
  const synthesized = Testing.app();
  const [data, front] = ['data', 'front'].map(id => chartIn('shop', synthesized, id));
  claimIn(data);
  app(data, 'db');
  app(front, 'web', ['db']);

  StartupGraph.of(front).annotate(DeployOrder.ARGO_CD);

  expect([data, front].map(annotationsIn)).toEqual([{}, { 'Deployment web': wave(1) }]);
});

test('a claim comes with the first workload that mounts it, also where that is in another chart', () => {
  const synthesized = Testing.app();
  const [data, front] = ['data', 'front'].map(id => chartIn('shop', synthesized, id));
  app(data, 'db');
  mounting(data, 'Deployment', 'files');
  claimIn(front);
  mount(app(front, 'web', ['db']));

  StartupGraph.of(front).annotate(DeployOrder.ARGO_CD);

  expect(annotationsIn(front)).toEqual({ 'Deployment web': wave(1) });
});

/** An autoscaler of the Deployment `web`. */
function scalerIn(chart: Chart, annotations?: Annotations): ApiObject {
  return new ApiObject(chart, 'scaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', annotations },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  });
}

/** A chart for a cluster of its own: a claim and an autoscaler of `web`, which mounts the claim. */
function cluster(synthesized: App, id: string, awaited: readonly string[]): Chart {
  const chart = chartIn('shop', synthesized, id);
  app(chart, 'db');
  claimIn(chart);
  mount(app(chart, 'web', awaited));
  scalerIn(chart);
  return chart;
}

test('of two charts for two clusters each has companions of its own', () => {
  const synthesized = Testing.app();
  const charts = [cluster(synthesized, 'staging', []), cluster(synthesized, 'prod', ['db'])];

  StartupGraph.of(synthesized).annotate(DeployOrder.ARGO_CD);

  expect(charts.map(annotationsIn)).toEqual([{}, {
    'Deployment web': wave(1), 'PersistentVolumeClaim files': wave(1), 'HorizontalPodAutoscaler web': wave(1),
  }]);
});

/** An object of the core API or of RBAC that has only a name, and what else is given. */
function plain(chart: Chart, kind: string, name: string, others: object = {}): ApiObject {
  const apiVersion = /Role/.test(kind) ? 'rbac.authorization.k8s.io/v1' : 'v1';
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, ...others });
}

test('all without which an early pod starts in vain comes as early: namespace, account, roles and pull secrets', () => {
  const chart = chartIn('shop');
  const account = { kind: 'ServiceAccount', name: 'sa', namespace: 'shop' };
  const subjects = [account, { kind: 'Group', name: 'admins' }];
  plain(chart, 'Namespace', 'shop');
  plain(chart, 'ServiceAccount', 'sa', { imagePullSecrets: [{ name: 'account-pull' }] });
  for (const name of ['pull', 'account-pull', 'unused']) plain(chart, 'Secret', name);
  for (const kind of ['Role', 'ClusterRole']) {
    plain(chart, kind, 'reader', { rules: [] });
    plain(chart, `${kind}Binding`, 'reader', { subjects, roleRef: { kind, name: 'reader' } });
  }
  plain(chart, 'Role', 'other');
  plain(chart, 'RoleBinding', 'other', {
    subjects: [{ ...account, name: 'other' }], roleRef: { kind: 'Role', name: 'other' },
  });
  workloadIn(chart, 'Job', 'migrate', {
    annotations: wave(-5), podSpec: { serviceAccountName: 'sa', imagePullSecrets: [{ name: 'pull' }] },
  });

  expect(annotate(chart)).toEqual(Object.fromEntries([
    'Namespace shop', 'ServiceAccount sa', 'Secret pull', 'Secret account-pull', 'Role reader', 'RoleBinding reader',
    'ClusterRole reader', 'ClusterRoleBinding reader', 'Job migrate',
  ].map(name => [name, wave(-5)])));
});

test('a role that the program applies later than the pods of its account may be meant so', () => {
  const chart = chartIn('shop');
  const late = { name: 'reader', annotations: wave(2) };
  plain(chart, 'ServiceAccount', 'sa');
  plain(chart, 'RoleBinding', 'reader', {
    metadata: late,
    subjects: [{ kind: 'ServiceAccount', name: 'sa' }],
    roleRef: { kind: 'Role', name: 'reader' },
  });
  workloadIn(chart, 'Deployment', 'web', { podSpec: { serviceAccountName: 'sa' } });

  expect(annotate(chart)).toEqual({ 'RoleBinding reader': wave(2) });
});

test('a role of a step that the program applies later than the pod is refused', () => {
  const chart = chartIn('shop');
  const web = app(chart, 'web');
  const job = workloadIn(chart, 'Job', 'migrate');
  const step = new WaitForCondition(web, 'wait', { conditions: [Condition.completed(job)] });
  const [role] = step.node.findAll().filter(each => ApiObject.isApiObject(each) && each.kind === 'Role') as ApiObject[];
  role.metadata.addAnnotation('argocd.argoproj.io/sync-wave', '5');

  expect(() => annotate(chart)).toThrow('shop/web needs Role');
});
