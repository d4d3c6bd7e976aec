import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { deployment, podSpec } from './workload';
import { DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, RunAs, SharedDirectory, WaitForService, type InitStepOptions } from '../src';

const busybox = 'docker.io/library/busybox:1.37.0-glibc@sha256:efa394a68601344526b8934cf3d5b11a04041db5f2b7f216fd7d37b445f88df5';

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

  const [{ image, securityContext: { runAsUser, runAsGroup, readOnlyRootFilesystem } }] = podSpec(web).initContainers;
  expect({ image, runAsUser, runAsGroup, readOnlyRootFilesystem })
    .toEqual({ image: busybox, runAsUser: 65534, runAsGroup: 65534, readOnlyRootFilesystem: true });
});

test('what is left out is the image\'s own: program, arguments, variables and mounts', () => {
  const web = deployment();
  new InitStep(web, 'plain', { image: 'tool:1' });
  new InitStep(web, 'with-arguments', { image: 'tool:1', args: ['--all'] });

  const [plain, withArguments] = podSpec(web).initContainers;
  expect(Object.keys(plain).sort()).toEqual(['image', 'imagePullPolicy', 'name', 'resources', 'securityContext', 'terminationMessagePolicy']);
  expect(withArguments).toEqual({ ...plain, name: 'with-arguments', args: ['--all'] });
});

const steps: [string, (web: kplus.Deployment, options: InitStepOptions) => InitStep][] = [
  ['InitStep', (web, options) => new InitStep(web, 'step', options)],
  ['WaitForService', (web, options) => new WaitForService(web, 'step', { endpoints: [Endpoint.tcp('db', 5432)], ...options })],
  ['DownloadConfig', (web, options) => new DownloadConfig(web, 'step', { url: 'http://config', ...options })],
  ['GenerateConfig', (web, options) => new GenerateConfig(web, 'step', { template: FileSource.inline('x'), ...options })],
];

test.each(steps)('%s takes what every step accepts', (_, make) => {
  const web = deployment();
  make(web, {
    image: 'tool:1',
    resources: { memory: { limit: Size.mebibytes(128) } },
    env: { PROXY: kplus.EnvValue.fromValue('$(HOST) $$') },
    runAs: RunAs.user(101, 102),
  });

  const [{ image, resources, env, securityContext: { runAsUser, runAsGroup } }] = podSpec(web).initContainers;
  expect({ image, resources, proxy: env.find(({ name }: any) => name === 'PROXY'), runAsUser, runAsGroup }).toEqual({
    image: 'tool:1', resources: { limits: { memory: '128Mi' } }, proxy: { name: 'PROXY', value: '$$(HOST) $$$' }, runAsUser: 101, runAsGroup: 102,
  });
});

test.each(steps)('%s has nothing that a subclass could override before it exists', (_, make) => {
  for (let each = Object.getPrototypeOf(make(deployment(), {})); each !== Construct.prototype; each = Object.getPrototypeOf(each)) {
    expect(Object.getOwnPropertyNames(each)).toEqual(['constructor']);
  }
});

test('steps run in the order in which they are created, also below other constructs, mixed with init containers of the user', () => {
  const web = deployment();
  const bundle = new Construct(web, 'database');
  new InitStep(web, 'first', {});
  new InitStep(bundle, 'second', {});
  web.addInitContainer({ name: 'own', image: 'tool:1' });
  new InitStep(web, 'third', {});

  expect([web, bundle, InitStep.of(web)[0]].map(scope => InitStep.of(scope).map(step => step.containerName)))
    .toEqual([['first', 'second', 'third'], ['first', 'second', 'third'], ['first', 'second', 'third']]);
  expect(podSpec(web).initContainers.map((container: any) => container.name)).toEqual(['first', 'second', 'own', 'third']);
});

test('the list of steps is a copy', () => {
  const web = deployment();
  new InitStep(web, 'first', {});
  InitStep.of(web).pop();

  expect(InitStep.of(web)).toHaveLength(1);
});

test('rendering twice gives the same pod', () => {
  const web = deployment();
  new InitStep(web, 'first', { writes: { '/data': new SharedDirectory(web, 'data') } });

  expect(podSpec(web)).toEqual(podSpec(web));
});

test('a later step reads what an earlier one writes, read-only', () => {
  const web = deployment();
  const data = new SharedDirectory(web, 'data');
  new InitStep(web, 'write', { writes: { '/out': data } });
  new InitStep(web, 'read', { reads: { '/in': data } });

  expect(podSpec(web).initContainers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/out', name: 'data' }],
    [{ mountPath: '/in', name: 'data', readOnly: true }],
  ]);
});

test('an init container of the user may be the writer', () => {
  const web = deployment();
  const data = new SharedDirectory(web, 'data');
  web.addInitContainer({ name: 'own', image: 'tool:1', volumeMounts: [{ path: '/out', volume: data.asVolume() }] });

  expect(() => new InitStep(web, 'read', { reads: { '/in': data } })).not.toThrow();
});

test('a timeout puts a program around the command, with both as data', () => {
  const web = deployment();
  new InitStep(web, 'migrate', { image: 'flyway:10', command: ['flyway', 'migrate'], args: ['-X'], timeout: Duration.minutes(3) });

  const [container] = podSpec(web).initContainers;
  expect(container.command.slice(0, 2)).toEqual(['sh', '-c']);
  expect(container.args).toEqual(['migrate', '180', 'flyway', 'migrate', '-X']);
});

test.each<[string, RunAs | undefined, kplus.PodSecurityContextProps | undefined, object]>([
  ['an image of one\'s own inherits the user', undefined, undefined, { runAsNonRoot: true }],
  ['a step that inherits is no stricter than its pod', RunAs.inherited(), { ensureNonRoot: false }, { runAsNonRoot: false }],
  ['a user and a group', RunAs.user(101, 102), undefined, { runAsUser: 101, runAsGroup: 102, runAsNonRoot: true }],
  ['a user alone', RunAs.user(101), undefined, { runAsUser: 101, runAsNonRoot: true }],
  ['root', RunAs.user(0, 0), undefined, { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false }],
])('%s', (_, runAs, securityContext, expected) => {
  const web = deployment({ containers: [{ image: 'my-app:1.0' }], securityContext });
  new InitStep(web, 'prepare', { image: 'tool:1', runAs });

  const { runAsUser, runAsGroup, runAsNonRoot } = podSpec(web).initContainers[0].securityContext;
  expect({ runAsUser, runAsGroup, runAsNonRoot }).toEqual({ runAsUser: undefined, runAsGroup: undefined, ...expected });
});

test('resources are replaced as a whole, and the root file system can be made writable', () => {
  const web = deployment();
  new InitStep(web, 'prepare', { resources: { memory: { limit: Size.mebibytes(128) } }, readOnlyRootFilesystem: false });

  const [{ resources, securityContext }] = podSpec(web).initContainers;
  expect(resources).toEqual({ limits: { memory: '128Mi' } });
  expect(securityContext.readOnlyRootFilesystem).toBe(false);
});
