import { ApiObject, Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { deployment, podSpec } from './workload';
import { synthesizedPodSpec, workloadKinds } from './workload-kinds';
import {
  GenerateConfig, FileSource, InitDefaults, InitStep, RunAs, SharedDirectory, type InitStepProps,
} from '../src';

const text = (value: string) => kplus.EnvValue.fromValue(value);
const settings = { name: 'settings' } as kplus.IConfigMap;

/** A Deployment whose app says all that a step can take from it. */
function app(): kplus.Deployment {
  const web = deployment({
    containers: [{
      image: 'my-app:1.0',
      args: ['serve'],
      portNumber: 8080,
      workingDir: '/srv',
      envVariables: { HOST: text('db'), URL: text('postgres://$(HOST)/shop'), APP: text('web') },
      envFrom: [kplus.Env.fromConfigMap(settings, 'APP_')],
      resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { limit: Size.mebibytes(512) } },
      securityContext: { user: 10001, group: 10002, readOnlyRootFilesystem: false },
    }],
  });
  const volume = kplus.Volume.fromConfigMap(web, 'volume', settings, { name: 'settings' });
  web.containers[0].mount('/etc/app/app.conf', volume, { subPath: 'app.conf' });
  return web;
}

function stepOf(web: kplus.Deployment, props: InitStepProps): any {
  new InitStep(web, 'migrate', props);
  const { initContainers, containers } = podSpec(web);
  return { step: initContainers.at(-1), main: containers[0] };
}

test('a step like a container of the app has its image, variables, mounts, folder, resources and user', () => {
  const { step, main } = stepOf(app(), { likeContainer: 'main', command: ['migrate', '--all'] });

  const { image, env, envFrom, volumeMounts, workingDir, resources } = main;
  expect(step).toEqual({
    name: 'migrate',
    command: ['migrate', '--all'],
    image,
    env,
    envFrom,
    volumeMounts,
    workingDir,
    resources,
    imagePullPolicy: 'Always',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: false,
      runAsGroup: 10002,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  });
});

test('what a step says itself wins, variable by variable and mount by mount', () => {
  const web = app();
  const directory = new SharedDirectory(web, 'out');

  const { step } = stepOf(web, {
    likeContainer: 'main',
    image: 'migrations:1.0',
    command: ['migrate'],
    env: { HOST: text('$(PRIMARY)'), ZONE: text('a') },
    envFrom: [kplus.Env.fromSecret({ name: 'keys' } as kplus.ISecret)],
    files: { '/etc/app/app.conf': FileSource.fromConfigMap(settings, 'migrate.conf') },
    writes: { '/out': directory },
    workingDir: '/migrations',
    runAs: RunAs.user(7, 8),
    readOnlyRootFilesystem: true,
  });

  const { image, env, envFrom, volumeMounts, workingDir, securityContext } = step;
  expect({ image, env, envFrom, volumeMounts, workingDir }).toEqual({
    image: 'migrations:1.0',
    env: [
      { name: 'HOST', value: '$$(PRIMARY)' },
      { name: 'URL', value: 'postgres://$(HOST)/shop' },
      { name: 'APP', value: 'web' },
      { name: 'ZONE', value: 'a' },
    ],
    envFrom: [{ configMapRef: { name: 'settings' }, prefix: 'APP_' }, { secretRef: { name: 'keys' } }],
    volumeMounts: [
      { name: 'out', mountPath: '/out' },
      { name: 'migrate-app-conf', mountPath: '/etc/app/app.conf', subPath: 'migrate.conf', readOnly: true },
    ],
    workingDir: '/migrations',
  });
  expect(securityContext).toMatchObject({ runAsUser: 7, runAsGroup: 8, readOnlyRootFilesystem: true });
});

test('defaults add variables that the container of the app does not have', () => {
  const web = app();
  InitDefaults.set(web, { env: { HOST: text('other'), PROXY: text('http://proxy') } });

  expect(stepOf(web, { likeContainer: 'main', command: ['migrate'] }).step.env).toEqual([
    { name: 'HOST', value: 'db' },
    { name: 'URL', value: 'postgres://$(HOST)/shop' },
    { name: 'APP', value: 'web' },
    { name: 'PROXY', value: 'http://proxy' },
  ]);
});

test('a step sees the files that earlier steps wrote for the container that it is like', () => {
  const web = app();
  new GenerateConfig(web, 'generate', { template: FileSource.inline('a'), path: '/app/app.conf' });

  const { step } = stepOf(web, { likeContainer: 'main', command: ['migrate'] });

  expect(step.volumeMounts).toContainEqual({
    name: 'generate-files', mountPath: '/app/app.conf', subPath: 'app.conf', readOnly: true,
  });
});

test.each(workloadKinds)('a step of %s is like its container', (_, make) => {
  const { initContainers: [step], containers: [main] } = synthesizedPodSpec(make, workload => {
    new InitStep(workload, 'migrate', { likeContainer: 'app', command: ['migrate'] });
  });

  const { image, resources } = main;
  expect({ image: step.image, resources: step.resources }).toEqual({ image, resources });
});

/** An object with a pod template that is written as JSON. */
function fromManifest(container: object): ApiObject {
  const volumes = [
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } }, { name: 'cache', emptyDir: {} },
  ];
  const template = { spec: { containers: [{ name: 'main', image: 'my-app:1.0', ...container }], volumes } };
  return new ApiObject(new Chart(Testing.app(), 'shop'), 'web', {
    apiVersion: 'apps/v1', kind: 'Deployment', spec: { template },
  });
}

