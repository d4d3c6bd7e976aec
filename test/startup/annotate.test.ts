import { ApiObject, Chart, Include, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { annotate, annotationsIn, app, containers, shop, wave, WAVE, type Annotations } from './annotated';
import { chartIn, said, serve, serviceOf, wait, workloadIn } from './app';
import {
  Condition, DeployOrder, Endpoint, ExternalObject, InitStep, PodFragment, PodTemplate, StartupGraph, WaitForCondition,
  WaitForService,
} from '../../src';

const GROUP = 'kapp.k14s.io/change-group';
const RULE = 'kapp.k14s.io/change-rule';

/** A chart whose `web` waits for a certificate and `shop` for `web`; the first two have annotations. */
function withCertificate(annotations?: Annotations, ofWeb?: Annotations): Chart {
  const chart = chartIn('shop');
  const certificate = new ApiObject(chart, 'certificate', {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web', annotations },
  });
  const web = app(chart, 'web', [], ofWeb);
  new WaitForCondition(web, 'wait', { conditions: [Condition.met(certificate, 'Ready')] });
  app(chart, 'shop', ['web']);
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

  test.each<[string, Annotations, { [object: string]: Annotations }]>([
    ['', {}, { 'Certificate web': wave(5), 'Deployment web': wave(5), 'Deployment shop': wave(6) }],
    [', and may come later', wave(9), {
      'Certificate web': wave(5), 'Deployment web': wave(9), 'Deployment shop': wave(10),
    }],
  ])('who waits for a condition comes no earlier than the object%s', (_, annotations, expected) => {
    expect(annotate(withCertificate(wave(5), annotations))).toEqual(expected);
  });

  test('an object that is applied only when what waits for its condition is up is refused', () => {
    expect(() => annotate(withCertificate(wave(5), wave(3)))).toThrow(new Error(
      "StartupGraph: finds another order: shop/web waits in step 'wait' for certificate/web Ready, but "
        + `shop/certificate (${WAVE}: 5) is applied after shop/web (${WAVE}: 3) is up; `
        + 'give them the same hook and wave, or remove the condition [shop/web]',
    ));
  });

  test('who waits for a condition that a workload meets before its pods start comes no earlier than that', () => {
    const chart = shop();
    const job = workloadIn(chart, 'Job', 'queued');
    new WaitForService(job, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });
    const cleaner = workloadIn(chart, 'Deployment', 'cleaner');
    new WaitForCondition(cleaner, 'wait', { conditions: [Condition.met(job, 'Suspended')] });

    const { 'Job queued': first, 'Deployment cleaner': second } = annotate(chart);

    expect([first, second]).toEqual([wave(1), wave(1)]);
  });

  test('a Job that is waited for by its name only, and is applied too late, is refused', () => {
    const chart = chartIn('shop');
    workloadIn(chart, 'Job', 'migrate', { annotations: wave(5) });
    const job = new ExternalObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' });
    const web = workloadIn(chart, 'Deployment', 'web', { annotations: wave(3) });
    new WaitForCondition(web, 'wait', { conditions: [Condition.completed(job)] });

    expect(() => annotate(chart)).toThrow("shop/web waits in step 'wait' for job/migrate completed, but shop/migrate");
  });

  test('a Service of others that is applied only when what waits for it is up is refused', () => {
    const chart = chartIn('shop');
    const service = new ApiObject(chart, 'service', serviceOf('db', { ports: [{ port: 80 }] }));
    service.metadata.addAnnotation(WAVE, '5');
    app(chart, 'web', ['db'], wave(3));

    expect(() => annotate(chart)).toThrow(`but its Service (${WAVE}: 5) is applied after shop/web`);
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

  test('a fragment alone is not annotated', () => {
    const chart = shop();
    const pod = new PodFragment(chart, 'pod');
    new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });

    expect(annotate(chart)).toEqual({ 'Deployment api': wave(1), 'Deployment web': wave(2) });
  });

  test('an object that has the steps of a fragment is annotated', () => {
    const chart = shop();
    const pod = new PodFragment(chart, 'pod');
    new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });
    const { initContainers } = pod;
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

  test('who waits for a condition of an object comes after that', () => {
    expect(annotate(withCertificate(), DeployOrder.KAPP)).toEqual({
      'Certificate web': group('shop.certificate'),
      'Deployment web': { ...group('shop.web'), ...rules('shop.certificate') },
      'Deployment shop': rules('shop.web'),
    });
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
      /^StartupGraph: finds another order: shop\/api waits for shop\/db.*kapp.*change-rule puts shop\/db after/,
    );
  });

  test('a circle of waits and of a rule of the program is refused, with all that it is made of', () => {
    const chart = chartIn('shop');
    app(chart, 'b', [], { [RULE]: 'upsert after upserting g/c' });
    app(chart, 'a', ['b']);
    app(chart, 'c', ['a'], { [GROUP]: 'g/c' });

    expect(() => annotate(chart, DeployOrder.KAPP)).toThrow(new Error(
      'StartupGraph: finds another order: shop/a waits for shop/b, kapp.k14s.io/change-rule puts shop/b after shop/c '
        + 'and shop/c waits for shop/a, so that kapp can apply none of them first; '
        + 'remove one of these rules or waits [shop/a]',
    ));
  });

  test('a rule of the program that puts an object after what waits for its condition is refused', () => {
    const chart = withCertificate({ [RULE]: 'upsert after upserting corp/front' }, { [GROUP]: 'corp/front' });

    expect(() => annotate(chart, DeployOrder.KAPP)).toThrow(
      'shop/web waits for shop/certificate and kapp.k14s.io/change-rule puts shop/certificate after shop/web',
    );
  });

  test('a rule of the program for the group of the object itself is none', () => {
    const own = { [GROUP]: 'corp/db', [RULE]: 'upsert after upserting corp/db' };

    expect(annotate(shop({ db: own }), DeployOrder.KAPP)['Deployment db']).toEqual({ ...own, ...group('shop.db') });
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

  test('an object of a condition that has a hook is left alone', () => {
    const hook = { 'helm.sh/hook': 'pre-install' };

    expect(annotate(withCertificate(hook), DeployOrder.KAPP)).toEqual({
      'Certificate web': hook, 'Deployment web': group('shop.web'), 'Deployment shop': rules('shop.web'),
    });
  });

  test('workloads with hooks are left alone', () => {
    const hook = { 'helm.sh/hook': 'pre-install' };

    expect(annotate(shop({ db: hook }), DeployOrder.KAPP)).toEqual({
      'Deployment db': hook, 'Deployment api': group('shop.api'), 'Deployment web': rules('shop.api'),
    });
  });
});

