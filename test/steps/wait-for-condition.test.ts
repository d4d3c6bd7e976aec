import { ApiObject, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Condition, ExternalObject, InitStep, WaitForCondition, type WaitForConditionProps } from '../../src';
import { waitForCondition } from '../../src/programs';
import { podSpecIn } from '../pod-spec';
import { cdk8sPlusVersions, synthesizedPodSpec, workloadKinds } from '../workload-kinds';

const containers = [{ image: 'my-app:1.0' }];

function shop(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop' });
}

/** A Deployment of a chart, whatever its name. */
function web(chart: Chart, props: kplus.DeploymentProps = {}): kplus.Deployment {
  return new kplus.Deployment(chart, 'web', { containers, ...props });
}

/** A Job of this name, as it stands in YAML. */
function job(chart: Chart, name = 'migrate', metadata: object = {}): ApiObject {
  return new ApiObject(chart, name, {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name, ...metadata }, spec: { template: { spec: { containers } } },
  });
}

/** A certificate that somebody else makes. */
function certificate(scope: Construct, namespaceName?: string): ExternalObject {
  return new ExternalObject(scope, 'certificate', {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'web-tls', namespaceName,
  });
}

/** The step of the workload that is called so. */
function stepOf(chart: Chart, name = 'wait'): any {
  const pods = chart.toJson().flatMap(manifest => podSpecIn(manifest) ?? []);
  return pods.flatMap(({ initContainers = [] }) => initContainers).find(each => each.name === name);
}

/** The Roles of a chart and what they are bound to, without names that are made of paths. */
function access(chart: Chart): unknown[] {
  const manifests = chart.toJson();
  return manifests.filter(({ kind }) => kind === 'RoleBinding').map(({ metadata, roleRef, subjects }) => {
    const role = manifests.find(each => each.kind === 'Role' && each.metadata.name === roleRef.name);
    expect(role.metadata.namespace).toBe(metadata.namespace);
    return { namespace: metadata.namespace, rules: role.rules, subjects };
  });
}

function rule(apiGroup: string, resource: string, ...resourceNames: string[]): object {
  return { apiGroups: [apiGroup], resources: [resource], resourceNames, verbs: ['get', 'watch'] };
}

const token = {
  name: 'api-access',
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};

function waiting(props: WaitForConditionProps): (workload: Construct) => void {
  return workload => new WaitForCondition(workload, 'wait', props);
}

test('a wait for conditions is a program that is told in one line what each asks of which object', () => {
  const chart = shop();
  new WaitForCondition(web(chart), 'wait', {
    conditions: [
      Condition.completed(job(chart)),
      Condition.rolledOut(new kplus.DaemonSet(chart, 'agent', { containers, metadata: { name: 'agent' } })),
      Condition.met(certificate(chart), 'Ready'),
      Condition.met(new kplus.Pod(chart, 'pod', { containers, metadata: { name: 'pod' } }), 'Ready'),
    ],
  });
  const step = stepOf(chart);

  const { text } = waitForCondition({ kinds: new Set(['completed', 'rolledOut', 'met']), single: false });
  expect(step.command).toEqual(['sh', '-c', text]);
  expect(step.args).toEqual(['wait']);
  expect(step.env).toEqual([
    { name: 'step_api', value: '/var/run/secrets/cdk8s-init-containers' },
    {
      name: 'step_conditions',
      value: 'completed,,batch/v1,jobs,shop,Job,migrate rolledOut,,apps/v1,daemonsets,shop,DaemonSet,agent '
        + 'met,Ready,cert-manager.io/v1,certificates,,Certificate,web-tls met,Ready,v1,pods,shop,Pod,pod',
    },
    { name: 'step_namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'step_timeout', value: '660' },
  ]);
  expect(step.image).toContain('curl');
});

test('a wait for one condition of one kind has a program for that', () => {
  const chart = shop();
  new WaitForCondition(web(chart), 'wait', {
    conditions: [Condition.completed(job(chart))], timeout: Duration.minutes(3),
  });

  const { text } = waitForCondition({ kinds: new Set(['completed']), single: true });
  expect(stepOf(chart).command).toEqual(['sh', '-c', text]);
  expect(stepOf(chart).env).toContainEqual({ name: 'step_timeout', value: '180' });
});

test('the token is in the steps that ask, and neither in the app nor in other steps', () => {
  const chart = shop();
  const workload = web(chart);
  new InitStep(workload, 'before', { command: ['true'] });
  waiting({ conditions: [Condition.completed(job(chart))] })(workload);
  new WaitForCondition(workload, 'again', { conditions: [Condition.completed(job(chart, 'seed'))] });
  const pod = chart.toJson().find(({ kind }) => kind === 'Deployment').spec.template.spec;
  const mount = { name: 'api-access', mountPath: '/var/run/secrets/cdk8s-init-containers', readOnly: true };

  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.volumes).toEqual([token]);
  expect(pod.containers.map((each: any) => each.volumeMounts)).toEqual([undefined]);
  expect(pod.initContainers.map((each: any) => each.volumeMounts)).toEqual([undefined, [mount], [mount]]);
});

