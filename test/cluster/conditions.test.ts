/** Waits for what the API server says: of Jobs, of workloads, of custom resources, with and without a role. */
import { execFile } from 'child_process';
import { promisify } from 'util';
import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually, kubectl, until } from './kubectl';
import { BUSYBOX, container } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { Condition, ExternalObject, InitStep, RunAs, WaitForCondition, type WaitForConditionProps } from '../../src';

const WIDGETS = 'widgets.init-containers.example.com';

/** A kind of objects of nobody's, with conditions. */
const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: WIDGETS },
  spec: {
    group: 'init-containers.example.com',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
    scope: 'Namespaced',
    versions: [{
      name: 'v1',
      served: true,
      storage: true,
      subresources: { status: {} },
      schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    }],
  },
};

const WIDGET = { apiVersion: 'init-containers.example.com/v1', kind: 'Widget', metadata: { name: 'one' } };

/** The objects of a chart of a namespace. */
function objects({ name }: Namespace, make: (chart: Chart) => void): object[] {
  const chart = new Chart(Testing.app(), 'chart', { namespace: name });
  make(chart);
  return Testing.synth(chart);
}

/** A Job `migrate` that runs a command once. */
function job(chart: Chart, command: string): kplus.Job {
  return new kplus.Job(chart, 'migrate', {
    metadata: { name: 'migrate' }, backoffLimit: 0, containers: [container(command)],
  });
}

/** A pod `web` that waits in a step `wait`, and what that needs. */
function waiting(
  namespace: Namespace,
  condition: (chart: Chart) => Condition,
  props: Partial<WaitForConditionProps> = {},
): object[] {
  return objects(namespace, chart => {
    const web = new kplus.Pod(chart, 'web', {
      metadata: { name: 'web' },
      restartPolicy: kplus.RestartPolicy.NEVER,
      containers: [container('ls /var/run/secrets 2>&1; true')],
    });
    const conditions = [condition(chart)];
    new WaitForCondition(web, 'wait', { conditions, timeout: Duration.seconds(90), ...props });
  });
}

/** An object that the test makes by itself. */
function other(apiVersion: string, kind: string, name: string): (chart: Chart) => ExternalObject {
  return chart => new ExternalObject(chart, 'object', { apiVersion, kind, name });
}

const migrated = (chart: Chart) => Condition.completed(other('batch/v1', 'Job', 'migrate')(chart));
const widgetReady = (chart: Chart) => Condition.met(other(WIDGET.apiVersion, 'Widget', 'one')(chart), 'Ready');
const rolledOut = (chart: Chart) => Condition.rolledOut(other('apps/v1', 'Deployment', 'api')(chart));

/** How the step of the pod ended. */
async function ended(namespace: Namespace): Promise<{ exitCode: number; message: string; finishedAt: number }> {
  const { exitCode, message = '', finishedAt } = await eventually('the step has ended', async () => {
    const { status } = JSON.parse(await namespace.kubectl(['get', 'pod', 'web', '-o', 'json']));
    return status.initContainerStatuses?.[0].state.terminated;
  }, 120);
  return { exitCode, message: message.trim(), finishedAt: Date.parse(finishedAt) };
}

/** Waits until the log of the step says something. */
async function says(namespace: Namespace, what: RegExp): Promise<void> {
  await until(`the log says ${what}`, async () => what.test(await namespace.log('web', 'wait')));
}

async function setReady(namespace: Namespace, status: 'True' | 'False'): Promise<void> {
  const conditions = [{ type: 'Ready', status, reason: 'Test', message: 'as the test says' }];
  await namespace.kubectl([
    'patch', 'widget', 'one', '--subresource=status', '--type=merge', '-p', JSON.stringify({ status: { conditions } }),
  ]);
}

/** Makes widgets a kind of the cluster. It stays: another run may need it. */
async function defineWidgets(): Promise<void> {
  await kubectl(['apply', '-f', '-'], { input: JSON.stringify(CRD) });
  await kubectl(['wait', '--for=condition=Established', `crd/${WIDGETS}`, '--timeout=30s'], { timeout: 40 });
}

test('a wait for a Job ends when that is complete, and the app sees no token', () =>
  inNamespace('job-completes', async namespace => {
    await namespace.apply(waiting(namespace, migrated));
    await says(namespace, /migrate/);
    await namespace.apply(objects(namespace, chart => job(chart, 'sleep 3')));
    const end = await ended(namespace);
    const { status } = JSON.parse(await namespace.kubectl(['get', 'job', 'migrate', '-o', 'json']));

    expect(end.exitCode).toBe(0);
    // The API server tells whole seconds: what ends in the same second has a difference of none.
    expect(end.finishedAt - Date.parse(status.completionTime)).toBeLessThanOrEqual(5000);
    await until('the app has run', async () => (await namespace.log('web', 'app')) !== '');
    expect(await namespace.log('web', 'app')).toContain('No such file or directory');
  }));

test('a wait for a Job that fails ends at once, and the pod says why', () =>
  inNamespace('job-fails', async namespace => {
    await namespace.apply(waiting(namespace, migrated));
    await namespace.apply(objects(namespace, chart => job(chart, 'exit 3')));

    const { exitCode, message } = await ended(namespace);
    expect(exitCode).toBe(1);
    expect(message).toMatch(/migrate.*BackoffLimitExceeded/);
  }));

