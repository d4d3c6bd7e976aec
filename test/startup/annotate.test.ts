import { ApiObject, App, Chart, Cron, Include, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, serve, serviceOf, wait } from './app';
import { DeployOrder, Endpoint, InitStep, PodFragment, PodTemplate, StartupGraph, WaitForService } from '../../src';

const WAVE = 'argocd.argoproj.io/sync-wave';
const GROUP = 'kapp.k14s.io/change-group';
const RULE = 'kapp.k14s.io/change-rule';

interface Annotations {
  readonly [name: string]: string;
}

const containers = [{ image: 'my-app:1.0', portNumber: 8080 }];
const wave = (number: number) => ({ [WAVE]: `${number}` });

/** What the annotations of each object of a chart are, by kind and name, where it has some. */
function annotationsIn(chart: Chart): { [object: string]: Annotations } {
  return Object.fromEntries(Testing.synth(chart)
    .filter(({ metadata }) => metadata.annotations)
    .map(({ kind, metadata: { name, annotations } }) => [`${kind} ${name}`, annotations]));
}

function annotate(chart: Chart, order = DeployOrder.ARGO_CD): { [object: string]: Annotations } {
  StartupGraph.of(App.of(chart)).annotate(order);
  return annotationsIn(chart);
}

/** A Deployment of this name with a Service, which waits for those of others. */
function app(chart: Chart, name: string, awaited: readonly string[] = [], annotations?: Annotations): kplus.Deployment {
  const { deployment } = serve(chart, name, { metadata: { name, annotations } });
  for (const each of awaited) wait(deployment, each, Endpoint.tcp(each, 80));
  return deployment;
}

/** A chart of three apps, of which each waits for the one before. */
function shop(annotations: { readonly [name: string]: Annotations } = {}): Chart {
  const chart = chartIn('shop');
  app(chart, 'db', [], annotations.db);
  app(chart, 'api', ['db'], annotations.api);
  app(chart, 'web', ['api', 'db'], annotations.web);
  return chart;
}

