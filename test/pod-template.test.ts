import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { said } from './startup/app';
import { deployment } from './workload';
import {
  CopyFiles, Endpoint, FileSource, FileTree, GenerateConfig, GenerateEnv, InitDefaults, InitStep, PodTemplate,
  SharedDirectory, StartupGraph, WaitForService,
} from '../src';

const main = { name: 'main', image: 'my-app:1.0' };

/** An object of a chart `jobs`. */
function object(apiVersion: string, kind: string, spec: object): ApiObject {
  const chart = new Chart(Testing.app(), 'jobs');
  return new ApiObject(chart, kind.toLowerCase(), { apiVersion, kind, metadata: { name: 'train' }, spec });
}

const template = (...containers: object[]) => ({ metadata: { labels: { app: 'train' } }, spec: { containers } });

/** Objects with a pod spec in an unusual place, as their controllers have it. */
const KINDS: [kind: string, make: () => ApiObject, specPath: string][] = [
  ['a ScaledJob of KEDA', () => object('keda.sh/v1alpha1', 'ScaledJob', {
    jobTargetRef: { template: template(main) }, triggers: [{ type: 'kafka', metadata: { topic: 'orders' } }],
  }), '/spec/jobTargetRef/template/spec'],
  ['a RayCluster', () => object('ray.io/v1', 'RayCluster', {
    headGroupSpec: { rayStartParams: {}, template: template({ name: 'head', image: 'ray:2.9' }) },
    workerGroupSpecs: [{ groupName: 'gpu', replicas: 2, template: template(main) }],
  }), '/spec/workerGroupSpecs/0/template/spec'],
  ['a JobSet', () => object('jobset.x-k8s.io/v1alpha2', 'JobSet', {
    replicatedJobs: [{ name: 'workers', template: { spec: { parallelism: 4, template: template(main) } } }],
  }), '/spec/replicatedJobs/0/template/spec/template/spec'],
  ['a LeaderWorkerSet', () => object('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', {
    replicas: 2, leaderWorkerTemplate: { size: 4, workerTemplate: template(main) },
  }), '/spec/leaderWorkerTemplate/workerTemplate/spec'],
  ['a PyTorchJob', () => object('kubeflow.org/v1', 'PyTorchJob', {
    pytorchReplicaSpecs: { Worker: { replicas: 3, template: template(main) } },
  }), '/spec/pytorchReplicaSpecs/Worker/template/spec'],
  ['an InferenceService', () => object('serving.kserve.io/v1beta1', 'InferenceService', {
    predictor: { containers: [main], minReplicas: 1 },
  }), '/spec/predictor'],
];

/** What a JSON pointer leads to in the manifest of an object. */
function specIn(manifest: unknown, pointer: string): any {
  return pointer.split('/').slice(1).reduce((part: any, key) => part[key], manifest);
}

/** The pod spec of an object in the manifests of its chart. */
function podSpecOf(apiObject: ApiObject, specPath: string): any {
  const manifest = Testing.synth(Chart.of(apiObject)).find(({ kind }) => kind === apiObject.kind);
  return specIn(manifest, specPath);
}

test.each(KINDS)('%s has steps, their volumes, and what they show to its container', (_, make, specPath) => {
  const apiObject = make();
  const pod = new PodTemplate(apiObject, 'pod', { specPath });
  InitDefaults.set(pod, { kubernetesVersion: '1.35' });

  new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp('db', 5432)] });
  new GenerateConfig(pod, 'generate', { template: FileSource.inline('a'), path: '/app/app.conf' });
  new GenerateEnv(pod, 'variables', { templates: { GREETING: 'hello' }, variables: {} });

  const { initContainers, containers, volumes } = podSpecOf(apiObject, specPath);
  expect(initContainers.map(({ name }: { name: string }) => name)).toEqual(['wait', 'generate', 'variables']);
  expect(volumes).toEqual([
    { name: 'generate-files', emptyDir: { sizeLimit: '64Mi' } },
    { name: 'variables-files', emptyDir: expect.anything() },
  ]);
  expect(containers).toEqual([{
    ...main,
    env: [{
      name: 'GREETING',
      valueFrom: { fileKeyRef: { volumeName: 'variables-files', path: 'app.env', key: 'GREETING' } },
    }],
    volumeMounts: [{ mountPath: '/app/app.conf', name: 'generate-files', readOnly: true, subPath: 'app.conf' }],
  }]);
  expect(InitStep.of(pod).map(step => step.workload)).toEqual([pod, pod, pod]);
});