test('a wait for a Job goes on while that is deleted and made again', () =>
  inNamespace('job-again', async namespace => {
    await namespace.apply(objects(namespace, chart => job(chart, 'sleep 1000')));
    await namespace.apply(waiting(namespace, migrated));
    await says(namespace, /active/);
    await namespace.kubectl(['delete', 'job', 'migrate', '--grace-period=0']);
    await says(namespace, /not there/);
    await namespace.apply(objects(namespace, chart => job(chart, 'true')));

    expect(await ended(namespace)).toMatchObject({ exitCode: 0 });
  }));

test('a rollout whose image is not there is not waited for longer than the budget, which ends with the reason', () =>
  inNamespace('rollout', async namespace => {
    await namespace.apply(objects(namespace, chart => new kplus.Deployment(chart, 'api', {
      metadata: { name: 'api' },
      replicas: 1,
      progressDeadline: Duration.seconds(5),
      containers: [{ ...container('sleep 1000'), image: 'busybox:none-of-this-name' }],
      minReady: Duration.seconds(0),
    })));
    await namespace.apply(waiting(namespace, rolledOut, { timeout: Duration.seconds(15) }));

    const { exitCode, message } = await ended(namespace);
    expect(exitCode).toBe(124);
    expect(message).toMatch(/api.*(ProgressDeadlineExceeded|exceeded its progress deadline)/);
  }));

test('a wait for a rollout ends when its pods are available', () =>
  inNamespace('rolled-out', async namespace => {
    await namespace.apply(waiting(namespace, rolledOut));
    await namespace.apply(objects(namespace, chart => new kplus.Deployment(chart, 'api', {
      metadata: { name: 'api' }, replicas: 2, containers: [container('trap exit TERM; sleep 1000 & wait')],
    })));

    expect(await ended(namespace)).toMatchObject({ exitCode: 0 });
    const { status } = JSON.parse(await namespace.kubectl(['get', 'deployment', 'api', '-o', 'json']));
    expect(status).toMatchObject({ availableReplicas: 2 });
  }));

test('a wait for a custom resource ends when its condition is met', () =>
  inNamespace('widget', async namespace => {
    await defineWidgets();
    await namespace.apply([WIDGET]);
    await namespace.apply(waiting(namespace, widgetReady));
    await setReady(namespace, 'False');
    await says(namespace, /Ready is False: Test/);
    await setReady(namespace, 'True');

    expect(await ended(namespace)).toMatchObject({ exitCode: 0 });
  }));

test('a step without a role says which rule is missing, and goes on when somebody makes it', () =>
  inNamespace('role-late', async namespace => {
    await namespace.apply(objects(namespace, chart => job(chart, 'true')));
    await namespace.apply(waiting(namespace, migrated, { createRole: false }));
    await says(namespace, /resourceNames \[migrate\]/);
    const rights = waiting(namespace, migrated).filter(({ kind }: any) => /^Role/.test(kind));
    await namespace.apply(rights);

    expect(await ended(namespace)).toMatchObject({ exitCode: 0 });
  }));

test('the role of a step allows nothing but to get and watch its objects', () =>
  inNamespace('role', async namespace => {
    await namespace.apply(waiting(namespace, migrated).filter(({ kind }: any) => /^Role/.test(kind)));
    const may = async (...words: string[]) => {
      const account = `--as=system:serviceaccount:${namespace.name}:default`;
      const { stdout } = await namespace.tryKubectl(['auth', 'can-i', ...words, account]);
      return stdout.trim() === 'yes';
    };
    const asked = [
      'get jobs/migrate', 'watch jobs/migrate', 'list jobs/migrate', 'delete jobs/migrate', 'get jobs/other',
      'list jobs', 'get secrets',
    ];
    const answers = await Promise.all(asked.map(each => may(...each.split(' '))));

    expect(asked.filter((_, index) => answers[index])).toEqual(['get jobs/migrate', 'watch jobs/migrate']);
  }));

test('a step that asks by itself finds its namespace beside the token, where kubectl looks', () =>
  inNamespace('token', async namespace => {
    await namespace.apply(objects(namespace, chart => {
      const web = new kplus.Pod(chart, 'web', { metadata: { name: 'web' }, containers: [container('sleep 1')] });
      const script = 'cd /var/run/secrets/kubernetes.io/serviceaccount && ls && cat namespace';
      new InitStep(web, 'ask', {
        command: ['sh', '-c', script], image: BUSYBOX, runAs: RunAs.user(10001, 10001), apiAccess: {},
      });
    }));
    await until('the step has run', async () => (await namespace.log('web', 'ask')).includes('token'));

    expect(await namespace.log('web', 'ask')).toBe(`ca.crt\nnamespace\ntoken\n${namespace.name}`);
  }));

const restart = process.env.CLUSTER_RESTART_API;
const name = 'a wait sits out a restart of the API server';

if (!restart) {
  test.skip(`not run, because CLUSTER_RESTART_API names no command: ${name}`, () => undefined);
  process.stderr.write(`conditions: not run, because CLUSTER_RESTART_API names no command:\n  ${name}\n`);
} else {
  test(name, () =>
    inNamespace('restart', async namespace => {
      await defineWidgets();
      await namespace.apply([WIDGET]);
      await namespace.apply(waiting(namespace, widgetReady, { timeout: Duration.seconds(150) }));
      await setReady(namespace, 'False');
      await says(namespace, /Ready is False/);
      await promisify(execFile)('bash', ['-c', restart], { timeout: 60_000 });
      await until('the API server answers', async () => {
        await setReady(namespace, 'True');
        return true;
      });

      expect(await ended(namespace)).toMatchObject({ exitCode: 0 });
    }));
}