describe('for Argo CD', () => {
  test('the levels become waves, the first of which is the default', () => {
    expect(annotate(shop())).toEqual({ 'Deployment api': wave(1), 'Deployment web': wave(2) });
  });

  test('without waits nothing is annotated', () => {
    const chart = chartIn('shop');
    app(chart, 'web');

    expect(annotate(chart)).toEqual({});
  });

  test('annotating twice changes nothing more', () => {
    const chart = shop();
    const once = annotate(chart);

    expect(annotate(chart)).toEqual(once);
  });

  test('only the workloads of the scope are annotated, at their levels in the whole app', () => {
    const synthesized = Testing.app();
    const [data, front] = ['data', 'front'].map(id => chartIn('shop', synthesized, id));
    app(data, 'db');
    app(data, 'api', ['db']);
    app(front, 'web', ['api']);

    StartupGraph.of(front).annotate(DeployOrder.ARGO_CD);

    expect([annotationsIn(data), annotationsIn(front)]).toEqual([{}, { 'Deployment web': wave(2) }]);
  });

  test('a wave that a workload has stays, and what waits for it comes after it', () => {
    expect(annotate(shop({ db: wave(5) }))).toEqual({
      'Deployment db': wave(5), 'Deployment api': wave(6), 'Deployment web': wave(7),
    });
    expect(annotate(shop({ db: wave(-3), web: wave(4) }))).toEqual({
      'Deployment db': wave(-3), 'Deployment api': wave(1), 'Deployment web': wave(4),
    });
  });

  test('a wave that would have a workload wait for ever for what comes later is refused', () => {
    expect(() => annotate(shop({ api: wave(9), web: wave(3) }))).toThrow(new Error(
      "StartupGraph: finds another order: shop/web waits in step 'wait-for-api' for tcp://api:80, but shop/api "
        + `(${WAVE}: 9) is applied after shop/web (${WAVE}: 3) is up; `
        + 'give them the same hook and wave, or remove the endpoint [shop/web]',
    ));
  });

  test('workloads with hooks are left alone, and the others keep their levels', () => {
    const hook = { 'argocd.argoproj.io/hook': 'PreSync' };

    expect(annotate(shop({ db: hook }))).toEqual({
      'Deployment db': hook, 'Deployment api': wave(1), 'Deployment web': wave(2),
    });
  });

  test('a hook that comes after what waits for it is refused', () => {
    expect(() => annotate(shop({ db: { 'argocd.argoproj.io/hook': 'PostSync' } }))).toThrow(
      'shop/api waits in step \'wait-for-db\' for tcp://db:80, but shop/db (argocd.argoproj.io/hook: PostSync) '
        + 'is applied after shop/api',
    );
  });

  test('of several that answer the first that can start counts', () => {
    const chart = chartIn('shop');
    const podMetadata = { labels: { app: 'db' } };
    new ApiObject(chart, 'service', serviceOf('any-db', { selector: { app: 'db' }, ports: [{ port: 80 }] }));
    new kplus.Deployment(chart, 'one', { metadata: { name: 'one', annotations: wave(7) }, containers, podMetadata });
    new kplus.Deployment(chart, 'other', { metadata: { name: 'other' }, containers, podMetadata });
    const web = new kplus.Deployment(chart, 'web', { metadata: { name: 'web', annotations: wave(7) }, containers });
    wait(web, 'db', Endpoint.tcp('any-db', 80));

    expect(annotate(chart)).toEqual({ 'Deployment one': wave(7), 'Deployment web': wave(7) });
  });

  test('who waits for a Service comes no earlier than that', () => {
    const chart = chartIn('shop');
    const { service } = serve(chart, 'db');
    service.metadata.addAnnotation(WAVE, '4');
    const web = new kplus.Deployment(chart, 'web', { metadata: { name: 'web' }, containers });
    wait(web, 'db', Endpoint.service(service));

    expect(annotate(chart)).toEqual({ 'Service db': wave(4), 'Deployment web': wave(4) });
  });

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

  test('an object with several pods comes after what each of them needs', () => {
    const chart = shop();
    const template = { spec: { containers: [{ name: 'main', image: 'ray:2.9' }] } };
    const ray = new ApiObject(chart, 'ray', {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name: 'ray' },
      spec: { headGroupSpec: { template }, workerGroupSpecs: [{ template }] },
    });
    const awaited = { 'headGroupSpec': 'db', 'workerGroupSpecs/0': 'api' };
    for (const [group, name] of Object.entries(awaited)) {
      const pod = new PodTemplate(ray, name, { specPath: `/spec/${group}/template/spec` });
      new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp(name, 80)] });
    }

    expect(annotate(chart)['RayCluster ray']).toEqual(wave(2));
  });

  test('the annotations are in the YAML of every kind of object', () => {
    const chart = shop();
    const template = { spec: { containers: [{ name: 'main', image: 'my-app:1.0' }] } };
    const selector = {};
    const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'vendor' }, spec: { template } };
    const [vendor] = new Include(chart, 'vendor', { url: Yaml.tmp([manifest]) }).apiObjects;
    const imported = new kplus.k8s.KubeStatefulSet(chart, 'imported', {
      metadata: { name: 'imported' }, spec: { serviceName: 'imported', selector, template },
    });
    const patched = new ApiObject(chart, 'patched', { ...manifest, metadata: { name: 'patched' } });
    patched.addJsonPatch(JsonPatch.add('/metadata/annotations', { team: 'sales' }));
    for (const each of [vendor, imported, patched]) {
      new WaitForService(each, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });
    }

    const { 'Deployment vendor': one, 'StatefulSet imported': two, 'Deployment patched': three } = annotate(chart);

    expect([one, two, three]).toEqual([wave(1), wave(1), { team: 'sales', ...wave(1) }]);
  });

  test('an object that has the steps of a fragment is annotated, and a fragment alone is not', () => {
    const chart = shop();
    const pod = new PodFragment(chart, 'pod');
    new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });
    const { initContainers } = pod;
    expect(annotate(chart)).toEqual({ 'Deployment api': wave(1), 'Deployment web': wave(2) });

    new ApiObject(chart, 'wiki', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'wiki' },
      spec: { template: { spec: { initContainers, containers: [{ name: 'main', image: 'wiki:1.0' }] } } },
    });

    expect(annotate(chart)['Deployment wiki']).toEqual(wave(1));
  });

  test('nothing is doubtful afterwards', () => {
    const chart = shop({ db: wave(5) });
    expect(said(chart)).not.toEqual([]);

    annotate(chart);

    expect(said(chart)).toEqual([]);
  });
});

