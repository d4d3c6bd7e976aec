import { ApiObject, App, Chart, Cron, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, serve, serviceOf, wait } from './app';
import { Endpoint, FindingSeverity, InitStep, StartupGraph, WaitForService } from '../../src';

const containers = [{ image: 'my-app:1.0', portNumber: 8080 }];
const wave = (number: number) => ({ 'argocd.argoproj.io/sync-wave': `${number}` });

/** A chart whose deployment `shop/web` waits for a Service `db`, whose pods have the label `app=db`. */
function waitingForDb(
  endpoint = Endpoint.tcp('db', 80), spec: object = {}, annotations = {}, serviceAnnotations = {},
): Chart {
  const chart = chartIn('shop');
  new ApiObject(chart, 'service', {
    ...serviceOf('db', { selector: { app: 'db' }, ports: [{ port: 80 }], ...spec }),
    metadata: { name: 'db', annotations: serviceAnnotations },
  });
  wait(new kplus.Deployment(chart, 'web', { containers, metadata: { annotations } }), 'db', endpoint);
  return chart;
}
const podMetadata = { labels: { app: 'db' } };
const waitsForDb = "[shop/web] waits in step 'wait-for-db' for tcp://db:80, but ";
const sameWave = 'give them the same hook and wave, or remove the endpoint';
const database = Endpoint.tcp('db', 5432);

/** What is said of steps that take longer than their rollout may. */
function lateFor(deadline: number, steps: string, needed: number): string {
  return `[shop/web] may take ${steps}, but after its progressDeadlineSeconds of ${deadline} `
    + "'kubectl rollout status' reports a failure; "
    + `set progressDeadlineSeconds to more than ${needed}, or shorten the timeouts`;
}

/** A chart with a StatefulSet `queue` that waits for the name of its own headless Service. */
function queueOf(replicas: number): Chart {
  const chart = chartIn('shop');
  const labels = { app: 'queue' };
  new ApiObject(chart, 'peers', serviceOf('peers', {
    clusterIP: 'None', publishNotReadyAddresses: true, selector: labels, ports: [{ port: 80 }],
  }));
  const service = new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
  const queue = new kplus.StatefulSet(chart, 'queue', { containers, service, replicas, podMetadata: { labels } });
  wait(queue, 'peers', Endpoint.dns('peers'));
  return chart;
}

/** Warnings, each in one text. */
function warnings(chart: Chart): string[] {
  return StartupGraph.of(App.of(chart)).findings()
    .filter(({ severity }) => severity === FindingSeverity.WARNING)
    .map(({ path, message, remedy }) => `[${path}] ${message}; ${remedy}`);
}

const template = { spec: { containers: [{ name: 'app' }] } };

/** A chart with a Deployment that names no deadline and waits. */
function underTheDeadlineOfKubernetes(timeout: Duration): Chart {
  const chart = chartIn('shop');
  const web = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } });
  new WaitForService(web, 'wait', { endpoints: [database], timeout });
  return chart;
}