describe('a second call', () => {
  test('is refused, because what the first has written would count as the program\'s own', () => {
    const chart = chartIn('shop');
    app(chart, 'db');
    const web = app(chart, 'web');
    annotate(chart);
    wait(web, 'db', Endpoint.tcp('db', 80));

    expect(() => annotate(chart)).toThrow(new Error(
      "StartupGraph: has annotated shop/db for 'argo-cd' before, and cannot tell that from what the program wrote; "
        + 'call annotate once, when all waits are there [shop/db]',
    ));
  });

  test('may be for another tool', () => {
    const chart = shop();
    annotate(chart);

    expect(annotate(chart, DeployOrder.KAPP)['Deployment api']).toMatchObject(wave(1));
  });

  test('may be for another chart', () => {
    const synthesized = Testing.app();
    const [data, front] = ['data', 'front'].map(id => chartIn('shop', synthesized, id));
    app(data, 'db');
    app(data, 'api', ['db']);
    app(front, 'web', ['api']);

    for (const chart of [data, front]) StartupGraph.of(chart).annotate(DeployOrder.ARGO_CD);

    expect([data, front].map(annotationsIn)).toEqual([{ 'Deployment api': wave(1) }, { 'Deployment web': wave(2) }]);
  });

  test('may follow one that was refused', () => {
    const chart = shop({ api: wave(9), web: wave(3) });
    expect(() => annotate(chart)).toThrow('finds another order');
    ApiObject.of(chart.node.findChild('web')).metadata.addAnnotation(WAVE, '10');

    expect(annotate(chart)).toEqual({ 'Deployment api': wave(9), 'Deployment web': wave(10) });
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