describe('for kapp', () => {
  const group = (name: string) => ({ [`${GROUP}.init-containers`]: `cdk8s-init-containers/${name}` });
  const rules = (...names: string[]) => Object.fromEntries(names.map((name, index) =>
    [`${RULE}.init-containers${['', '-2', '-3'][index]}`, `upsert after upserting cdk8s-init-containers/${name}`]));

  test('who is waited for has a group, and who waits a rule for each', () => {
    expect(annotate(shop(), DeployOrder.KAPP)).toEqual({
      'Deployment db': group('shop.db'),
      'Deployment api': { ...group('shop.api'), ...rules('shop.db') },
      'Deployment web': rules('shop.api', 'shop.db'),
    });
  });

  test('groups and rules of the program stay', () => {
    const own = { [GROUP]: 'apps.corp.example/data', [RULE]: 'upsert after upserting apps.corp.example/secrets' };

    expect(annotate(shop({ db: own }), DeployOrder.KAPP)['Deployment db']).toEqual({ ...own, ...group('shop.db') });
  });

  test.each([
    ['after', { db: { [RULE]: 'upsert after upserting corp/front' }, web: { [GROUP]: 'corp/front' } }],
    ['before', { db: { [GROUP]: 'corp/data' }, web: { [`${RULE}.x`]: 'upsert before upserting corp/data' } }],
    ['after others that come after', {
      db: { [RULE]: 'upsert after upserting corp/middle' },
      api: { [GROUP]: 'corp/middle', [`${RULE}.a`]: 'upsert after upserting corp/front' },
      web: { [`${GROUP}.a`]: 'corp/front' },
    }],
  ])('a rule of the program that puts things %s is refused where the order is another one', (_, annotations) => {
    expect(() => annotate(shop(annotations as { [name: string]: Annotations }), DeployOrder.KAPP)).toThrow(
      /^StartupGraph: finds another order: shop\/(api|web) waits for shop\/(db|api), which kapp.* puts after it/,
    );
  });

  test('groups have valid names of their own, whatever the paths are', () => {
    const chart = new Chart(Testing.app(), 'a-chart-with-a-name-that-is-really-longer-than-a-group-may-be');
    app(chart, 'db');
    const { service } = serve(chart, 'db.data');
    const web = new kplus.Deployment(chart, 'web', { containers, metadata: { name: 'web' } });
    wait(web, 'one', Endpoint.tcp('db', 80));
    wait(web, 'other', Endpoint.service(service));

    const names = Object.values(annotate(chart, DeployOrder.KAPP)['Deployment web']).map(rule => rule.split('/')[1]);

    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][-_.A-Za-z0-9]{0,61}[A-Za-z0-9]$/);
  });

  test('workloads with hooks are left alone', () => {
    const hook = { 'helm.sh/hook': 'pre-install' };

    expect(annotate(shop({ db: hook }), DeployOrder.KAPP)).toEqual({
      'Deployment db': hook, 'Deployment api': group('shop.api'), 'Deployment web': rules('shop.api'),
    });
  });
});

test('another word for the order is refused', () => {
  expect(() => StartupGraph.of(shop()).annotate('flux' as DeployOrder)).toThrow(
    new Error('StartupGraph: \'order\' must be one of argo-cd, kapp, got "flux"'),
  );
});

test('steps wait as before', () => {
  const chart = shop();
  annotate(chart);

  expect(InitStep.of(chart.node.findChild('web')).map(({ containerName }) => containerName))
    .toEqual(['wait-for-api', 'wait-for-db']);
});
