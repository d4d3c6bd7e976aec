import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { podSpec } from './workload';
import {
  DownloadConfig, Endpoint, InitDefaults, InitStep, Programs, RunAs, Warnings, WaitForService, type InitDefaultsProps,
} from '../src';

const BUSYBOX = 'library/busybox:1.37.0-glibc'
  + '@sha256:efa394a68601344526b8934cf3d5b11a04041db5f2b7f216fd7d37b445f88df5';
const CURL = 'curlimages/curl:8.22.0'
  + '@sha256:58adaa4e8dca9c988bae2aba4ab3434a0bb2da16bbe3f92dec39ec7785166777';
const GIT = 'alpine/git:v2.49.1'
  + '@sha256:c0280cf9572316299b08544065d3bf35db65043d5e3963982ec50647d2746e26';

const value = (text: string) => kplus.EnvValue.fromValue(text);

function tree() {
  const app = Testing.app();
  const chart = new Chart(app, 'shop');
  return { app, chart, web: new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] }) };
}

test('without InitDefaults, steps have the defaults of the library', () => {
  expect(InitDefaults.of(tree().web)).toEqual({
    kubernetesVersion: '1.29',
    programs: Programs.INLINE,
    warnings: Warnings.PRINT,
    registry: 'docker.io',
    shellImage: `docker.io/${BUSYBOX}`,
    curlImage: `docker.io/${CURL}`,
    gitImage: `docker.io/${GIT}`,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    resources: {
      cpu: { request: kplus.Cpu.millis(10), limit: kplus.Cpu.millis(500) },
      memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
    },
    env: {},
    runAs: RunAs.user(65534, 65534),
    timeout: Duration.minutes(11),
    clusterDomain: 'cluster.local',
  });
});

test('of InitDefaults the nearest scope wins, prop by prop, and undefined erases nothing', () => {
  const { app, chart, web } = tree();
  InitDefaults.set(app, {
    registry: 'registry.corp.example/mirror',
    timeout: Duration.minutes(1),
    env: { A: value('app'), B: value('app') },
  });
  InitDefaults.set(chart, {
    timeout: Duration.minutes(5),
    registry: undefined,
    env: { B: value('chart') },
  });
  InitDefaults.set(web, { curlImage: 'my-curl:1' });

  const { registry, timeout, env, shellImage, curlImage } = InitDefaults.of(web);
  expect({ registry, timeout, env, shellImage, curlImage }).toEqual({
    registry: 'registry.corp.example/mirror',
    timeout: Duration.minutes(5),
    env: { A: value('app'), B: value('chart') },
    shellImage: `registry.corp.example/mirror/${BUSYBOX}`,
    curlImage: 'my-curl:1',
  });
});

const cpu = (millis: number): kplus.ContainerResources => ({ cpu: { request: kplus.Cpu.millis(millis) } });

type Three<T> = [ofApp: T, ofChart: T, ofWorkload: T];

/** The timeout that a container tells its program. */
function timeoutOf({ env }: any): string | undefined {
  return env.find(({ name }: any) => name === 'step_timeout')?.value;
}

/** Every prop in three values: of the app, of the chart, of the workload. */
const VALUES: { [prop in keyof Required<InitDefaultsProps>]: Three<InitDefaultsProps[prop]> } = {
  registry: ['app.example', 'chart.example/mirror', 'web.example:5000'],
  shellImage: ['app-shell:1', 'chart-shell:1', 'web-shell:1'],
  curlImage: ['app-curl:1', 'chart-curl:1', 'web-curl:1'],
  gitImage: ['app-git:1', 'chart-git:1', 'web-git:1'],
  imagePullPolicy: [
    kplus.ImagePullPolicy.ALWAYS, kplus.ImagePullPolicy.NEVER, kplus.ImagePullPolicy.IF_NOT_PRESENT,
  ],
  resources: [cpu(1), cpu(2), cpu(3)],
  env: [{ HTTPS_PROXY: value('app') }, { HTTPS_PROXY: value('chart') }, { HTTPS_PROXY: value('web') }],
  runAs: [RunAs.user(1), RunAs.inherited(), RunAs.user(3, 3)],
  timeout: [Duration.seconds(1), Duration.seconds(2), Duration.seconds(3)],
  clusterDomain: ['app.local', 'chart.local', 'web.local'],
  kubernetesVersion: ['1.30', '1.35', '1.31'],
  programs: [Programs.INLINE, Programs.CONFIG_MAP, Programs.INLINE],
  warnings: [Warnings.IGNORE, Warnings.FAIL, Warnings.PRINT],
};
const PROPS = Object.keys(VALUES) as (keyof InitDefaultsProps)[];

test('these tests have values for every prop of InitDefaults', () => {
  expect(Object.keys(InitDefaults.of(tree().web)).sort()).toEqual([...PROPS].sort());
});

/** App, chart and workload are 0, 1 and 2: each of them alone, and several in both orders. */
const ORDERS = [[0], [1], [2], [0, 1], [1, 0], [0, 2], [2, 0], [1, 2], [2, 1], [0, 1, 2], [2, 1, 0]];

