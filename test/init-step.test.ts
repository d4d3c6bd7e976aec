import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { deployment, podSpec } from './workload';
import {
  DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, RunAs, SharedDirectory, WaitForService,
  type InitStepOptions,
} from '../src';

const busybox = 'docker.io/library/busybox:1.37.0-glibc'
  + '@sha256:efa394a68601344526b8934cf3d5b11a04041db5f2b7f216fd7d37b445f88df5';

test('a step is one init container, locked down, small and as the user wrote it', () => {
  const web = deployment();
  const data = new SharedDirectory(web, 'data');

  const step = new InitStep(web, 'prepare', {
    image: 'tool:1',
    command: ['prepare'],
    args: ['--host', '$(HOST)', '$$'],
    env: { ZONE: kplus.EnvValue.fromValue('a'), HOST: kplus.EnvValue.fromValue('$(ZONE)') },
    writes: { '/data': data },
  });

  expect([step.containerName, step.workload]).toEqual(['prepare', web]);
  expect(podSpec(web).initContainers).toEqual([{
    name: 'prepare',
    image: 'tool:1',
    imagePullPolicy: 'IfNotPresent',
    command: ['prepare'],
    args: ['--host', '$$(HOST)', '$$$'],
    env: [{ name: 'HOST', value: '$$(ZONE)' }, { name: 'ZONE', value: 'a' }],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ mountPath: '/data', name: 'data' }],
  }]);
  expect(podSpec(web).volumes).toEqual([{ name: 'data', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('a step without an image runs in the shell image, as the user of the library\'s programs', () => {
  const web = deployment();
  new InitStep(web, 'say', { command: ['echo', 'hello'] });

  const [{ image, securityContext }] = podSpec(web).initContainers;
  expect(image).toBe(busybox);
  expect(securityContext).toMatchObject({
    runAsUser: 65534,
    runAsGroup: 65534,
    readOnlyRootFilesystem: true,
  });
});

test('an InitStep leaves to its image what its props leave out: program, arguments, variables and mounts', () => {
  const web = deployment();
  new InitStep(web, 'plain', { image: 'tool:1' });
  new InitStep(web, 'with-arguments', { image: 'tool:1', args: ['--all'] });

  const [plain, withArguments] = podSpec(web).initContainers;
  expect(Object.keys(plain).sort())
    .toEqual(['image', 'imagePullPolicy', 'name', 'resources', 'securityContext', 'terminationMessagePolicy']);
  expect(withArguments).toEqual({ ...plain, name: 'with-arguments', args: ['--all'] });
});

const endpoints = [Endpoint.tcp('db', 5432)];
const url = 'http://config';
const template = FileSource.inline('x');

const steps: [string, (web: kplus.Deployment, options: InitStepOptions) => InitStep][] = [
  ['InitStep', (web, options) => new InitStep(web, 'step', { command: ['true'], ...options })],
  ['WaitForService', (web, options) => new WaitForService(web, 'step', { endpoints, ...options })],
  ['DownloadConfig', (web, options) => new DownloadConfig(web, 'step', { url, ...options })],
  ['GenerateConfig', (web, options) => new GenerateConfig(web, 'step', { template, ...options })],
];

test.each(steps)('%s takes what every step accepts', (_, make) => {
  const web = deployment();
  make(web, {
    image: 'tool:1',
    resources: { memory: { limit: Size.mebibytes(128) } },
    env: { PROXY: kplus.EnvValue.fromValue('$(HOST) $$') },
    runAs: RunAs.user(101, 102),
  });

  const [{ image, resources, env, securityContext }] = podSpec(web).initContainers;
  expect(image).toBe('tool:1');
  expect(resources).toEqual({ limits: { memory: '128Mi' } });
  expect(env).toContainEqual({ name: 'PROXY', value: '$$(HOST) $$$' });
  expect(securityContext).toMatchObject({ runAsUser: 101, runAsGroup: 102 });
});

test.each(steps)('%s has nothing that a subclass could override before it exists', (_, make) => {
  let prototype = Object.getPrototypeOf(make(deployment(), {}));
  while (prototype !== Construct.prototype) {
    expect(Object.getOwnPropertyNames(prototype)).toEqual(['constructor']);
    prototype = Object.getPrototypeOf(prototype);
  }
});

test('steps run in the order of the program, also below constructs, mixed with init containers of the user', () => {
  const web = deployment();
  const bundle = new Construct(web, 'database');
  new InitStep(web, 'first', { command: ['true'] });
  new InitStep(bundle, 'second', { command: ['true'] });
  web.addInitContainer({ name: 'own', image: 'tool:1' });
  new InitStep(web, 'third', { command: ['true'] });

  for (const scope of [web, bundle, InitStep.of(web)[0]]) {
    expect(InitStep.of(scope).map(step => step.containerName)).toEqual(['first', 'second', 'third']);
  }
  expect(podSpec(web).initContainers.map((container: any) => container.name))
    .toEqual(['first', 'second', 'own', 'third']);
});

test('InitStep.of gives a copy of the list of steps', () => {
  const web = deployment();
  new InitStep(web, 'first', { command: ['true'] });
  InitStep.of(web).pop();

  expect(InitStep.of(web)).toHaveLength(1);
});

test('rendering a workload with a step twice gives the same pod', () => {
  const web = deployment();
  new InitStep(web, 'first', { command: ['true'], writes: { '/data': new SharedDirectory(web, 'data') } });

  expect(podSpec(web)).toEqual(podSpec(web));
});

test('a later step reads what an earlier one writes, read-only', () => {
  const web = deployment();
  const data = new SharedDirectory(web, 'data');
  new InitStep(web, 'write', { command: ['true'], writes: { '/out': data } });
  new InitStep(web, 'read', { command: ['true'], reads: { '/in': data } });

  expect(podSpec(web).initContainers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/out', name: 'data' }],
    [{ mountPath: '/in', name: 'data', readOnly: true }],
  ]);
});

test('a step may read what an init container of the user writes', () => {
  const web = deployment();
  const data = new SharedDirectory(web, 'data');
  web.addInitContainer({
    name: 'own',
    image: 'tool:1',
    volumeMounts: [{ path: '/out', volume: data.asVolume() }],
  });

  expect(() => new InitStep(web, 'read', { command: ['true'], reads: { '/in': data } })).not.toThrow();
});

test('the timeout of an InitStep puts a program around its command, with both as data', () => {
  const web = deployment();
  new InitStep(web, 'migrate', {
    image: 'flyway:10',
    command: ['flyway', 'migrate'],
    args: ['-X'],
    timeout: Duration.minutes(3),
  });

  const [container] = podSpec(web).initContainers;
  expect(container.command.slice(0, 2)).toEqual(['sh', '-c']);
  expect(container.args).toEqual(['migrate', '180', 'flyway', 'migrate', '-X']);
});

test.each<[string, RunAs | undefined, kplus.PodSecurityContextProps | undefined, object]>([
  ['the user of an image of its own', undefined, undefined, { runAsNonRoot: true }],
  ['the user of its pod, no stricter than that',
    RunAs.inherited(), { ensureNonRoot: false }, { runAsNonRoot: false }],
  ['a user and a group', RunAs.user(101, 102), undefined, { runAsUser: 101, runAsGroup: 102, runAsNonRoot: true }],
  ['a user alone', RunAs.user(101), undefined, { runAsUser: 101, runAsNonRoot: true }],
  ['root', RunAs.user(0, 0), undefined, { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false }],
])('a step can run as %s', (_, runAs, securityContext, expected) => {
  const web = deployment({ containers: [{ image: 'my-app:1.0' }], securityContext });
  new InitStep(web, 'prepare', { image: 'tool:1', runAs });

  const { runAsUser, runAsGroup, runAsNonRoot } = podSpec(web).initContainers[0].securityContext;
  expect({ runAsUser, runAsGroup, runAsNonRoot }).toEqual({
    runAsUser: undefined,
    runAsGroup: undefined,
    ...expected,
  });
});

test('a step keeps the capabilities that it names, in an order of its own, and no others', () => {
  const web = deployment();
  const { CHOWN, DAC_OVERRIDE } = kplus.Capability;
  new InitStep(web, 'prepare', { command: ['true'], capabilities: [DAC_OVERRIDE, CHOWN, DAC_OVERRIDE] });

  expect(podSpec(web).initContainers[0].securityContext.capabilities)
    .toEqual({ add: ['CHOWN', 'DAC_OVERRIDE'], drop: ['ALL'] });
});

test('a step replaces the default resources as a whole, and can have a root file system that is writable', () => {
  const web = deployment();
  new InitStep(web, 'prepare', {
    command: ['true'],
    resources: { memory: { limit: Size.mebibytes(128) } },
    readOnlyRootFilesystem: false,
  });

  const [{ resources, securityContext }] = podSpec(web).initContainers;
  expect(resources).toEqual({ limits: { memory: '128Mi' } });
  expect(securityContext.readOnlyRootFilesystem).toBe(false);
});
