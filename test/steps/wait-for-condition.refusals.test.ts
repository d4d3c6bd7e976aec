import { ApiObject, Chart, Cron, Duration, Include, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Condition, ExternalObject, InitStep, PodFragment, WaitForCondition,
  type ApiAccess, type ExternalObjectProps, type WaitForConditionProps,
} from '../../src';
import { NO_WORKLOAD, testAcceptance, testRefusals } from '../refusals';

const containers = [{ image: 'my-app:1.0' }];

function chartIn(namespace?: string): Chart {
  return new Chart(Testing.app(), 'shop', { namespace });
}

function certificate(props: object = {}, chart = chartIn()): ExternalObject {
  const whole = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'web', ...props };
  return new ExternalObject(chart, 'object', whole as ExternalObjectProps);
}

const ready = (props: object = {}) => Condition.met(certificate(props), 'Ready');

/** A wait in a Deployment `shop/web` of a namespace `shop`. */
function wait(props: object = {}, namespace: string | undefined = 'shop'): () => unknown {
  return () => {
    const web = new kplus.Deployment(chartIn(namespace), 'web', { containers });
    return new WaitForCondition(web, 'wait', { conditions: [ready()], ...props } as WaitForConditionProps);
  };
}

function step(apiAccess: ApiAccess): () => unknown {
  return () => new InitStep(new kplus.Deployment(chartIn('shop'), 'web', { containers }), 'ask', {
    command: ['true'], conditions: [ready()], apiAccess,
  });
}

/** A Job as it stands in YAML. */
function job(spec: object = {}, annotations: object = {}): ApiObject {
  return new ApiObject(chartIn(), 'job', {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', annotations: { ...annotations } }, spec,
  });
}

function object(kind: string, apiVersion = 'apps/v1', spec = {}): ApiObject {
  return new ApiObject(chartIn(), 'object', { apiVersion, kind, metadata: { name: 'x' }, spec });
}

const IN_VAIN = 'so that pods which start later would wait for it in vain';
const API = "Condition: 'construct' must be an object in a namespace, because a Role cannot name one of the whole "
  + "cluster, got Namespace 'x'; wait for something that depends on it, or ask for it in an InitStep whose account "
  + 'may read it';

testRefusals('WaitForCondition', [
  ['a chart as scope',
    () => new WaitForCondition(chartIn(), 'wait', { conditions: [ready()] }),
    `WaitForCondition: ${NO_WORKLOAD}, got Chart 'shop'; write new WaitForCondition(deployment, ...) [shop/wait]`],
  ['to wait for nothing', wait({ conditions: [] }),
    "WaitForCondition: 'conditions' must name at least one condition, got none [shop/web/wait]"],
  ['one condition twice', wait({ conditions: [ready(), Condition.met(certificate({}, chartIn('shop')), 'Ready')] }),
    "WaitForCondition: 'conditions' must be different, got certificate/web Ready [shop/web/wait]"],
  ['one condition twice, in the namespace of the pod and in none',
    wait({ conditions: [ready(), ready({ namespaceName: 'shop' })] }),
    "WaitForCondition: 'conditions' must be different, got certificate/web in shop Ready [shop/web/wait]"],
  ['a Job instead of a condition', wait({ conditions: [job()] }),
    "WaitForCondition: 'conditions' must hold Conditions, got an object of class ApiObject; "
      + 'write Condition.completed(job), .rolledOut(workload) or .met(construct, type) [shop/web/wait]'],
  ['a condition without brackets', wait({ conditions: ready() }),
    "WaitForCondition: 'conditions' must be a list of Conditions, got an object of class Condition; "
      + 'write it in brackets: [...] [shop/web/wait]'],
  ['a timeout of zero', wait({ timeout: Duration.seconds(0) }),
    "WaitForCondition: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 0 s [shop/web/wait]'],
  ['a variable of its program', wait({ env: { step_api: kplus.EnvValue.fromValue('/') } }),
    "WaitForCondition: 'env' must not name variables that begin with step_ or var_, got \"step_api\"; "
      + 'the programs of the steps get their own in them [shop/web/wait]'],
  ['a role for an account of nobody knows which namespace', () => {
    const web = new kplus.Deployment(chartIn(), 'web', { containers });
    return new WaitForCondition(web, 'wait', { conditions: [ready()] });
  }, "WaitForCondition: 'createRole' must be false where the program does not name the namespace of the pod, because a "
      + 'role is bound to an account of a namespace, got true; '
      + "name it, new Chart(app, 'shop', { namespace: 'shop' }), or make Role and RoleBinding elsewhere "
      + '[shop/web/wait]'],
  ['a role for a fragment whose account nobody names', () => {
    const pod = new PodFragment(chartIn('shop'), 'web');
    return new WaitForCondition(pod, 'wait', { conditions: [ready()] });
  }, "WaitForCondition: 'serviceAccount' must be given in a PodFragment, of which the account is not known, got none; "
      + "write kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'its-name'), or createRole: false and "
      + 'make Role and RoleBinding elsewhere [shop/web/wait]'],
  ['an account of another namespace', wait({
    serviceAccount: new kplus.ServiceAccount(chartIn('data'), 'robot', { metadata: { name: 'robot' } }),
  }), "WaitForCondition: 'serviceAccount' must be in the namespace of the pod, shop, got robot in data; "
      + 'a pod runs as an account of its own namespace [shop/web/wait]'],
  ['an account that is named in another namespace', wait({
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chartIn(), 'robot', 'robot', { namespaceName: 'data' }),
  }), "WaitForCondition: 'serviceAccount' must be in the namespace of the pod, shop, got robot in data; "
      + 'a pod runs as an account of its own namespace [shop/web/wait]'],
  ['the name of an account', wait({ serviceAccount: 'robot' }),
    "WaitForCondition: 'serviceAccount' must be a ServiceAccount, got \"robot\"; "
      + 'write ServiceAccount.fromServiceAccountName(scope, id, "robot") [shop/web/wait]'],
]);

