import { execFile } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually, kubectl, type Answer } from './kubectl';
import { container, manifestsOf } from './manifests';
import { inNamespace, listOf, type Namespace } from './namespace';
import { Endpoint, WaitForService } from '../../src';
import type { Diagnosis } from '../../src/cli/why/diagnosis';
import { bundled } from '../cli/bundled';

let program: string;
beforeAll(async () => {
  program = await bundled();
});

/** Runs the command, as somebody would who has it in their shell. */
async function why(args: string[]): Promise<Answer> {
  return new Promise(resolve => {
    const options = { env: { ...process.env, NO_COLOR: '1' } };
    execFile(process.execPath, [program, 'why', ...args], options, (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }));
  });
}

async function diagnosed({ name }: Namespace, args: string[] = []): Promise<Diagnosis> {
  return JSON.parse((await why(['-n', name, '--format', 'json', ...args])).stdout);
}

/** A Deployment behind a Service of its name, which waits for another one. */
function server(chart: Chart, name: string, waitsFor?: string, props: Partial<kplus.ContainerProps> = {}): void {
  const deployment = new kplus.Deployment(chart, name, {
    metadata: { name },
    replicas: name === 'web' ? 3 : 1,
    containers: [{ ...container('exec nc -lk -p 8080 -e cat'), portNumber: 8080, ...props }],
  });
  deployment.exposeViaService({ name, ports: [{ port: 8080 }] });
  if (waitsFor) new WaitForService(deployment, `wait-for-${waitsFor}`, { endpoints: [Endpoint.tcp(waitsFor, 8080)] });
}

function servers(make: (chart: Chart) => void): object[] {
  const chart = new Chart(Testing.app(), 'chart');
  make(chart);
  return Testing.synth(chart);
}

test('of six workloads in a chain, whose last has a missing image, that image is the one root cause', () =>
  inNamespace('why-chain', async namespace => {
    await namespace.apply(servers(chart => {
      const names = ['web', 'gateway', 'orders', 'stock', 'prices', 'db'];
      names.slice(0, -1).forEach((name, index) => server(chart, name, names[index + 1]));
      server(chart, 'db', undefined, { image: 'postgres:61' });
    }));
    const { causes, tree, pods, notStarted } = await eventually('all are in the tree', async () => {
      const diagnosis = await diagnosed(namespace);
      const [cause] = diagnosis.causes;
      return cause?.kind === 'image' && cause.holdsUp === 7 ? diagnosis : undefined;
    });

    expect({ pods, notStarted }).toEqual({ pods: 8, notStarted: 8 });
    expect(causes.map(({ text, isIll, of }) => ({ text, isIll, of: of.map(({ name }) => name) })))
      .toEqual([{ text: 'image postgres:61 cannot be pulled', isIll: true, of: ['db'] }]);
    expect(tree.map(({ owners }) => owners.map(({ name }) => name))).toEqual([['web']]);

    const { stdout, exitCode } = await why(['-n', namespace.name]);
    const drawn = stdout.split('\n').filter(line => / (waits for|Deployment) /.test(` ${line}`))
      .map(line => line.replace(/, pod [^,]+/, '').replace(/, for \d+ \w+/, ''));
    expect(exitCode).toBe(1);
    expect(drawn).toEqual([
      '  ✗ Deployment db: image postgres:61 cannot be pulled; 7 other pods wait for it',
      'Deployment web, 3 pods, in step wait-for-gateway',
      '└─ waits for tcp://gateway:8080: Service gateway, 0 of 1 pod ready',
      '   └─ Deployment gateway, in step wait-for-orders',
      '      └─ waits for tcp://orders:8080: Service orders, 0 of 1 pod ready',
      '         └─ Deployment orders, in step wait-for-stock',
      '            └─ waits for tcp://stock:8080: Service stock, 0 of 1 pod ready',
      '               └─ Deployment stock, in step wait-for-prices',
      '                  └─ waits for tcp://prices:8080: Service prices, 0 of 1 pod ready',
      '                     └─ Deployment prices, in step wait-for-db',
      '                        └─ waits for tcp://db:8080: Service db, 0 of 1 pod ready',
      '                           └─ Deployment db',
    ]);
  }));

