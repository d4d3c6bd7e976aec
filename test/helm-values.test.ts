import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Helm, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  DownloadConfig, Endpoint, FileSource, GenerateConfig, GenerateEnv, InitDefaults, InitStep, PodFragment, RunAs,
  SharedDirectory, StartupGraph, WaitForService,
} from '../src';
import { helm, writeChart } from './lab/helm';
import { notMade } from './lab/shells';
import { said } from './startup/app';

const folder = mkdtempSync(join(tmpdir(), 'helm-values-'));
afterAll(() => rmSync(folder, { recursive: true }));
const shopChart = writeChart(folder);

/** The values of the chart that take the parts of a fragment. */
function valuesOf(pod: PodFragment): { [value: string]: unknown } {
  return {
    initContainers: pod.initContainers,
    extraVolumes: pod.volumes,
    extraVolumeMounts: pod.volumeMounts('shop'),
    extraEnvVars: pod.env('shop'),
  };
}

/** What helm makes of the chart with values: the pod spec of its Deployment. */
function podSpecWith(chart: Chart, values: { [value: string]: unknown }): any {
  const release = new Helm(chart, 'release', {
    chart: shopChart, helmExecutable: helm!, releaseName: 'shop', values,
  });
  return release.apiObjects.find(({ kind }) => kind === 'Deployment')!.toJson().spec.template.spec;
}

function newChart(): Chart {
  return new Chart(Testing.app(), 'apps');
}

/** Tests that need helm. */
const withHelm: typeof test | typeof test.skip = helm ? test : test.skip;
if (!helm) notMade('helm', '.ci/lab');

withHelm('helm writes the parts of a fragment into the pod of its chart as they are', () => {
  const chart = newChart();
  InitDefaults.set(chart, { kubernetesVersion: '1.35' });
  const pod = new PodFragment(chart, 'pod', { containers: ['shop'] });
  const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'credentials');
  const password = kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' });
  new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('db', 5432), Endpoint.http('http://config/ok')] });
  new DownloadConfig(pod, 'download', { url: 'http://config/a.json', path: '/etc/shop/a.json' });
  new GenerateConfig(pod, 'generate', {
    template: FileSource.inline('a: "${PASSWORD}"\nb: \'%s\\n\'\n\tc: # yes, {} & ] | > * !\n'),
    variables: { PASSWORD: password },
    path: '/etc/shop/b.conf',
  });
  new GenerateEnv(pod, 'variables', {
    templates: { DATABASE_URL: 'postgres://shop:${PASSWORD|url}@db/shop' }, variables: { PASSWORD: password },
  });
  const parts = valuesOf(pod);

  const { initContainers, volumes, containers } = podSpecWith(chart, parts);

  expect(initContainers).toEqual(parts.initContainers);
  expect(volumes).toEqual([{ name: 'data', emptyDir: {} }, ...parts.extraVolumes as object[]]);
  expect(containers[0].volumeMounts.slice(1)).toEqual(parts.extraVolumeMounts);
  expect(containers[0].env.slice(1)).toEqual(parts.extraEnvVars);
});

withHelm('the graph sees the Deployment of the chart with the steps of the fragment', () => {
  const chart = newChart();
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:1.0' }] });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('shop', 80)] });
  const pod = new PodFragment(chart, 'pod', { containers: ['shop'] });
  new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('db', 5432)] });
  podSpecWith(chart, valuesOf(pod));

  expect(StartupGraph.of(chart).order().map(({ workload, level }) => [workload, level])).toEqual([
    ['apps/release/shop-deployment', 1], ['apps/web', 2],
  ]);
  expect(said(chart)).toEqual([]);
});

withHelm('workloads that wait for each other are found across the chart', () => {
  const chart = newChart();
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:1.0', portNumber: 80 }] });
  web.exposeViaService({ name: 'web' });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('shop', 80)] });
  const pod = new PodFragment(chart, 'pod', { containers: ['shop'] });
  new WaitForService(pod, 'wait-for-web', { endpoints: [Endpoint.tcp('web', 80)] });
  podSpecWith(chart, valuesOf(pod));

  expect(() => App.of(chart).synth()).toThrow('these 2 workloads wait for each other in a circle');
});

withHelm('a step fills a volume that the chart has', () => {
  const chart = newChart();
  const pod = new PodFragment(chart, 'pod', { containers: ['shop'] });
  new InitStep(pod, 'seed', {
    command: ['cp', '/defaults', '/data'],
    writes: { '/data': SharedDirectory.fromVolumeName(pod, 'data', 'data') },
    runAs: RunAs.user(1000, 1000),
  });

  const { initContainers, volumes } = podSpecWith(chart, valuesOf(pod));

  expect(initContainers[0].volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }]);
  expect(volumes).toEqual([{ name: 'data', emptyDir: {} }]);
});

withHelm('a text with braces is changed by charts that render their values, and a note says so', () => {
  const chart = newChart();
  const pod = new PodFragment(chart, 'pod', { containers: ['shop'] });
  new InitStep(pod, 'greet', { args: ['{{ .Release.Name }}'] });
  new InitStep(pod, 'greet-plainly', { args: ['hello'] });

  const { initContainers } = podSpecWith(chart, valuesOf(pod));

  expect(initContainers[0].args).toEqual(['shop']);
  expect(StartupGraph.of(chart).notes()).toEqual([{
    severity: 'info',
    path: 'apps/pod/greet',
    message: 'holds {{, which charts replace that render their values as templates',
    remedy: 'keep the text in a ConfigMap, as FileSource.fromConfigMap',
  }]);
});