testRefusals('InitStep', [
  ['access at a path that is none', step({ path: 'api' }),
    "InitStep: 'apiAccess' must be an absolute path, got \"api\" [shop/web/ask]"],
  ['access without verbs', step({ verbs: [] }),
    "InitStep: 'apiAccess.verbs' must name at least one verb, got none [shop/web/ask]"],
  ['verbs in capitals', step({ verbs: ['GET'] }),
    "InitStep: 'apiAccess.verbs' must be written in small letters, got \"GET\" [shop/web/ask]"],
  ['access that is said to end at once, although it waits', () => new InitStep(
    new kplus.Deployment(chartIn('shop'), 'web', { containers }), 'ask',
    { command: ['true'], conditions: [ready()], endsWithin: Duration.seconds(0) },
  ), "InitStep: 'endsWithin' must be more than no time for a step that waits for something, got 0 s; "
      + 'name the longest that it waits, or leave it out [shop/web/ask]'],
]);

testRefusals('Condition', [
  ['new', () => new (Condition as any)('completed'),
    'Condition: is not made with new; write Condition.completed, .rolledOut or .met'],
  ['a Job that is not there', () => Condition.completed(undefined!),
    "Condition: 'job' must be a construct, got nothing; if it comes from find(), nothing was found"],
  ['a Job that is a chart', () => Condition.completed(chartIn()),
    "Condition: 'job' must be an object of Kubernetes, got Chart 'shop'; "
      + 'what this program does not make is an ExternalObject [shop]'],
  ['an Include as a whole', () => Condition.completed(new Include(chartIn(), 'files', { url: '/dev/null' })),
    "Condition: 'job' must be an object of Kubernetes, got Include 'shop/files'; "
      + 'what this program does not make is an ExternalObject [shop/files]'],
  ['a CronJob to complete',
    () => Condition.completed(new kplus.CronJob(chartIn(), 'cron', {
      containers, schedule: Cron.daily(), metadata: { name: 'nightly' },
    })),
    "Condition: 'job' must be a Job of batch/v1, got CronJob 'nightly' of batch/v1; its Jobs have names of their own: "
      + 'wait for what they leave behind [shop/cron/Resource]'],
  ['a Deployment to complete', () => Condition.completed(object('Deployment')),
    "Condition: 'job' must be a Job of batch/v1, got Deployment 'x' of apps/v1; write Condition.rolledOut(...) "
      + '[shop/object]'],
  ['a Job of Volcano to complete', () => Condition.completed(object('Job', 'batch.volcano.sh/v1alpha1')),
    "Condition: 'job' must be a Job of batch/v1, got Job 'x' of batch.volcano.sh/v1alpha1; "
      + "write Condition.met(..., 'Complete'), or as its status has it [shop/object]"],
  ['a Workflow to complete', () => Condition.completed(object('Workflow', 'argoproj.io/v1alpha1')),
    "Condition: 'job' must be a Job of batch/v1, got Workflow 'x' of argoproj.io/v1alpha1; "
      + "write Condition.met(..., 'Complete'), or as its status has it [shop/object]"],
  ['a Job that is deleted when it has finished', () => Condition.completed(job({ ttlSecondsAfterFinished: 60 })),
    `Condition: Job migrate is deleted 60 s after it has finished, ${IN_VAIN}; remove its ttlSecondsAfterFinished `
      + '[shop/job]'],
  ['a Job that is deleted at once', () => Condition.completed(job({ ttlSecondsAfterFinished: 0 })),
    `Condition: Job migrate is deleted 0 s after it has finished, ${IN_VAIN}; remove its ttlSecondsAfterFinished `
      + '[shop/job]'],
  ['a condition of such a Job', () => Condition.met(job({ ttlSecondsAfterFinished: 5 }), 'SuccessCriteriaMet'),
    `Condition: Job migrate is deleted 5 s after it has finished, ${IN_VAIN}; remove its ttlSecondsAfterFinished `
      + '[shop/job]'],
  ['a hook of Helm that is deleted when it has succeeded',
    () => Condition.completed(job({}, { 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' })),
    `Condition: Job migrate is deleted as soon as it has succeeded, ${IN_VAIN}; let its helm.sh/hook-delete-policy be `
      + 'another one than before-hook-creation,hook-succeeded [shop/job]'],
  ['a hook of Argo CD that is deleted when it has succeeded',
    () => Condition.completed(job({}, { 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' })),
    `Condition: Job migrate is deleted as soon as it has succeeded, ${IN_VAIN}; `
      + 'let its argocd.argoproj.io/hook-delete-policy be another one than HookSucceeded [shop/job]'],
  ['a Job to roll out', () => Condition.rolledOut(job()),
    "Condition: 'workload' must be a Deployment, StatefulSet or DaemonSet of apps/v1, got Job 'migrate' of batch/v1; "
      + 'write Condition.completed(...) [shop/job]'],
  ['a Rollout of Argo to roll out', () => Condition.rolledOut(object('Rollout', 'argoproj.io/v1alpha1')),
    "Condition: 'workload' must be a Deployment, StatefulSet or DaemonSet of apps/v1, got Rollout 'x' of "
      + "argoproj.io/v1alpha1; write Condition.met(..., 'Available'), or as its status has it [shop/object]"],
  ['a Pod to roll out', () => Condition.rolledOut(object('Pod', 'v1')),
    "Condition: 'workload' must be a Deployment, StatefulSet or DaemonSet of apps/v1, got Pod 'x' of v1; "
      + "write Condition.met(..., 'Ready'), or as its status has it [shop/object]"],
  ['a StatefulSet of OpenKruise to roll out',
    () => Condition.rolledOut(object('StatefulSet', 'apps.kruise.io/v1beta1')),
    "Condition: 'workload' must be a Deployment, StatefulSet or DaemonSet of apps/v1, got StatefulSet 'x' of "
      + "apps.kruise.io/v1beta1; write Condition.met(..., 'Available'), or as its status has it [shop/object]"],
  ['a ReplicaSet to roll out', () => Condition.rolledOut(object('ReplicaSet')),
    "Condition: 'workload' must be a Deployment, StatefulSet or DaemonSet of apps/v1, got ReplicaSet 'x' of apps/v1; "
      + 'write Condition.rolledOut(...) of the Deployment that makes it [shop/object]'],
  ['a StatefulSet that nobody rolls out',
    () => Condition.rolledOut(object('StatefulSet', 'apps/v1', { updateStrategy: { type: 'OnDelete' } })),
    'Condition: StatefulSet x has the update strategy OnDelete, so that nobody knows when it is rolled out; '
      + 'wait for its Service with a WaitForService, or let it be RollingUpdate [shop/object]'],
  ['an object of the whole cluster', () => Condition.met(object('Namespace', 'v1'), 'Ready'), `${API} [shop/object]`],
  ['a type that is none', () => Condition.met(certificate(), 'is ready'),
    "Condition: 'conditionType' must be a type of status.conditions, as 'Ready', got \"is ready\""],
  ['a type that is not there', () => Condition.met(certificate(), undefined!),
    "Condition: 'conditionType' must be a text, got nothing"],
]);

testRefusals('ExternalObject', [
  ['an API version that is none', () => certificate({ apiVersion: 'cert-manager' }),
    "ExternalObject: 'apiVersion' must be an API version, as 'batch/v1', got \"cert-manager\" [shop/object]"],
  ['a kind in small letters', () => certificate({ kind: 'certificate' }),
    "ExternalObject: 'kind' must be a kind, as 'Job', got \"certificate\" [shop/object]"],
  ['an object of the whole cluster', () => certificate({ kind: 'ClusterIssuer', name: 'letsencrypt' }),
    "ExternalObject: 'kind' must be an object in a namespace, because a Role cannot name one of the whole cluster, "
      + "got ClusterIssuer 'letsencrypt'; wait for something that depends on it, or ask for it in an InitStep whose "
      + 'account may read it [shop/object]'],
  ['a name with a comma', () => certificate({ name: 'web,api' }),
    "ExternalObject: 'name' must be of lower-case letters, digits, \"-\" and \".\", got \"web,api\" [shop/object]"],
  ['a namespace that is none', () => certificate({ namespaceName: 'Shop' }),
    "ExternalObject: 'namespaceName' must be a DNS label (lower-case letters, digits and \"-\", at most 63 "
      + 'characters), got "Shop"; did you mean shop? [shop/object]'],
  ['a resource with a group', () => certificate({ resource: 'certificates.cert-manager.io' }),
    "ExternalObject: 'resource' must be a kind as in the API's path, as 'certificates', "
      + 'got "certificates.cert-manager.io" [shop/object]'],
  ['no name', () => certificate({ name: undefined }),
    "ExternalObject: 'name' must be a text, got nothing [shop/object]"],
  ['a property that it does not know', () => certificate({ namespacename: 'shop' }),
    "ExternalObject: 'namespacename' must be a known property, got \"shop\"; did you mean namespaceName? "
      + '[shop/object]'],
]);

testAcceptance('WaitForCondition', [
  ['one object and two conditions of it', wait({
    conditions: [ready(), Condition.met(certificate(), 'Issuing')],
  })],
  ['two objects of one kind and name in two groups', wait({
    conditions: [ready({ kind: 'Cluster' }), ready({ kind: 'Cluster', apiVersion: 'postgresql.cnpg.io/v1' })],
  })],
  ['two objects of one name', wait({ conditions: [ready(), ready({ namespaceName: 'data' })] })],
  ['a Job that says nothing of its end',
    wait({ conditions: [Condition.completed(job({ ttlSecondsAfterFinished: null }))] })],
  ['a hook that is deleted before the next one',
    wait({ conditions: [Condition.completed(job({}, { 'helm.sh/hook-delete-policy': 'before-hook-creation' }))] })],
  ['a resource of one\'s own', wait({ conditions: [ready({ kind: 'Redis', resource: 'redis' })] })],
  ['an account that is only named, in whichever namespace', wait({
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chartIn(), 'robot', 'robot'),
  })],
]);

test('a role for another account than the one that the pod has in the end is refused at synth', () => {
  const chart = chartIn('shop');
  const web = new kplus.Deployment(chart, 'web', { containers });
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'robot', 'robot');
  new WaitForCondition(web, 'wait', { conditions: [ready()], serviceAccount });

  expect(() => Testing.synth(chart)).toThrow(
    "[shop/web] runs as account 'default', whose token its step 'wait' has, but the step's serviceAccount is 'robot'; "
    + 'give the pod that account, or leave it out in the step',
  );
  ApiObject.of(web).addJsonPatch(JsonPatch.add('/spec/template/spec/serviceAccountName', 'robot'));
  expect(() => Testing.synth(chart)).not.toThrow();
});
