import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Cron, Helm, Include, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus29 from 'cdk8s-plus-29';
import * as kplus31 from 'cdk8s-plus-31';
import * as kplus33 from 'cdk8s-plus-33';
import * as kplus34 from 'cdk8s-plus-34';
import type { Construct } from 'constructs';
import { podSpecIn } from './pod-spec';

const { k8s } = kplus;

/** The containers of every workload here. */
export const appContainers = [{ name: 'app', image: 'my-app:1.0' }, { name: 'sidecar', image: 'sidecar:1.0' }];

const folder = mkdtempSync(join(tmpdir(), 'workloads-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bare = new kplus.Deployment(new Chart(Testing.app(), 'bare'), 'web', { containers: appContainers });

/** The pod template of a workload without steps, as a class of `cdk8s import` takes it. */
export const typedPodTemplate = ApiObject.prototype.toJson.call(ApiObject.of(bare)).spec.template;

/** The pod template of a workload without steps, as it stands in YAML. */
export const podTemplate = ApiObject.of(bare).toJson().spec.template;

const metadata = { name: 'web' };
const selector = { matchLabels: podTemplate.metadata.labels };
const spec = { selector, template: podTemplate };
const typedSpec = { selector, template: typedPodTemplate };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec };
const knativeService = {
  apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata, spec: { template: podTemplate },
};

type CustomResource = new (scope: Construct, id: string, props: any) => ApiObject;

/**
 * What `cdk8s import` makes of a custom resource: `template` is mapped where its schema tells of pods,
 * else taken as it is.
 */
function imported(mapTemplate: (typed: any) => any): CustomResource {
  return class extends ApiObject {
    public constructor(scope: Construct, id: string, props: any) {
      super(scope, id, {
        apiVersion: 'apps.kruise.io/v1alpha1',
        kind: 'CloneSet',
        ...props,
      });
    }

    public toJson(): any {
      const manifest = super.toJson();
      return { ...manifest, spec: { ...manifest.spec, template: mapTemplate(manifest.spec.template) } };
    }
  };
}

const KnowsPods = imported(k8s.toJson_PodTemplateSpec);
const TakesAnyTemplate = imported(any => any);

/** A file with a manifest. */
function fileWith(manifest: object): string {
  const file = join(folder, 'manifest.yaml');
  writeFileSync(file, Yaml.stringify(manifest));
  return file;
}

/** A helm that prints a manifest whatever it is asked. */
function helmThatPrints(manifest: object): string {
  const file = join(folder, 'helm');
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${Yaml.stringify(manifest)}END\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The Deployment among the objects of an Include. */
function deploymentOf(include: Include): ApiObject {
  return include.apiObjects.find(({ kind, name }) => kind === 'Deployment' && name === 'web')!;
}

/** Makes a workload in a chart. */
export type MakeWorkload = (chart: Chart) => Construct;

/** A workload by what it is, in words. */
type WorkloadKind = [words: string, make: MakeWorkload];

/** Versions of cdk8s-plus, whose classes have the same shape. */
export const cdk8sPlusVersions = Object.entries({
  28: kplus, 29: kplus29, 31: kplus31, 33: kplus33, 34: kplus34,
} as unknown as { [version: string]: typeof kplus });

function kindsOf([version, plus]: [string, typeof kplus]): WorkloadKind[] {
  const peersIn = (chart: Chart) => new plus.Service(chart, 'peers', { ports: [{ port: 80 }] });
  const kinds: { [kind: string]: MakeWorkload } = {
    Pod: chart => new plus.Pod(chart, 'web', { containers: appContainers }),
    Deployment: chart => new plus.Deployment(chart, 'web', { containers: appContainers }),
    StatefulSet: chart => new plus.StatefulSet(chart, 'web', {
      containers: appContainers,
      service: peersIn(chart),
    }),
    DaemonSet: chart => new plus.DaemonSet(chart, 'web', { containers: appContainers }),
    Job: chart => new plus.Job(chart, 'web', { containers: appContainers }),
    CronJob: chart => new plus.CronJob(chart, 'web', {
      containers: appContainers,
      schedule: Cron.daily(),
    }),
  };
  return Object.entries(kinds).map(([kind, make]) => [`a ${kind} of cdk8s-plus-${version}`, make]);
}

/** Every kind of workload. */
export const workloadKinds: WorkloadKind[] = [
  ...cdk8sPlusVersions.flatMap(kindsOf),
  ['a KubePod', chart => new k8s.KubePod(chart, 'web', { spec: typedPodTemplate.spec })],
  ['a KubeDeployment', chart => new k8s.KubeDeployment(chart, 'web', { spec: typedSpec })],
  ['a KubeStatefulSet', chart => new k8s.KubeStatefulSet(chart, 'web', {
    spec: { serviceName: 'web', ...typedSpec },
  })],
  ['a KubeDaemonSet', chart => new k8s.KubeDaemonSet(chart, 'web', { spec: typedSpec })],
  ['a KubeReplicaSet', chart => new k8s.KubeReplicaSet(chart, 'web', { spec: typedSpec })],
  ['a KubeJob', chart => new k8s.KubeJob(chart, 'web', { spec: { template: typedPodTemplate } })],
  ['a KubeCronJob', chart => new k8s.KubeCronJob(chart, 'web', {
    spec: { schedule: '@daily', jobTemplate: { spec: { template: typedPodTemplate } } },
  })],
  ['a Deployment of a Helm chart', chart => deploymentOf(new Helm(chart, 'release', {
    chart: 'web', helmExecutable: helmThatPrints(deployment),
  }))],
  ['a Deployment of an Include',
    chart => deploymentOf(new Include(chart, 'files', { url: fileWith(deployment) }))],
  ['an Argo Rollout', chart => new ApiObject(chart, 'web', rollout)],
  ['a Knative Service', chart => new ApiObject(chart, 'web', knativeService)],
  ['an imported custom resource that knows pods',
    chart => new KnowsPods(chart, 'web', { spec: { template: typedPodTemplate } })],
  ['an imported custom resource that takes any template',
    chart => new TakesAnyTemplate(chart, 'web', { spec: { template: podTemplate } })],
];

/** The pod spec of a workload in the YAML of its chart; the order of volumes means nothing. */
export function synthesizedPodSpec(make: MakeWorkload, change: (workload: Construct) => void = () => {}): any {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  change(make(chart));
  const [pod] = Testing.synth(chart).flatMap(manifest => podSpecIn(manifest) ?? []);
  const volumes = [...pod.volumes ?? []].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ...pod, volumes };
}
