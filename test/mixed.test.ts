import { ApiObject, App, Chart, JsonPatch, Lazy, Size, Testing, type ResolutionContext } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type * as kplus33 from 'cdk8s-plus-33';
import { Construct } from 'constructs';
import { podSpecIn } from './pod-spec';
import {
  cdk8sPlusVersions, podTemplate, synthesizedPodSpec, typedPodTemplate, workloadKinds, type MakeWorkload,
} from './workload-kinds';
import { Endpoint, FileSource, GenerateConfig, InitStep, RunAs, SharedDirectory, WaitForService } from '../src';

const own = { name: 'own', image: 'tool:1' };
const names = (list: any[] = []) => list.map(each => each.name);
const kind = (name: string) => workloadKinds.find(([each]) => each === name)![1];

const typedSpec = { selector: {}, template: typedPodTemplate };
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: podTemplate } };

/** Objects without a class of cdk8s-plus: one that maps its JSON once more, one that does not. */
const objects: [string, MakeWorkload][] = [
  ['a KubeDeployment', chart => new kplus.k8s.KubeDeployment(chart, 'web', { spec: typedSpec })],
  ['an Argo Rollout', chart => new ApiObject(chart, 'web', rollout)],
];
const spec = '/spec/template/spec';
const template = FileSource.inline('x');

test.each(
  cdk8sPlusVersions,
)('in cdk8s-plus-%s steps run in the order of the program, and what it adds later is kept', (version, plus) => {
  const { Volume, EmptyDirMedium } = plus;
  const pod = synthesizedPodSpec(kind(`a Deployment of cdk8s-plus-${version}`), workload => {
    const web = workload as InstanceType<typeof plus.Deployment>;
    web.addInitContainer(own);
    new InitStep(web, 'first', { command: ['true'], writes: { '/data': new SharedDirectory(web, 'data') } });
    web.addInitContainer({ name: 'later', image: 'tool:1' });
    new InitStep(web, 'second', { command: ['true'] });
    web.addContainer({ name: 'late', image: 'late:1.0' });
    web.addVolume(Volume.fromEmptyDir(web, 'more', 'more', { medium: EmptyDirMedium.MEMORY }));
    new GenerateConfig(web, 'third', { template, path: '/app.conf', containers: ['late'] });
  });

  expect(names(pod.initContainers)).toEqual(['own', 'first', 'later', 'second', 'third']);
  expect(names(pod.containers)).toEqual(['app', 'sidecar', 'late']);
  expect(names(pod.volumes)).toEqual(['data', 'more', 'third-files']);
  expect(pod.containers.map((container: any) => container.volumeMounts)).toEqual([
    undefined,
    undefined,
    [{ mountPath: '/app.conf', name: 'third-files', readOnly: true, subPath: 'app.conf' }],
  ]);
});

/** The versions whose StatefulSet drops volumes unless it has claims. */
const dropping = cdk8sPlusVersions.filter(([version]) => Number(version) >= 31);

test.each(
  dropping as unknown as [string, typeof kplus33][],
)('a StatefulSet of cdk8s-plus-%s, which drops volumes without claims, keeps all of them', (version, { Volume }) => {
  const pod = synthesizedPodSpec(kind(`a StatefulSet of cdk8s-plus-${version}`), workload => {
    const web = workload as kplus33.StatefulSet;
    web.containers[0].mount('/own', Volume.fromEmptyDir(web, 'own', 'own'));
    new GenerateConfig(web, 'generate', { template, path: '/app.conf' });
    web.containers[0].mount('/data', Volume.fromName(web, 'data', 'data'));
    web.addVolumeClaimTemplate({ name: 'data', storage: Size.gibibytes(1) });
  });

  expect(pod.volumes).toEqual([
    { name: 'generate-files', emptyDir: { sizeLimit: '64Mi' } },
    { name: 'own', emptyDir: {} },
  ]);
});