test('a container in a manifest is taken with what cdk8s-plus has no words for', () => {
  const container = {
    env: [
      { name: 'HOST', value: 'db' },
      { name: 'URL', value: 'postgres://$(HOST)/shop' },
      { name: 'EMPTY' },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key', optional: true } } },
      { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    ],
    envFrom: [{ secretRef: { name: 'keys', optional: true }, prefix: 'K_' }],
    resources: { limits: { 'memory': '100M', 'example.com/gpu': 1 } },
    volumeMounts: [
      { name: 'data', mountPath: '/data', subPathExpr: '$(HOST)', readOnly: true },
      { name: 'cache', mountPath: '/cache/', mountPropagation: 'HostToContainer' },
    ],
    workingDir: '/srv',
  };
  const web = fromManifest({ ...container, securityContext: { runAsUser: 5, runAsNonRoot: true } });

  new InitStep(web, 'migrate', { likeContainer: 'main', command: ['migrate'] });

  const [step] = Testing.synth(Chart.of(web))[0].spec.template.spec.initContainers;
  expect(step).toMatchObject({
    ...container,
    env: container.env.map(each => (each.name === 'EMPTY' ? { name: 'EMPTY', value: '' } : each)),
    volumeMounts: [container.volumeMounts[0], { ...container.volumeMounts[1], mountPath: '/cache' }],
    resources: { limits: { 'memory': '100M', 'example.com/gpu': '1' } },
    securityContext: { runAsUser: 5, runAsNonRoot: true, readOnlyRootFilesystem: false },
  });
});

test.each([
  ['my-app:1.0', 'IfNotPresent'], ['my-app', 'Always'], ['host:5000/my-app:latest', 'Always'],
  ['host:5000/my-app', 'Always'], ['my-app@sha256:0', 'IfNotPresent'], ['host:5000/a/my-app:1', 'IfNotPresent'],
])('a step like a container whose image is %s is pulled as that is: %s', (image, policy) => {
  const web = fromManifest({ image });
  new InitStep(web, 'migrate', { likeContainer: 'main', command: ['migrate'] });

  expect(web.toJson().spec.template.spec.initContainers[0].imagePullPolicy).toBe(policy);
});

test('variables of the app that refer to a value of the same name stay as they are, also in their order', () => {
  const envVariables = { P: text('$(P):x'), Q: text('1') };
  const web = deployment({ containers: [{ image: 'a', envVariables }] });

  const { step } = stepOf(web, { likeContainer: 'main', command: ['migrate'], expandVariables: true });

  expect(step.env).toEqual([{ name: 'P', value: '$(P):x' }, { name: 'Q', value: '1' }]);
});

const like = (props: Partial<InitStepProps>, web = app()) => () =>
  new InitStep(web, 'migrate', { likeContainer: 'main', command: ['migrate'], ...props });

/** A directory of which the app sees a file that nobody has written yet. */
function unwritten(): kplus.Deployment {
  const web = app();
  new SharedDirectory(web, 'files').file('a').mountAt('/a');
  return web;
}

/** The same as `unwritten`, in a manifest. */
function unwrittenInManifest(): ApiObject {
  const web = fromManifest({});
  const files = new SharedDirectory(web, 'files');
  new GenerateConfig(web, 'generate', { template: FileSource.inline('a'), directory: files, fileName: 'b' });
  files.file('a').mountAt('/a');
  return web;
}

testRefusals('InitStep', [
  ['a file that no earlier step writes, of an app in a manifest', like({}, unwrittenInManifest() as never),
    "InitStep: reads a of directory 'files', but no earlier step writes it; create the step that writes it first "
      + '[shop/web/migrate]'],
  ['a variable of the app that the library has for itself', like({ retryInterval: Duration.seconds(1) }, deployment({
    containers: [{ image: 'a', envVariables: { step_limit: text('1') } }],
  })), "InitStep: 'likeContainer' must not name variables that begin with step_ or var_, got \"step_limit\"; "
    + 'the programs of the steps get their own in them [shop/web/migrate]'],
  ['a container that there is not', like({ likeContainer: 'app' }),
    "InitStep: 'likeContainer' must name a container of shop/web, got \"app\"; it has: main [shop/web/migrate]"],
  ['a container without an image', like({}, fromManifest({ image: undefined }) as never),
    "InitStep: 'likeContainer' must be a container with an image, got \"main\" [shop/web/migrate]"],
  ['no program', like({ command: undefined }),
    "InitStep: has likeContainer but no command, so it would run the app itself; write command: ['...'] "
      + '[shop/web/migrate]'],
  ['a name that the shell would lose', like({ timeout: Duration.minutes(1) }, deployment({
    containers: [{ image: 'a', envVariables: { 'a.b': text('c') } }],
  })),
  "InitStep: 'env' must have names of letters, digits and _ when there is a timeout, got \"a.b\"; "
    + 'the shell that keeps the time may not pass on others, so leave timeout out [shop/web/migrate]'],
  ['a folder that is not absolute', like({ workingDir: 'srv' }),
    "InitStep: 'workingDir' must be an absolute path, got \"srv\" [shop/web/migrate]"],
  ['a ConfigMap itself for variables', like({ envFrom: [new kplus.ConfigMap(app(), 'b')] as never }),
    "InitStep: 'envFrom' must hold EnvFroms, got an object of class ConfigMap; write Env.fromConfigMap(configMap) "
      + '[shop/web/migrate]'],
  ['a file that no earlier step writes', like({}, unwritten()),
    "InitStep: reads a of directory 'files', but no earlier step writes it; create the step that writes it first "
      + '[shop/web/migrate]'],
]);