/** What is written, and the warnings of it. */
const doubts: [string, () => Chart, string[]][] = [
  ['a Service whose workload has no replicas', () => {
    const chart = waitingForDb();
    new kplus.Deployment(chart, 'db', { containers, podMetadata, replicas: 0 });
    return chart;
  }, [
    `${waitsForDb}shop/db has no replicas; `
    + 'give it at least one, unless something else scales it up before the wait ends',
  ]],
  ['a Service of two workloads, one of which has replicas', () => {
    const chart = waitingForDb();
    new kplus.Deployment(chart, 'db', { containers, podMetadata, replicas: 0 });
    new kplus.Deployment(chart, 'other', { containers, podMetadata });
    return chart;
  }, []],
  ['a Job behind a Service', () => {
    const chart = waitingForDb();
    new kplus.Job(chart, 'db', { containers, podMetadata });
    return chart;
  }, [
    `${waitsForDb}shop/db is a Job, behind whose Service nothing answers once it has finished; `
    + 'wait until it is complete, with a WaitForCondition',
  ]],
  ['a CronJob and a Job behind a Service', () => {
    const chart = waitingForDb();
    new kplus.CronJob(chart, 'db', { containers, podMetadata, schedule: Cron.daily() });
    new kplus.Job(chart, 'other', { containers, podMetadata });
    return chart;
  }, [
    `${waitsForDb}shop/db or shop/other is a Job, behind whose Service nothing answers once it has finished; `
    + 'wait for what the Job leaves behind, with an InitStep that asks for it',
  ]],
  ['timeouts beyond the default deadline of a rollout', () => {
    const chart = chartIn('shop');
    const { deployment } = serve(chart, 'web');
    new WaitForService(deployment, 'wait', { endpoints: [database], timeout: Duration.minutes(9) });
    new InitStep(deployment, 'migrate', { command: ['migrate'], timeout: Duration.seconds(90) });
    return chart;
  }, [lateFor(600, '10 min 30 s in its steps (wait 9 min, migrate 1 min 30 s)', 630)]],
  ['timeouts that just keep a deadline', () => {
    const chart = chartIn('shop');
    const { deployment } = serve(chart, 'web', { progressDeadline: Duration.minutes(20) });
    new WaitForService(deployment, 'wait', { endpoints: [database], timeout: Duration.minutes(20) });
    return chart;
  }, []],
  ['timeouts of a Rollout beyond the deadline that it sets', () => {
    const chart = chartIn('shop');
    const rollout = new ApiObject(chart, 'web', {
      apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { progressDeadlineSeconds: 60, template },
    });
    new WaitForService(rollout, 'wait', { endpoints: [database], timeout: Duration.minutes(2) });
    return chart;
  }, [lateFor(60, '2 min in its steps (wait 2 min)', 120)]],
  ['timeouts that just keep the deadline of Kubernetes itself',
    () => underTheDeadlineOfKubernetes(Duration.seconds(600)),
    []],
  ['timeouts beyond the deadline of Kubernetes itself',
    () => underTheDeadlineOfKubernetes(Duration.seconds(601)),
    [lateFor(600, '10 min 1 s in its steps (wait 10 min 1 s)', 601)]],
  ['long timeouts of a StatefulSet, which has no deadline', () => {
    const chart = chartIn('shop');
    const service = new kplus.Service(chart, 'peers', { ports: [{ port: 80 }] });
    const web = new kplus.StatefulSet(chart, 'web', { containers, service });
    new WaitForService(web, 'wait', { endpoints: [database], timeout: Duration.hours(1) });
    return chart;
  }, []],
  ['a timeout that is shorter than what it waits for may take', () => {
    const chart = chartIn('shop');
    const [web, api] = [serve(chart, 'web'), serve(chart, 'api')];
    new WaitForService(api.deployment, 'wait-for-db', { endpoints: [database], timeout: Duration.minutes(5) });
    wait(web.deployment, 'api', Endpoint.service(api.service));
    return chart;
  }, [
    '[shop/web] waits at most 2 min in step \'wait-for-api\' for tcp://api:80, but shop/api may take 5 min to start, '
    + 'and a step that gives up starts again with a delay of up to 5 min; give it a timeout of at least 5 min',
  ]],
  ['a StatefulSet that looks up its own headless Service', () => queueOf(3), [
    "[shop/queue] waits in step 'wait-for-peers' for dns:peers, its own headless Service, "
    + 'whose name is there as soon as the first of its 3 pods is, ready or not; '
    + 'remove the endpoint: replicas must find each other while they run',
  ]],
  ['a StatefulSet of one pod that looks up its own headless Service', () => queueOf(1), []],
  ['what Argo CD syncs in a later wave', () => {
    const chart = waitingForDb(undefined, {}, wave(1), wave(1));
    new kplus.Deployment(chart, 'db', { containers, podMetadata, metadata: { annotations: wave(2) } });
    return chart;
  }, [
    `${waitsForDb}shop/db (argocd.argoproj.io/sync-wave: 2) is applied after shop/web `
    + `(argocd.argoproj.io/sync-wave: 1) is up; ${sameWave}`,
  ]],
  ['a Service that Argo CD syncs in a later wave', () => {
    const chart = waitingForDb(undefined, {}, {}, wave(1));
    new kplus.Deployment(chart, 'db', { containers, podMetadata });
    return chart;
  }, [
    `${waitsForDb}its Service (argocd.argoproj.io/sync-wave: 1) is applied after shop/web `
    + `(no hook, no sync wave) is up; ${sameWave}`,
  ]],
  ['a Helm hook before the release that waits for what is in it', () => {
    const chart = waitingForDb(undefined, {}, { 'helm.sh/hook': 'pre-install,pre-upgrade' });
    new kplus.Deployment(chart, 'db', { containers, podMetadata });
    return chart;
  }, [
    `${waitsForDb}shop/db (no hook, no sync wave) is applied after shop/web `
    + `(helm.sh/hook: pre-install,pre-upgrade) is up; ${sameWave}`,
  ]],
  ['what a Helm hook behind the release makes', () => {
    const chart = waitingForDb();
    const annotations = { 'helm.sh/hook': 'post-install', 'helm.sh/hook-weight': '5' };
    new kplus.Deployment(chart, 'db', { containers, podMetadata, metadata: { annotations } });
    return chart;
  }, [
    `${waitsForDb}shop/db (helm.sh/hook: post-install, helm.sh/hook-weight: 5) is applied after shop/web `
    + `(no hook, no sync wave) is up; ${sameWave}`,
  ]],
  ['what is synced in the same or an earlier wave, and weights that mean nothing without a hook', () => {
    const chart = waitingForDb(undefined, {}, wave(1), { 'helm.sh/hook-weight': '5' });
    new kplus.Deployment(chart, 'db', { containers, podMetadata, metadata: { annotations: wave(1) } });
    return chart;
  }, []],
  ['what Argo CD syncs before, in a later wave of an earlier phase', () => {
    const chart = waitingForDb(undefined, {}, {}, { 'argocd.argoproj.io/hook': 'PreSync' });
    const annotations = { ...wave(5), 'argocd.argoproj.io/hook': 'PreSync' };
    new kplus.Deployment(chart, 'db', { containers, podMetadata, metadata: { annotations } });
    return chart;
  }, []],
  ['a CronJob that waits for what is synced later, which does not wait for its pods', () => {
    const chart = chartIn('shop');
    const db = serve(chart, 'db');
    ApiObject.of(db.deployment).metadata.addAnnotation('argocd.argoproj.io/sync-wave', '5');
    const backup = new kplus.CronJob(chart, 'backup', { containers, schedule: Cron.daily() });
    wait(backup, 'db', Endpoint.service(db.service));
    return chart;
  }, []],
  ['a test of Helm, which runs when all is up', () => {
    const chart = waitingForDb(undefined, {}, { 'helm.sh/hook': 'test' });
    const annotations = { 'helm.sh/hook': 'post-install' };
    new kplus.Deployment(chart, 'db', { containers, podMetadata, metadata: { annotations } });
    return chart;
  }, []],
  ['an endpoint at which others answer', () => {
    const chart = waitingForDb(Endpoint.tcp('db', 80).answeredByOthers());
    new kplus.Deployment(chart, 'db', { containers, podMetadata, replicas: 0, metadata: { annotations: wave(2) } });
    return chart;
  }, []],
];