test('pod specs of one object have steps, volumes and containers of their own', () => {
  const ray = KINDS[1][1]();
  const [head, worker] = ['/spec/headGroupSpec/template/spec', '/spec/workerGroupSpecs/0/template/spec'];

  for (const [id, specPath] of Object.entries({ head, worker })) {
    const pod = new PodTemplate(ray, id, { specPath });
    const data = new SharedDirectory(pod, 'data');
    new InitStep(pod, 'fill', { command: ['fill', id], writes: { '/data': data } });
    new InitStep(pod, 'check', { likeContainer: id === 'head' ? 'head' : 'main', command: ['check'] });
  }

  const steps = [head, worker].map(specPath => podSpecOf(ray, specPath).initContainers.map(
    ({ name, image, command }: any) => ({ name, image: image.split('@')[0], command })));
  const fill = { name: 'fill', image: 'docker.io/library/busybox:1.37.0-glibc' };
  expect(steps).toEqual([
    [{ ...fill, command: ['fill', 'head'] }, { name: 'check', image: 'ray:2.9', command: ['check'] }],
    [{ ...fill, command: ['fill', 'worker'] }, { name: 'check', image: 'my-app:1.0', command: ['check'] }],
  ]);
});

test('where a model stands instead of containers steps run, and nothing can be shown to it', () => {
  const service = object('serving.kserve.io/v1beta1', 'InferenceService', {
    predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'pvc://models' } },
  });
  const pod = new PodTemplate(service, 'predictor', { specPath: '/spec/predictor' });
  const sources = [FileTree.fromTexts({ a: FileSource.inline('a') })];

  new CopyFiles(pod, 'copy', { sources });
  expect(() => new CopyFiles(pod, 'show', { sources, path: '/models' })).toThrow(
    "CopyFiles: nothing can see '/models', because jobs/inferenceservice/predictor has no container yet; "
      + 'there is no list of containers at /spec/predictor, so write the step without what shows it to one '
      + '[jobs/inferenceservice/predictor/show]',
  );

  expect(podSpecOf(service, '/spec/predictor').initContainers).toHaveLength(1);
});

test('the graph knows who a pod in an unusual place waits for, and who waits for it', () => {
  const [, make, specPath] = KINDS[3];
  const set = make();
  const pod = new PodTemplate(set, 'worker', { specPath });
  const chart = Chart.of(set);
  const workers = new kplus.Service(chart, 'workers', {
    selector: kplus.Pods.select(chart, 'pods', { labels: { app: 'train' } }), ports: [{ port: 80 }],
  });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:1.0', portNumber: 80 }] });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.service(workers)] });
  new WaitForService(pod, 'wait', { endpoints: [Endpoint.service(web.exposeViaService({ name: 'web' }))] });

  expect(StartupGraph.of(chart).edges().map(({ workload, answeredBy }) => [workload, answeredBy])).toEqual([
    ['jobs/leaderworkerset/worker', ['jobs/web']], ['jobs/web', ['jobs/leaderworkerset/worker']],
  ]);
  expect(said(chart)[0]).toMatch(/^error .*wait for each other/);
});

test('a pod in an unusual place that waits for itself is refused', () => {
  const [, make, specPath] = KINDS[0];
  const job = make();
  new WaitForService(new PodTemplate(job, 'pod', { specPath }), 'wait', { endpoints: [Endpoint.tcp('localhost', 80)] });

  expect(said(Chart.of(job))).toHaveLength(1);
  expect(said(Chart.of(job))[0]).toContain('its own pod, in which nothing answers before the steps have ended');
});