test('a crash and a quota are told, and what may not be read is said once', () =>
  inNamespace('why-causes', async namespace => {
    const broken = container('echo "no license for 3 cores" && exit 3');
    await namespace.apply([
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'small' },
        spec: { hard: { pods: '4' } },
      },
      ...servers(chart => {
        server(chart, 'crash', undefined, broken);
        server(chart, 'web', 'crash');
      }),
    ]);
    await eventually('the quota is used up', async () => {
      const { causes } = await diagnosed(namespace);
      return causes.find(({ kind }) => kind === 'crash');
    });
    await namespace.apply(servers(chart => server(chart, 'late')));
    const wanted = ['crash', 'quota'];
    const { causes } = await eventually('both are told', async () => {
      const diagnosis = await diagnosed(namespace);
      return wanted.every(kind => diagnosis.causes.some(each => each.kind === kind)) ? diagnosis : undefined;
    });

    expect(causes.map(({ text, details, holdsUp, of: [{ name }] }) => ({ name, text, details, holdsUp }))).toEqual([
      {
        name: 'crash',
        text: 'container app ends with exit code 3',
        details: ['log: no license for 3 cores'],
        holdsUp: 3,
      },
      {
        name: 'late',
        text: 'its pods cannot be made: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4',
        details: [],
        holdsUp: 0,
      },
    ]);

    const limited = await diagnosed(namespace, ['--kubeconfig', await kubeconfigThatMayRead(namespace, [
      ['', 'pods'], ['', 'services'], ['discovery.k8s.io', 'endpointslices'],
    ])]);
    expect(limited.causes.map(({ text, details }) => [text, details]))
      .toEqual([['container app ends with exit code 3', []]]);
    expect(limited.unread.map(({ resource }) => resource).sort()).toEqual([
      'daemonsets', 'deployments', 'events', 'jobs', 'logs', 'replicasets', 'statefulsets',
    ]);
    expect(await why(['-n', 'default', '--kubeconfig', await kubeconfigThatMayRead(namespace, [])])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'you may not read the pods of namespace default\n',
    });
  }));

test('a namespace of 200 pods is read in less than two seconds', () =>
  inNamespace('why-200', async namespace => {
    const pods = waitingPods(200);
    await namespace.kubectl(['create', '-f', '-'], { input: listOf(pods.map(each => each.pod)), timeout: 120 });
    const statuses = pods.map(({ pod, status }) => ({ ...pod, status }));
    const replace = ['replace', '--subresource=status', '-f', '-'];
    await namespace.kubectl(replace, { input: listOf(statuses), timeout: 120 });
    await namespace.apply(servers(chart => server(chart, 'db', undefined, { image: 'postgres:61' })));

    // The machine may be busy with other tests: one of many runs is enough.
    const { causes, tree } = await eventually('a run takes less than two seconds', async () => {
      const start = Date.now();
      const diagnosis = await diagnosed(namespace);
      const isKnown = diagnosis.causes.some(({ text }) => text.startsWith('image'));
      return isKnown && Date.now() - start < 2000 ? diagnosis : undefined;
    }, 100);
    expect(tree.map(each => each.pods.length)).toEqual([200]);
    expect(causes.map(({ text, holdsUp }) => [text, holdsUp])).toEqual([['image postgres:61 cannot be pulled', 200]]);
  }));

/** Pods that no node has, which wait for a database as far as their status goes. */
function waitingPods(count: number): Array<{ pod: any; status: object }> {
  const chart = new Chart(Testing.app(), 'chart');
  const deployment = new kplus.Deployment(chart, 'web', { containers: [container('exec sleep 3600')] });
  new WaitForService(deployment, 'wait-for-db', { endpoints: [Endpoint.tcp('db', 8080)] });
  const { template } = (manifestsOf(deployment)[0] as any).spec;
  const startedAt = new Date().toISOString().replace(/\.\d+/, '');
  const app = { name: 'app', image: '', imageID: '', ready: false, restartCount: 0 };
  return Array.from({ length: count }, (_, index) => ({
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: `web-${index}` },
      spec: { ...template.spec, schedulerName: 'nobody' },
    },
    status: {
      phase: 'Pending',
      startTime: startedAt,
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: startedAt }],
      initContainerStatuses: [{ ...app, name: 'wait-for-db', state: { running: { startedAt } } }],
      containerStatuses: [{ ...app, state: { waiting: { reason: 'PodInitializing' } } }],
    },
  }));
}

/** A kubeconfig of somebody who may list some kinds of objects in a namespace: groups of the API, and plurals. */
async function kubeconfigThatMayRead(namespace: Namespace, kinds: ReadonlyArray<[string, string]>): Promise<string> {
  const name = `reader-of-${kinds.length}`;
  const rules = kinds.map(([group, resource]) => ({ apiGroups: [group], resources: [resource], verbs: ['list'] }));
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: namespace.name }];
  await namespace.apply([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name }, rules },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name }, roleRef, subjects },
  ]);
  const token = (await namespace.kubectl(['create', 'token', name])).trim();
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--flatten', '--minify', '-o', 'json']));
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config');
  const users = [{ name: config.users[0].name, user: { token } }];
  writeFileSync(file, JSON.stringify({ ...config, users }));
  return file;
}