test.each(PROPS)('the default %s of the nearest scope is in force, whichever scopes set it and when', prop => {
  for (const order of ORDERS) {
    const { app, chart, web } = tree();
    for (const scope of order) InitDefaults.set([app, chart, web][scope], { [prop]: VALUES[prop][scope] });

    expect(InitDefaults.of(web)[prop]).toEqual(VALUES[prop][Math.max(...order)]);
  }
});

test('a bundle of steps has defaults of its own, and its neighbours in the workload do not see them', () => {
  const { chart, web } = tree();
  const bundle = new Construct(web, 'database');
  InitDefaults.set(chart, { registry: 'chart.example' });
  InitDefaults.set(bundle, { shellImage: 'postgres:16', timeout: Duration.minutes(9) });
  new WaitForService(bundle, 'inside', { endpoints: [Endpoint.tcp('db', 5432)] });
  new WaitForService(web, 'outside', { endpoints: [Endpoint.tcp('db', 5432)] });

  expect(podSpec(web).initContainers.map((container: any) => [container.image, timeoutOf(container)]))
    .toEqual([['postgres:16', '540'], [`chart.example/${BUSYBOX}`, '660']]);
});

test('setting InitDefaults twice on one scope adds up', () => {
  const { app, web } = tree();
  InitDefaults.set(app, { timeout: Duration.minutes(1) });
  InitDefaults.set(app, { registry: 'localhost:5000' });

  const { registry, timeout } = InitDefaults.of(web);
  expect({ registry, timeout }).toEqual({
    registry: 'localhost:5000',
    timeout: Duration.minutes(1),
  });
});

test('a step takes from InitDefaults what its own props leave out', () => {
  const { chart, web } = tree();
  InitDefaults.set(chart, {
    registry: 'registry.corp.example',
    imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
    resources: { cpu: { limit: kplus.Cpu.millis(50) } },
    env: { HTTPS_PROXY: value('http://proxy:3128'), NO_PROXY: value('.svc') },
    runAs: RunAs.inherited(),
    timeout: Duration.seconds(30),
  });
  new DownloadConfig(web, 'download', {
    url: 'https://config/app.json',
    env: { NO_PROXY: value('none') },
  });
  new WaitForService(web, 'wait', {
    endpoints: [Endpoint.tcp('db', 5432)],
    timeout: Duration.seconds(7),
    image: 'own:1',
  });
  new InitStep(web, 'plain', { command: ['true'] });

  const [download, wait, plain] = podSpec(web).initContainers;
  const { image, imagePullPolicy, resources, securityContext: { runAsUser } } = download;
  expect({ image, imagePullPolicy, resources, runAsUser, timeout: timeoutOf(download) }).toEqual({
    image: `registry.corp.example/${CURL}`,
    imagePullPolicy: 'Always',
    resources: { limits: { cpu: '50m' } },
    runAsUser: undefined,
    timeout: '30',
  });
  expect(download.env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy:3128' });
  expect(download.env).toContainEqual({ name: 'NO_PROXY', value: 'none' });
  expect([wait.image, timeoutOf(wait)]).toEqual(['own:1', '7']);
  expect(plain.env).toEqual([
    { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
    { name: 'NO_PROXY', value: '.svc' },
  ]);
});

test('variables that begin as those of the programs are refused', () => {
  const { chart } = tree();

  expect(() => InitDefaults.set(chart, { env: { step_timeout: value('1') } })).toThrow(
    "InitDefaults: 'env' must not name variables that begin with step_ or var_, "
      + 'got "step_timeout"; the programs of the steps get their own in them [shop]');
});

test('the default clusterDomain reaches no pod', () => {
  const [without, with_] = [undefined, 'k8s.corp.example'].map(clusterDomain => {
    const { chart, web } = tree();
    InitDefaults.set(chart, { clusterDomain });
    new WaitForService(web, 'wait', { endpoints: [Endpoint.dns('db')] });
    return podSpec(web);
  });

  expect(with_).toEqual(without);
});

test('InitDefaults.of gives a copy', () => {
  const { chart, web } = tree();
  InitDefaults.set(chart, { env: { A: value('a') } });
  Object.assign(InitDefaults.of(web).env!, { B: value('b') });
  Object.assign(InitDefaults.of(tree().web).resources!.memory!, { limit: Size.mebibytes(1) });

  expect(InitDefaults.of(web).env).toEqual({ A: value('a') });
  expect(InitDefaults.of(tree().web).resources!.memory!.limit).toEqual(Size.mebibytes(64));
});

test('a plain step with an image of its own inherits its user whatever the defaults say', () => {
  const { chart, web } = tree();
  InitDefaults.set(chart, { runAs: RunAs.user(1000) });
  new InitStep(web, 'own', { image: 'tool:1' });
  new InitStep(web, 'ours', { command: ['true'] });

  expect(podSpec(web).initContainers.map(({ securityContext }: any) => securityContext.runAsUser))
    .toEqual([undefined, 1000]);
});