test('a step that a later patch takes away from a pod in an unusual place is missed', () => {
  const [, make, specPath] = KINDS[0];
  const job = make();
  new InitStep(new PodTemplate(job, 'pod', { specPath }), 'fill', { command: ['fill'] });
  job.addJsonPatch(JsonPatch.replace(`${specPath}/initContainers`, []));

  expect(() => Testing.synth(Chart.of(job)))
    .toThrow("[jobs/scaledjob/pod] has lost container 'fill' to a JSON patch; patch fields of it, not the list");
});

const scaled = KINDS[0][1];
const templateIn = (specPath: string, apiObject = scaled()) => () => new PodTemplate(apiObject, 'pod', { specPath });

/** An object that has a `PodTemplate` at its pod spec. */
function taken(): ApiObject {
  const apiObject = scaled();
  new PodTemplate(apiObject, 'first', { specPath: KINDS[0][2] });
  return apiObject;
}

/** A Workflow of Argo with a template that runs a container, and one that does not. */
function workflow(): ApiObject {
  const templates = [{ name: 'train', container: main }, { name: 'all', dag: { tasks: [] } }];
  return object('argoproj.io/v1alpha1', 'Workflow', { templates });
}

testRefusals('PodTemplate', [
  ['a place that is not there', templateIn('/spec/template/spec'),
    "PodTemplate: 'specPath' must lead to a pod spec of ScaledJob jobs/scaledjob, got \"/spec/template/spec\"; "
      + 'it has: /spec/jobTargetRef/template/spec [jobs/scaledjob/pod]'],
  ['a path with dots', templateIn('spec.jobTargetRef'),
    "PodTemplate: 'specPath' must be a JSON pointer, which begins with /, got \"spec.jobTargetRef\" "
      + '[jobs/scaledjob/pod]'],
  ['the pod spec of the object itself', templateIn('/spec/template/spec', object('apps/v1', 'Deployment', {
    template: template(main),
  })), "PodTemplate: 'specPath' must be an unusual place, got \"/spec/template/spec\"; "
    + 'the object itself is the scope for steps of this pod [jobs/deployment/pod]'],
  ['what is above a pod spec', templateIn('/spec/jobTargetRef/template'),
    "PodTemplate: 'specPath' must lead to a pod spec of ScaledJob jobs/scaledjob, got \"/spec/jobTargetRef/template\"; "
      + 'it has: /spec/jobTargetRef/template/spec [jobs/scaledjob/pod]'],
  ['a container of a template of Argo', templateIn('/spec/templates/0/container', workflow()),
    'PodTemplate: \'specPath\' must lead to a pod spec of Workflow jobs/workflow, got "/spec/templates/0/container"; '
      + 'it has: /spec/templates/0 [jobs/workflow/pod]'],
  ['one place twice', templateIn(KINDS[0][2], taken()),
    "PodTemplate: 'specPath' must have one PodTemplate only, got /spec/jobTargetRef/template/spec, "
      + 'which has jobs/scaledjob/first [jobs/scaledjob/pod]'],
  ['a workload of cdk8s-plus', () => new PodTemplate(deployment() as never, 'pod', { specPath: '/spec' }),
    "PodTemplate: 'apiObject' must be an ApiObject, got an object of class Deployment; "
      + 'workloads of cdk8s-plus are scopes for steps themselves'],
  ['an option that it does not have', () => new PodTemplate(scaled(), 'pod', { specPaht: '/spec' } as never),
    "PodTemplate: 'specPath' must be a text, got nothing; you wrote it 'specPaht' [jobs/scaledjob/pod]"],
]);

testRefusals('InitStep', [
  ['an object whose pod spec is elsewhere', () => new InitStep(scaled(), 'fill', { command: ['fill'] }),
    "InitStep: 'scope' must be a workload (a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus, "
      + "or an ApiObject with a pod template) or a construct below one, got ApiObject 'jobs/scaledjob'; write "
      + "new PodTemplate(object, 'pod', { specPath: '/spec/jobTargetRef/template/spec' }), and name that "
      + '[jobs/scaledjob/fill]'],
]);
