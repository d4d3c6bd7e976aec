import { ApiObject } from 'cdk8s';
import { chartIn, said, workloadIn, type Labels } from './app';
import { Condition, ExternalObject, InitStep, WaitForCondition, type ExternalObjectProps } from '../../src';

/** What is said of a wait in shop/web for a condition of an object of others. */
function saidOf(apiVersion: string, kind: string, type = 'Ready', props: Partial<ExternalObjectProps> = {}): string[] {
  const chart = chartIn('shop');
  const object = new ExternalObject(chart, 'object', { apiVersion, kind, name: 'x', ...props });
  const web = workloadIn(chart, 'Deployment', 'web');
  new WaitForCondition(web, 'wait', { conditions: [Condition.met(object, type)] });
  return said(chart).filter(each => each.startsWith('warning'));
}

/** What is said of a workload with these annotations that waits for a certificate. */
function saidOfHook(annotations: Labels, ofRole: Labels = {}, kind = 'Job'): string[] {
  const chart = chartIn('shop');
  const object = new ExternalObject(chart, 'object', {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'x',
  });
  const workload = workloadIn(chart, kind, 'migrate', { annotations });
  const step = new WaitForCondition(workload, 'wait', { conditions: [Condition.met(object, 'Ready')] });
  for (const made of step.node.findAll().filter(each => ApiObject.isApiObject(each)) as ApiObject[]) {
    for (const [name, value] of Object.entries(ofRole)) made.metadata.addAnnotation(name, value);
  }
  return said(chart).filter(each => each.startsWith('warning'));
}

const waits = (what: string) => [`warning [shop/web/wait] waits for condition ${what}`];

test.each([
  ['apps/v1', 'Deployment', 'Avaliable',
    'Avaliable of deployment/x, but a Deployment has only Available, Progressing, ReplicaFailure; '
    + 'did you mean Available?'],
  ['apps/v1', 'Deployment', 'Ready',
    'Ready of deployment/x, but a Deployment has only Available, Progressing, ReplicaFailure; '
    + 'did you mean Available, or Condition.rolledOut(...)?'],
  ['apps/v1', 'StatefulSet', 'Ready',
    'Ready of statefulset/x, but a StatefulSet has no conditions; write Condition.rolledOut(...)'],
  ['apps/v1', 'DaemonSet', 'Ready',
    'Ready of daemonset/x, but a DaemonSet has no conditions; write Condition.rolledOut(...)'],
  ['apps/v1', 'ReplicaSet', 'Ready',
    'Ready of replicaset/x, but a ReplicaSet has only ReplicaFailure; '
    + 'write Condition.rolledOut(...) of the Deployment that makes it'],
  ['batch/v1', 'Job', 'Succeeded',
    'Succeeded of job/x, but a Job has only Complete, Failed, FailureTarget, SuccessCriteriaMet, Suspended; '
    + 'write Condition.completed(...)'],
  ['v1', 'PersistentVolumeClaim', 'Bound',
    'Bound of persistentvolumeclaim/x, but a PersistentVolumeClaim has only ControllerResizeError, '
    + 'FileSystemResizePending, ModifyVolumeError, ModifyingVolume, NodeResizeError, Resizing; '
    + 'remove the condition: a pod that mounts the claim starts only when it is bound'],
  ['v1', 'ConfigMap', 'Ready',
    'Ready of configmap/x, but a ConfigMap has no conditions; '
    + 'remove the condition, or ask for what is meant in an InitStep with apiAccess'],
])('of %s, a %s never has condition %s, which is a warning', (apiVersion, kind, type, text) => {
  expect(saidOf(apiVersion, kind, type)).toEqual(waits(text));
});

test.each([
  ['v1', 'Pod', 'Ready'], ['v1', 'Pod', 'example.com/warm'], ['apps/v1', 'Deployment', 'available'],
  ['batch/v1', 'Job', 'Suspended'], ['v1', 'Service', 'example.com/balanced'], ['v1', 'Service', 'Balanced'],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'Ready'], ['cert-manager.io/v1', 'Certificate', 'Ready'],
])('of %s, a %s may have condition %s', (apiVersion, kind, type) => {
  expect(saidOf(apiVersion, kind, type)).toEqual([]);
});

test('a plain InitStep that asks for a condition is warned of as well', () => {
  const chart = chartIn('shop');
  const agent = workloadIn(chart, 'DaemonSet', 'agent');
  const conditions = [Condition.met(agent, 'Ready')];
  new InitStep(workloadIn(chart, 'Deployment', 'web'), 'wait', { command: ['kubectl'], conditions, apiAccess: {} });

  expect(said(chart)).toContain('warning [shop/web/wait] waits for condition Ready of daemonset/agent in shop, '
    + 'but a DaemonSet has no conditions; write Condition.rolledOut(...)');
});

test.each([
  ['redis.redis.opstreelabs.in/v1beta2', 'Redis', 'redis/x under redises'],
  ['metrics.k8s.io/v1beta1', 'PodMetrics', 'podmetrics/x under podmetricses'],
  ['example.com/v1', 'DNS', 'dns/x under dnses'],
])('of %s, the name of %s in the path is a guess that is a warning', (apiVersion, kind, text) => {
  expect(saidOf(apiVersion, kind)).toEqual([
    `warning [shop/web/wait] asks for ${text}, a name that is only guessed of ${kind}; `
    + "compare 'kubectl api-resources', and make an ExternalObject with that resource",
  ]);
});

test.each([
  ['Prometheus', undefined], ['SecretAccess', undefined], ['NetworkPolicy', undefined], ['Redis', 'redis'],
  ['Redis', 'redises'],
])('nothing is guessed of %s with resource %s', (kind, resource) => {
  expect(saidOf('example.com/v1', kind, 'Ready', { resource })).toEqual([]);
});

const LATE = ['warning [shop/migrate/wait] asks the API server, but its Role is applied after shop/migrate is up; '
  + 'give the Role and RoleBinding below the step the same hook with a lower weight, or no later wave, '
  + 'or write createRole: false and make them elsewhere'];

test.each([
  [{ 'helm.sh/hook': 'pre-install,pre-upgrade' }],
  [{ 'argocd.argoproj.io/hook': 'PreSync' }],
  [{ 'argocd.argoproj.io/sync-wave': '-1' }],
])('a Role is too late for a workload with %p', annotations => {
  expect(saidOfHook(annotations)).toEqual(LATE);
});

test.each([
  [{ 'helm.sh/hook': 'post-install' }, {}],
  [{ 'helm.sh/hook': 'pre-delete' }, {}],
  [{ 'argocd.argoproj.io/sync-wave': '2' }, {}],
  [{ 'helm.sh/hook': 'pre-install' }, { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': '-5' }],
  [{ 'argocd.argoproj.io/sync-wave': '-1' }, { 'argocd.argoproj.io/sync-wave': '-1' }],
])('for a workload with %p, a Role with %p is in time', (annotations, ofRole) => {
  expect(saidOfHook(annotations, ofRole)).toEqual([]);
});

test('the pods of a CronJob start later than its wave', () => {
  expect(saidOfHook({ 'argocd.argoproj.io/sync-wave': '-1' }, {}, 'CronJob')).toEqual([]);
});