test('a Role of each namespace allows get and watch of just the objects in it', () => {
  const chart = shop();
  waiting({
    conditions: [
      Condition.completed(job(chart, 'migrate')),
      Condition.completed(job(chart, 'a-seed')),
      Condition.met(certificate(chart, 'certificates'), 'Ready'),
      Condition.rolledOut(new kplus.Deployment(chart, 'api', { containers, metadata: { name: 'api' } })),
      Condition.met(new kplus.Pod(chart, 'pod', { containers, metadata: { name: 'pod' } }), 'Ready'),
    ],
  })(web(chart));
  const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }];

  expect(access(chart)).toEqual([
    {
      namespace: 'shop',
      rules: [
        rule('', 'pods', 'pod'), rule('apps', 'deployments', 'api'), rule('batch', 'jobs', 'a-seed', 'migrate'),
      ],
      subjects,
    },
    { namespace: 'certificates', rules: [rule('cert-manager.io', 'certificates', 'web-tls')], subjects },
  ]);
});

test('the names of Roles say whose they are, and are those of objects', () => {
  const chart = shop();
  waiting({
    conditions: [
      Condition.completed(job(chart)), Condition.met(certificate(chart, 'certificates'), 'Ready'),
    ],
  })(web(chart));
  const names = chart.toJson().filter(({ kind }) => /^Role/.test(kind)).map(({ metadata }) => metadata.name);

  expect(names.map(name => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual([
    'shop-web-wait-role', 'shop-web-wait-binding',
    'shop-web-wait-role-certificates-for-shop', 'shop-web-wait-binding-certificates-for-shop',
  ]);
  expect(new Set(names).size).toBe(4);
});

test('of one program in two namespaces neither takes the other one its role in a third', () => {
  const namesIn = (namespace: string) => {
    const chart = new Chart(Testing.app(), 'shop', { namespace });
    waiting({ conditions: [Condition.met(certificate(chart, 'certificates'), 'Ready')] })(web(chart));
    return chart.toJson().filter(({ kind }) => /^Role/.test(kind)).map(({ metadata }) => metadata.name);
  };

  const [staging, production] = ['staging', 'production'].map(namesIn);
  expect(staging.filter(name => production.includes(name))).toEqual([]);
});

test('the role is bound to the account that the pod has in the end', () => {
  const [chart, other, patched] = [shop(), shop(), shop()];
  const conditions = (each: Chart) => [Condition.met(certificate(each), 'Ready')];
  const serviceAccount = new kplus.ServiceAccount(chart, 'robot', { metadata: { name: 'robot' } });
  waiting({ conditions: conditions(chart) })(web(chart, { serviceAccount }));
  const late = new ApiObject(other, 'late', {
    apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: { containers: [{ name: 'a' }] } } },
  });
  waiting({ conditions: conditions(other) })(late);
  const workload = web(patched);
  waiting({ conditions: conditions(patched) })(workload);
  for (const object of [late, ApiObject.of(workload)]) {
    object.addJsonPatch(JsonPatch.add('/spec/template/spec/serviceAccountName', 'late'));
  }
  const accounts = [chart, other, patched].flatMap(access).map(({ subjects }: any) => subjects);

  expect(accounts).toEqual(['robot', 'late', 'late'].map(name =>
    [{ kind: 'ServiceAccount', name, namespace: 'shop' }]));
});

