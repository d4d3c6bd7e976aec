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

const { k8s } = kplus;

/** The containers of every workload here. */
export const containers = [{ name: 'app', image: 'my-app:1.0' }, { name: 'sidecar', image: 'sidecar:1.0' }];
const folder = mkdtempSync(join(tmpdir(), 'workloads-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bare = new kplus.Deployment(new Chart(Testing.app(), 'bare'), 'web', { containers });

/** The pod template of a workload without steps, as a class of `cdk8s import` takes it. */
export const typedTemplate = ApiObject.prototype.toJson.call(ApiObject.of(bare)).spec.template;

/** The same as it stands in YAML. */
export const template = ApiObject.of(bare).toJson().spec.template;

const selector = { matchLabels: template.metadata.labels };
const metadata = { name: 'web' };
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec: { selector, template } };

/** What `cdk8s import` makes of a custom resource: `template` is mapped where its schema tells of pods, else taken as it is. */
function imported(mapTemplate: (typed: any) => any): new (scope: Construct, id: string, props: any) => ApiObject {
  return class extends ApiObject {
    public constructor(scope: Construct, id: string, props: any) {
      super(scope, id, { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet', ...props });
    }

    public toJson(): any {
      const { spec, ...resolved } = super.toJson();
      return { ...resolved, spec: { ...spec, template: mapTemplate(spec.template) } };
    }
  };
}

function included(manifest: object): string {
  const file = join(folder, 'manifest.yaml');
  writeFileSync(file, Yaml.stringify(manifest));
  return file;
}

/** A helm that prints a manifest whatever it is asked. */
function helm(manifest: object): string {
  const file = join(folder, 'helm');
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${Yaml.stringify(manifest)}END\n`);
  chmodSync(file, 0o755);
  return file;
}

const named = (include: Include) => include.apiObjects.find(object => object.kind === 'Deployment' && object.name === 'web')!;
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template } };

/** Makes a workload in a chart. */
export type Make = (chart: Chart) => Construct;

/** Versions of cdk8s-plus, whose classes have the same shape. */
export const versions = Object.entries(
  { 28: kplus, 29: kplus29, 31: kplus31, 33: kplus33, 34: kplus34 } as unknown as { [version: string]: typeof kplus },
);

/** Every kind of workload. */
export const kinds: [string, Make][] = [
  ...versions.flatMap(([version, { Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob, Service }]): [string, Make][] => [
    [`a Pod of cdk8s-plus-${version}`, chart => new Pod(chart, 'web', { containers })],
    [`a Deployment of cdk8s-plus-${version}`, chart => new Deployment(chart, 'web', { containers })],
    [`a StatefulSet of cdk8s-plus-${version}`, chart => new StatefulSet(chart, 'web', {
      containers, service: new Service(chart, 'peers', { ports: [{ port: 80 }] }),
    })],
    [`a DaemonSet of cdk8s-plus-${version}`, chart => new DaemonSet(chart, 'web', { containers })],
    [`a Job of cdk8s-plus-${version}`, chart => new Job(chart, 'web', { containers })],
    [`a CronJob of cdk8s-plus-${version}`, chart => new CronJob(chart, 'web', { containers, schedule: Cron.daily() })],
  ]),
  ['a KubePod', chart => new k8s.KubePod(chart, 'web', { spec: typedTemplate.spec })],
  ['a KubeDeployment', chart => new k8s.KubeDeployment(chart, 'web', { spec: { selector, template: typedTemplate } })],
  ['a KubeStatefulSet', chart => new k8s.KubeStatefulSet(chart, 'web', { spec: { serviceName: 'web', selector, template: typedTemplate } })],
  ['a KubeDaemonSet', chart => new k8s.KubeDaemonSet(chart, 'web', { spec: { selector, template: typedTemplate } })],
  ['a KubeReplicaSet', chart => new k8s.KubeReplicaSet(chart, 'web', { spec: { selector, template: typedTemplate } })],
  ['a KubeJob', chart => new k8s.KubeJob(chart, 'web', { spec: { template: typedTemplate } })],
  ['a KubeCronJob', chart => new k8s.KubeCronJob(chart, 'web', { spec: { schedule: '@daily', jobTemplate: { spec: { template: typedTemplate } } } })],
  ['a Deployment of a Helm chart', chart => named(new Helm(chart, 'release', { chart: 'web', helmExecutable: helm(deployment) }))],
  ['a Deployment of an Include', chart => named(new Include(chart, 'files', { url: included(deployment) }))],
  ['an Argo Rollout', chart => new ApiObject(chart, 'web', rollout)],
  ['a Knative Service', chart => new ApiObject(chart, 'web', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata, spec: { template } })],
  ['an imported custom resource that knows pods', chart => new (imported(k8s.toJson_PodTemplateSpec))(chart, 'web', { spec: { template: typedTemplate } })],
  ['an imported custom resource that takes any template', chart => new (imported(any => any))(chart, 'web', { spec: { template } })],
];

/** The pod spec of the workload in the YAML of a chart; the order of volumes means nothing. */
export function podSpecOf(make: Make, change: (workload: Construct) => void = () => {}): any {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  change(make(chart));
  const { kind, spec } = Testing.synth(chart).find(({ kind: each, spec: { template: pod, jobTemplate } }) => each === 'Pod' || pod || jobTemplate);
  const pod = kind === 'Pod' ? spec : (spec.jobTemplate?.spec ?? spec).template.spec;
  return { ...pod, volumes: [...pod.volumes ?? []].sort((one, other) => (one.name < other.name ? -1 : 1)) };
}