test.each(objects)('in %s patches and steps take effect in the order of the program', (_, make) => {
  const pod = synthesizedPodSpec(make, workload => {
    const object = workload as ApiObject;
    object.addJsonPatch(
      JsonPatch.add(`${spec}/initContainers`, [own]),
      JsonPatch.add(`${spec}/containers/0`, { name: 'proxy', image: 'proxy:1' }),
    );
    new InitStep(object, 'first', { command: ['true'] });
    object.addJsonPatch(JsonPatch.add(`${spec}/initContainers/-`, { name: 'later', image: 'tool:1' }));
    new GenerateConfig(object, 'second', { template, path: '/app.conf' });
    object.addJsonPatch(
      JsonPatch.replace(`${spec}/initContainers/3/image`, 'mirror/busybox'),
      JsonPatch.add(`${spec}/containers/0/volumeMounts/-`, {
        name: 'second-files',
        mountPath: '/all',
      }),
    );
  });

  expect(pod.initContainers.map(({ name, image }: any) => [name, image.split(':')[0]])).toEqual([
    ['own', 'tool'],
    ['first', 'docker.io/library/busybox'],
    ['later', 'tool'],
    ['second', 'mirror/busybox'],
  ]);
  expect(pod.containers.map(({ name, volumeMounts }: any) => [name, volumeMounts])).toEqual([
    ['proxy', [
      { mountPath: '/app.conf', name: 'second-files', readOnly: true, subPath: 'app.conf' },
      { mountPath: '/all', name: 'second-files' },
    ]],
    ['app', undefined],
    ['sidecar', undefined],
  ]);
});

test.each<[string, MakeWorkload]>([
  ...objects, ['a Deployment of cdk8s-plus', kind('a Deployment of cdk8s-plus-28')],
])('in %s a step can be moved before the init containers of its vendor', (_, make) => {
  const pod = synthesizedPodSpec(make, workload => {
    const object = workload instanceof ApiObject ? workload : ApiObject.of(workload);
    if (workload instanceof kplus.Deployment) workload.addInitContainer(own);
    else object.addJsonPatch(JsonPatch.add(`${spec}/initContainers`, [own]));
    new GenerateConfig(workload, 'settings', { template, path: '/app.conf' });
    object.addJsonPatch(JsonPatch.move(`${spec}/initContainers/1`, `${spec}/initContainers/0`));
    new WaitForService(workload, 'wait', { endpoints: [Endpoint.tcp('db', 5432)] });
  });

  expect(names(pod.initContainers)).toEqual(['settings', 'own', 'wait']);
});

test('a step that is moved before what it reads is refused', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const web = new ApiObject(chart, 'web', rollout);
  const { file } = new GenerateConfig(web, 'first', { template });
  new InitStep(web, 'second', { command: ['read'], files: { '/in': FileSource.fromShared(file) } });
  web.addJsonPatch(JsonPatch.move(`${spec}/initContainers/1`, `${spec}/initContainers/0`));

  expect(() => Testing.synth(chart)).toThrow(
    "[shop/web] reads directory 'first-files' in init container 'second', but none before it writes it");
});

/** Steps that belong together. */
class Database extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const schema = new SharedDirectory(this, `${id}-schema`);
    new WaitForService(this, `${id}-wait`, { endpoints: [Endpoint.tcp(id, 5432)] });
    new GenerateConfig(this, `${id}-sql`, { template, directory: schema });
    new InitStep(this, `${id}-migrate`, { image: 'flyway:10', reads: { '/sql': schema } });
  }
}

test.each(workloadKinds)('bundles of steps join %s one after the other', (_, make) => {
  let steps: string[] = [];
  const pod = synthesizedPodSpec(make, workload => {
    new Database(workload, 'orders');
    new Database(new Construct(workload, 'below'), 'users');
    steps = InitStep.of(workload).map(step => step.containerName);
  });

  expect(steps).toEqual([
    'orders-wait', 'orders-sql', 'orders-migrate', 'users-wait', 'users-sql', 'users-migrate',
  ]);
  expect(names(pod.initContainers)).toEqual(steps);
  expect(names(pod.volumes)).toEqual(['orders-schema', 'users-schema']);
});

/** A construct of the user's own around a workload. */
class Around extends Construct {
  public constructor(scope: Construct, make: (scope: Construct) => Construct) {
    super(scope, 'around');
    make(this);
  }
}