test.each(doubts)('the graph warns of what is doubtful about %s, and of nothing else', (_, make, texts) => {
  const chart = make();

  expect(warnings(chart)).toEqual(texts);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('an app in which nobody waits for anybody has no findings', () => {
  const chart = chartIn('shop');
  wait(serve(chart, 'web').deployment, 'db', database);

  expect(StartupGraph.of(chart).findings()).toEqual([]);
});

test('a circle of waits is an error of each workload in it, whatever the scope of the graph', () => {
  const app = Testing.app();
  const charts = ['shop', 'data'].map(each => chartIn(each, app));
  const [web, db] = charts.map(chart => serve(chart, 'app').deployment);
  wait(web, 'db', Endpoint.tcp('app.data', 80));
  wait(db, 'web', Endpoint.tcp('app.shop', 80));

  for (const scope of [app, ...charts, web, db]) {
    const findings = StartupGraph.of(scope).findings();
    expect(findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual(['error shop/app']);
  }
});

test('the graph of a scope tells the findings of that scope only', () => {
  const app = Testing.app();
  const [shop, data] = ['shop', 'data'].map(each => chartIn(each, app));
  const [web, db] = [serve(shop, 'web'), serve(data, 'db', { replicas: 0 })];
  wait(web.deployment, 'db', Endpoint.service(db.service));
  wait(db.deployment, 'db', Endpoint.service(db.service));
  const paths = (scope: App | Chart | kplus.Deployment) =>
    StartupGraph.of(scope).findings().map(({ path }) => path);

  expect(paths(app)).toEqual(['data/db', 'shop/web', 'data/db']);
  expect([data, db.deployment].map(paths)).toEqual([['data/db', 'data/db'], ['data/db', 'data/db']]);
  expect([shop, web.deployment].map(paths)).toEqual([['shop/web'], ['shop/web']]);
});
