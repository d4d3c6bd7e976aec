import { createHash } from 'crypto';
import { App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, Endpoint, InitDefaults, InitStep, Programs, WaitForService } from '../src';
import { waitForService } from '../src/programs';

const database = Endpoint.tcp('db', 5432);

function chartWith(use: (chart: Chart) => void, props: { namespace?: string } = {}): any[] {
  const chart = new Chart(Testing.app(), 'shop', props);
  InitDefaults.set(chart, { programs: Programs.CONFIG_MAP });
  use(chart);
  return Testing.synth(chart);
}

function deployment(chart: Chart, id: string, metadata: { namespace?: string } = {}): kplus.Deployment {
  return new kplus.Deployment(chart, id, { containers: [{ image: 'my-app:1.0' }], metadata });
}

const configMaps = (manifests: any[]) => manifests.filter(({ kind }) => kind === 'ConfigMap');
const podOf = (manifests: any[], kind = 'Deployment') => manifests.find(each => each.kind === kind).spec.template.spec;
const plain = waitForService({
  schemes: new Set(['tcp']), severalAddresses: true, single: true, inARow: false, slow: false,
});
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const name = `wait-for-service-${hashOf(plain.text)}`;
const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

test('a program is in an immutable ConfigMap, called by its hash, and mounted read-only in the step alone', () => {
  const manifests = chartWith(chart => new WaitForService(deployment(chart, 'web'), 'wait', { endpoints: [database] }));

  const { initContainers: [step], containers: [app], volumes } = podOf(manifests);
  expect(configMaps(manifests)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, annotations },
      immutable: true,
      data: { 'wait-for-service': plain.text },
    },
  ]);
  expect({ command: step.command, args: step.args, volumeMounts: step.volumeMounts }).toEqual({
    command: ['sh', '-c', '. /step/wait-for-service'],
    args: ['wait'],
    volumeMounts: [
      { mountPath: '/step/wait-for-service', name, subPath: 'wait-for-service', readOnly: true },
    ],
  });
  expect(volumes).toEqual([{ name, configMap: { name } }]);
  expect(app.volumeMounts).toBeUndefined();
});

test('steps and workloads of one chart and namespace share the ConfigMap of a program', () => {
  const manifests = chartWith(chart => {
    const web = deployment(chart, 'web');
    new WaitForService(web, 'wait-for-db', { endpoints: [database] });
    new WaitForService(web, 'wait-for-queue', { endpoints: [Endpoint.tcp('queue', 5672)] });
    new WaitForService(deployment(chart, 'api'), 'wait', { endpoints: [database] });
  });

  expect(configMaps(manifests).map(({ metadata }) => metadata)).toEqual([{ name, annotations }]);
  expect(podOf(manifests).volumes).toEqual([{ name, configMap: { name } }]);
});

test('each namespace has a ConfigMap of its own, that of the chart or that of the workload', () => {
  const manifests = chartWith(chart => {
    new WaitForService(deployment(chart, 'web'), 'wait', { endpoints: [database] });
    new WaitForService(deployment(chart, 'api', { namespace: 'backend' }), 'wait', { endpoints: [database] });
  }, { namespace: 'frontend' });

  expect(configMaps(manifests).map(({ metadata }) => metadata)).toEqual([
    { name, namespace: 'frontend', annotations },
    { name, namespace: 'backend', annotations },
  ]);
});

test('what is added to one workload changes the pod template of no other', () => {
  const api = (more: (chart: Chart) => void) => chartWith(chart => {
    new WaitForService(deployment(chart, 'api'), 'wait', { endpoints: [database] });
    more(chart);
  }).find(({ metadata }) => metadata.name.startsWith('shop-api'));

  const withAnother = api(chart => {
    new DownloadConfig(deployment(chart, 'web'), 'get', { url: 'http://config/app.json' });
  });

  expect(withAnother).toEqual(api(() => undefined));
});

test('a program with a time limit comes from a ConfigMap, too', () => {
  const manifests = chartWith(chart => {
    new InitStep(deployment(chart, 'web'), 'migrate', {
      image: 'my-app:1.0', command: ['migrate', '--all'], timeout: Duration.minutes(3),
    });
  });

  const [step] = podOf(manifests).initContainers;
  expect({ command: step.command, args: step.args }).toEqual({
    command: ['sh', '-c', '. /step/run-bounded'],
    args: ['migrate', '180', 'migrate', '--all'],
  });
  expect(configMaps(manifests).map(each => Object.keys(each.data))).toEqual([['run-bounded']]);
});

test('a step that is refused leaves no ConfigMap behind', () => {
  const manifests = chartWith(chart => {
    const web = deployment(chart, 'web');
    const refused = () => new WaitForService(web, 'wait', { endpoints: [database], image: 'two words' });

    expect(refused).toThrow("'image' must be");
  });

  expect(configMaps(manifests)).toEqual([]);
});

test('a program of one\'s own may not be mounted where the library mounts its own', () => {
  chartWith(chart => {
    const claim = kplus.Volume.fromEmptyDir(chart, 'data', 'data');
    const bounded = { image: 'my-app:1.0', command: ['migrate'], timeout: Duration.minutes(3) };

    expect(() => new InitStep(deployment(chart, 'web'), 'migrate', { ...bounded, writes: { '/step': claim } }))
      .toThrow("InitStep: 'files' must lie outside of /step, where an empty file would stay in what the step writes, "
        + 'got "/step/run-bounded" [shop/web/migrate]');
  });
});

test('a Deployment with a wait and a download is at most 160 lines of YAML', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  InitDefaults.set(chart, { programs: Programs.CONFIG_MAP });
  const web = deployment(chart, 'web');
  new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('my-database-service', 5432)] });
  new DownloadConfig(web, 'download-config', {
    url: 'http://config-service/config', path: '/app/config/app-config.json',
  });

  const [yaml] = app.synthYaml().split('---');

  expect(yaml).toContain('kind: Deployment');
  expect(yaml.trimEnd().split('\n').length).toBeLessThanOrEqual(160);
});

test('a workload whose programs stand in ConfigMaps holds nothing that Flux would substitute', () => {
  const manifests = chartWith(chart => {
    const web = deployment(chart, 'web');
    new WaitForService(web, 'wait', { endpoints: [database] });
    new DownloadConfig(web, 'get', { url: 'http://config/app.json', path: '/app/app.json' });
  });

  expect(JSON.stringify(manifests.filter(({ kind }) => kind === 'Deployment'))).not.toContain('${');
});

test('any other word for where programs stand is refused', () => {
  const chart = new Chart(Testing.app(), 'shop');

  expect(() => InitDefaults.set(chart, { programs: 'secret' as Programs }))
    .toThrow("InitDefaults: 'programs' must be one of inline, config-map, got \"secret\" [shop]");
});