test('an account that is given is the one of the role', () => {
  const chart = shop();
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'robot', 'robot');
  waiting({ conditions: [Condition.completed(job(chart))], serviceAccount })(web(chart, { serviceAccount }));

  expect(access(chart)).toMatchObject([{ subjects: [{ name: 'robot', namespace: 'shop' }] }]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('where somebody else makes the role, no namespace needs to be known', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const workload = web(chart);
  waiting({ conditions: [Condition.met(certificate(chart), 'Ready')], createRole: false })(workload);

  expect(chart.toJson().map(({ kind }) => kind)).toEqual(['Deployment']);
});

test('an object whose class is not complete yet is found by its name', () => {
  const chart = shop();
  const migration = new kplus.Job(chart, 'migrate', { metadata: { name: 'migrate' } });
  const condition = Condition.completed(migration);

  expect(condition.toText()).toBe('completed,,batch/v1,jobs,shop,Job,migrate');
});

test('a name that is made later or patched is that of the YAML', () => {
  const chart = shop();
  const metadata = { name: Lazy.any({ produce: () => 'made-later' }) as unknown as string };
  const made = new ApiObject(chart, 'lazy', { apiVersion: 'example.com/v1', kind: 'Gateway', metadata });
  const patched = job(chart);
  patched.addJsonPatch(JsonPatch.replace('/metadata/name', 'patched'));

  expect([Condition.met(made, 'Ready'), Condition.completed(patched)].map(each => each.toText())).toEqual([
    'met,Ready,example.com/v1,gateways,shop,Gateway,made-later', 'completed,,batch/v1,jobs,shop,Job,patched',
  ]);
});

test('a condition says what it asks, of what', () => {
  const chart = shop();
  const condition = Condition.met(certificate(chart, 'certificates'), 'Ready');

  expect({ ...condition }).toEqual({
    description: 'certificate/web-tls in certificates Ready',
    asks: 'Ready',
    apiVersion: 'cert-manager.io/v1',
    objectKind: 'Certificate',
    resource: 'certificates',
    objectName: 'web-tls',
    namespaceName: 'certificates',
  });
  expect(Condition.completed(job(chart)).description).toBe('job/migrate in shop completed');
});

test.each([
  ['Certificate', 'certificates'], ['Gateway', 'gateways'], ['NetworkPolicy', 'networkpolicies'],
  ['Ingress', 'ingresses'], ['Mesh', 'meshes'], ['Endpoints', 'endpoints'], ['EndpointSlice', 'endpointslices'],
])('a %s is one of the %s', (kind, resource) => {
  const object = new ExternalObject(shop(), 'object', { apiVersion: 'example.com/v1', kind, name: 'x' });

  expect(Condition.met(object, 'Ready').resource).toBe(resource);
});

test.each(cdk8sPlusVersions)('objects of cdk8s-plus-%s can be waited for', (_, plus) => {
  const chart = shop();
  const named = (name: string) => ({ containers, metadata: { name } });
  const peers = new plus.Service(chart, 'peers', { ports: [{ port: 80 }] });
  const conditions = [
    Condition.completed(new plus.Job(chart, 'a', named('a'))),
    Condition.rolledOut(new plus.Deployment(chart, 'b', named('b'))),
    Condition.rolledOut(new plus.StatefulSet(chart, 'c', { ...named('c'), service: peers })),
    Condition.rolledOut(new plus.DaemonSet(chart, 'd', named('d'))),
    Condition.met(new plus.Pod(chart, 'e', named('e')), 'Ready'),
  ];

  expect(conditions.map(({ description }) => description)).toEqual([
    'job/a in shop completed', 'deployment/b in shop rolled out', 'statefulset/c in shop rolled out',
    'daemonset/d in shop rolled out', 'pod/e in shop Ready',
  ]);
});

test.each(workloadKinds)('%s waits with a token of its own', (_, make) => {
  const pod = synthesizedPodSpec(make, workload =>
    waiting({ conditions: [Condition.met(certificate(workload), 'Ready')] })(workload));

  expect(pod.volumes).toEqual([token]);
  expect(pod.initContainers[0].volumeMounts).toEqual([
    { name: 'api-access', mountPath: '/var/run/secrets/cdk8s-init-containers', readOnly: true },
  ]);
});

test('a program of one\'s own finds the token where kubectl looks, and a role for what it waits for', () => {
  const chart = shop();
  new InitStep(web(chart), 'wait', {
    image: 'bitnami/kubectl:1.31',
    command: ['kubectl', 'wait', '--for=condition=Ready', 'certificate/web-tls', '--timeout=2m'],
    conditions: [Condition.met(certificate(chart), 'Ready')],
    apiAccess: { verbs: ['get', 'list', 'watch'] },
  });

  expect(stepOf(chart).volumeMounts).toEqual([
    { name: 'api-access', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
  ]);
  expect(access(chart)).toMatchObject([
    { rules: [{ resourceNames: ['web-tls'], verbs: ['get', 'list', 'watch'] }] },
  ]);
});

test('a program that waits for nothing has a token and no role', () => {
  const chart = new Chart(Testing.app(), 'shop');
  new InitStep(web(chart), 'ask', { command: ['true'], apiAccess: { path: '/api' } });

  expect(chart.toJson().map(({ kind }) => kind)).toEqual(['Deployment']);
});