test('the workload of a step is the nearest: above the step, at it, or inside it as its default child', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  const jobProps = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: podTemplate } };
  const plain = (scope: Construct, id: string) => new ApiObject(scope, id, jobProps);
  const job = plain(new Construct(web, 'below'), 'job');
  const around = new Around(chart, scope => plain(scope, 'Default'));
  const bundle = new Construct(web, 'bundle');
  new kplus.ConfigMap(bundle, 'Default');

  const workloadOf = (scope: Construct) =>
    new InitStep(scope, `step-${scope.node.id.toLowerCase()}`, { command: ['true'] }).workload;
  expect([web, ApiObject.of(web), bundle, job, around].map(workloadOf))
    .toEqual([web, web, web, job, around.node.defaultChild]);
});

test.each(objects)('a volume that %s has is shared, not added again', (_, make) => {
  const pod = synthesizedPodSpec(make, workload => {
    (workload as ApiObject).addJsonPatch(JsonPatch.add(`${spec}/volumes`, [{ name: 'data', emptyDir: {} }]));
    const writes = { '/data': kplus.Volume.fromEmptyDir(workload, 'v', 'data') };
    new InitStep(workload, 'write', { command: ['true'], writes });
  });

  expect(pod.volumes).toEqual([{ name: 'data', emptyDir: {} }]);
});

test.each(objects)('tokens in a step on %s are resolved as in the rest of the app', (_, make) => {
  const resolve = (context: ResolutionContext) => {
    if (context.value === '${Token[TOKEN.1]}') context.replaceValue('db.example.com');
  };
  const chart = new Chart(new App({ resolvers: [{ resolve }] }), 'shop');
  const workload = make(chart);
  new InitStep(workload, 'step', { command: ['true'], env: { HOST: kplus.EnvValue.fromValue('${Token[TOKEN.1]}') } });

  const [{ env }] = podSpecIn(Testing.synth(chart)[0]).initContainers;
  expect(env).toEqual([{ name: 'HOST', value: 'db.example.com' }]);
});

test.each<[string, object | undefined, boolean]>([
  ['a pod that says nothing', undefined, false],
  ['a pod that refuses root', { runAsNonRoot: true }, true],
])('a step that inherits its user is as strict as %s', (_, securityContext, runAsNonRoot) => {
  const pod = synthesizedPodSpec(
    chart => new kplus.k8s.KubePod(chart, 'web', { spec: { containers: [{ name: 'app' }], securityContext } }),
    workload => new InitStep(workload, 'step', { command: ['true'], runAs: RunAs.inherited() }),
  );

  expect(pod.initContainers[0].securityContext.runAsNonRoot).toBe(runAsNonRoot);
});

test('init containers that a class of one\'s own adds only later are not replaced silently', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const initContainers: object[] = [];
  const added = () => (initContainers.length > 0 ? initContainers : undefined);
  const produce = () => ({ ...podTemplate.spec, initContainers: added() });
  const web = new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { template: { spec: Lazy.any({ produce }) } },
  });
  new InitStep(web, 'step', { command: ['true'] });
  initContainers.push(own);

  expect(() => Testing.synth(chart)).toThrow(new Error(
    'Deployment: has got initContainers of its own after the first step, which would replace them; '
    + 'add them before the first step [shop/web]'));
});

test('in a Knative Service of several containers, none of which has a name, the first is shown a file', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const containers = [{ image: 'app:1', ports: [{ containerPort: 80 }] }, { image: 'sidecar:1' }];
  const web = new ApiObject(chart, 'web', {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    spec: { template: { spec: { containers } } },
  });
  new GenerateConfig(web, 'generate', { template, path: '/app.conf' });

  const pod = podSpecIn(Testing.synth(chart)[0]);
  expect(pod.containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/app.conf', name: 'generate-files', readOnly: true, subPath: 'app.conf' }],
    undefined,
  ]);
  expect(() => new GenerateConfig(web, 'again', { template, path: '/app.conf' })).toThrow(new Error(
    "GenerateConfig: 'path' must be free in a container without a name, got \"/app.conf\"; "
    + "volume 'generate-files' is mounted at /app.conf [shop/web/again]"));
});
