import { ApiObject, App, Duration, JsonPatch, Testing } from 'cdk8s';
import type { Chart } from 'cdk8s';
import { chartIn, refusal, said, serve, workloadIn, ELSEWHERE } from './app';
import {
  Condition, Endpoint, ExternalObject, InitStep, StartupGraph, WaitForCondition, WaitForService,
} from '../../src';

const timeout = Duration.minutes(2);

/** Has a workload wait for at most two minutes in a step `wait`. */
function waitIn(scope: ApiObject, ...conditions: Condition[]): ApiObject {
  new WaitForCondition(scope, 'wait', { conditions, timeout });
  return scope;
}

function certificate(chart: Chart, namespaceName?: string): ExternalObject {
  return new ExternalObject(chart, `certificate-${namespaceName}`, {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'web', namespaceName,
  });
}

/** A Job that waits a minute for a database, an API that waits for it, and a web server that waits for the API. */
function shop(): Chart {
  const chart = chartIn('shop');
  const db = serve(chart, 'db');
  const job = workloadIn(chart, 'Job', 'migrate');
  new WaitForService(job, 'wait', { endpoints: [Endpoint.service(db.service)], timeout: Duration.minutes(1) });
  const api = workloadIn(chart, 'Deployment', 'api');
  waitIn(api, Condition.completed(job), Condition.met(certificate(chart), 'Ready'));
  waitIn(
    workloadIn(chart, 'Deployment', 'web'),
    Condition.rolledOut(api), Condition.met(certificate(chart, 'data'), 'Ready'), Condition.met(job, 'Suspended'),
  );
  return chart;
}

test('a Job and a workload that are waited for come before, with the time that their own steps take', () => {
  expect(StartupGraph.of(shop()).toText()).toBe(`level 1
  shop/db       at once
level 2
  shop/migrate  at most 1 min, after shop/db
level 3
  shop/api      at most 2 min, after shop/migrate and certificate/web (outside)
level 4
  shop/web      at most 2 min, after shop/api, certificate/web in data (outside) and shop/migrate
`);
});

test('the picture says at each arrow what is asked, and draws objects of others as names from outside', () => {
  expect(StartupGraph.of(shop()).toMermaid()).toBe(`flowchart LR
  subgraph c1["shop"]
    w1["db<br>Deployment"]
    w2["migrate<br>Job"]
    w3["api<br>Deployment"]
    w4["web<br>Deployment"]
  end
  o1(["certificate/web"]):::outside
  o2(["certificate/web in data"]):::outside
  w2 -->|"80, 1 min"| w1
  w3 -->|"completed, 2 min"| w2
  w3 -->|"Ready, 2 min"| o1
  w4 -->|"rolled out, 2 min"| w3
  w4 -->|"Ready, 2 min"| o2
  w4 -.->|"Suspended, 2 min"| w2
  classDef outside stroke-dasharray: 4 4
`);
});

test('the edges tell which object is waited for, who it is, and whether its pods must have started', () => {
  const edge = { workload: 'shop/web', step: 'wait', seconds: 120, outside: undefined };

  const edges = StartupGraph.of(shop().node.findChild('web')).edges();

  expect(edges.map(({ timeout: most, ...others }) => ({ ...others, seconds: most?.toSeconds() }))).toEqual([
    { ...edge, endpoint: 'deployment/api rolled out', answeredBy: ['shop/api'], needsReady: true },
    {
      ...edge,
      endpoint: 'certificate/web in data Ready',
      answeredBy: [],
      outside: 'certificate/web in data',
      needsReady: false,
    },
    { ...edge, endpoint: 'job/migrate Suspended', answeredBy: ['shop/migrate'], needsReady: false },
  ]);
});

test('a step of one\'s own that waits for conditions is in the graph, too', () => {
  const chart = chartIn();
  const job = workloadIn(chart, 'Job', 'migrate');
  const web = workloadIn(chart, 'Deployment', 'web');
  new InitStep(web, 'wait', { command: ['kubectl'], conditions: [Condition.completed(job)], endsWithin: timeout });

  expect(StartupGraph.of(chart).order().map(({ workload, level }) => [workload, level])).toEqual([
    ['shop/migrate', 1], ['shop/web', 2],
  ]);
});

test('an object that is only named is the workload of the app that has its name', () => {
  const chart = chartIn('shop');
  const job = new ExternalObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' });
  workloadIn(chart, 'Job', 'migrate');
  waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));

  expect(StartupGraph.of(chart).edges().map(({ answeredBy }) => answeredBy)).toEqual([['shop/migrate']]);
});

test('an object that is only named is the nearest one of its name, where there are charts for two clusters', () => {
  const app = Testing.app();
  for (const id of ['staging', 'prod']) {
    const chart = chartIn('shop', app, id);
    workloadIn(chart, 'Deployment', 'db');
    const db = new ExternalObject(chart, 'object', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'db' });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.rolledOut(db));
  }

  expect(StartupGraph.of(app).edges().map(({ workload, answeredBy }) => [workload, answeredBy])).toEqual([
    ['staging/web', ['staging/db']], ['prod/web', ['prod/db']],
  ]);
});

/** What was written, and the whole of what the user reads. */
const refused: [string, () => Chart, string[]][] = [
  ['a Job that waits for itself', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate');
    waitIn(job, Condition.completed(job));
    return chart;
  }, ["[shop/migrate] waits in step 'wait' for job/migrate completed, which never comes true before the step itself "
    + 'has ended; remove the condition']],
  ['a circle of conditions', () => {
    const chart = chartIn('shop');
    const [job, web] = [workloadIn(chart, 'Job', 'migrate'), workloadIn(chart, 'Deployment', 'web')];
    waitIn(job, Condition.met(web, 'Available'));
    waitIn(web, Condition.completed(job));
    return chart;
  }, ['[shop/migrate] can never start, because these 2 workloads wait for each other in a circle and none can be the '
    + 'first:\n'
    + "    shop/migrate waits for shop/web in step 'wait' (deployment/web Available)\n"
    + "    shop/web waits for shop/migrate in step 'wait' (job/migrate completed); "
    + 'remove one of these conditions, best from an app that can connect later, when the other one is up']],
  ['a circle of a condition and an endpoint', () => {
    const chart = chartIn('shop');
    const [job, web] = [workloadIn(chart, 'Job', 'migrate'), serve(chart, 'web')];
    new WaitForService(job, 'wait', { endpoints: [Endpoint.service(web.service)] });
    waitIn(ApiObject.of(web.deployment), Condition.completed(job));
    return chart;
  }, ['[shop/migrate] can never start, because these 2 workloads wait for each other in a circle and none can be the '
    + 'first:\n'
    + "    shop/migrate waits for shop/web in step 'wait' (tcp://web:80)\n"
    + "    shop/web waits for shop/migrate in step 'wait' (job/migrate completed); "
    + `remove one of these waits, best from an app that can connect later, when the other one is up, ${ELSEWHERE}`]],
  ['a Job that a patch has deleted once it has finished', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate');
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    job.addJsonPatch(JsonPatch.add('/spec/ttlSecondsAfterFinished', 60));
    return chart;
  }, ["[shop/web] waits in step 'wait' for job/migrate completed, but it is deleted 60 s after it has finished, "
    + 'so that pods which start later would wait for it in vain; remove its ttlSecondsAfterFinished']],
];

test.each(refused)('%s is refused at synth', (_, make, messages) => {
  expect(() => Testing.synth(make())).toThrow(refusal(...messages));
});

/** What was written, and all findings. */
const doubtful: [string, () => Chart, string[]][] = [
  ['a wait for a Job that is suspended', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate', { spec: { suspend: true } });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for job/migrate completed, but shop/migrate is suspended; "
    + 'remove suspend, unless something resumes it in time']],
  ['a wait for the rollout of a Deployment that is paused', () => {
    const chart = chartIn('shop');
    const api = workloadIn(chart, 'Deployment', 'api', { spec: { paused: true } });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.rolledOut(api));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for deployment/api rolled out, but shop/api is paused; "
    + 'remove paused, unless something resumes it in time']],
  ['a wait for a Job whose namespace the program does not name', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chartIn(undefined, App.of(chart), 'jobs'), 'Job', 'migrate');
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for job/migrate completed and asks for it in its own namespace, shop, "
    + 'but the program names no namespace for jobs/migrate; give that a namespace, best by its chart']],
  ['a wait for a Job of another namespace that the program names', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chartIn('data', App.of(chart)), 'Job', 'migrate');
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, []],
  ['a wait of a workload and for a Job whose namespaces the program does not name', () => {
    const chart = chartIn();
    const web = workloadIn(chart, 'Deployment', 'web');
    new InitStep(web, 'wait', {
      command: ['kubectl'], conditions: [Condition.completed(workloadIn(chart, 'Job', 'migrate'))], endsWithin: timeout,
    });
    return chart;
  }, []],
  ['a wait for a Job of a test of Helm', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate', { annotations: { 'helm.sh/hook': 'test' } });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for job/migrate completed, "
    + 'but shop/migrate is a hook that no install applies; make it a hook of the install, or no hook']],
  ['a wait for a Job that is applied later', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate', { annotations: { 'helm.sh/hook': 'post-install' } });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for job/migrate completed, but shop/migrate "
    + '(helm.sh/hook: post-install) is applied after shop/web (no hook, no sync wave) is up; '
    + 'give them the same hook and wave, or remove the condition']],
  ['a wait for an object that is applied later', () => {
    const chart = chartIn('shop');
    const claim = new ApiObject(chart, 'claim', {
      apiVersion: 'example.com/v1',
      kind: 'Bucket',
      metadata: { name: 'files', annotations: { 'argocd.argoproj.io/sync-wave': '2' } },
    });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.met(claim, 'Ready'));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for bucket/files Ready, but shop/claim "
    + '(argocd.argoproj.io/sync-wave: 2) is applied after shop/web (no hook, no sync wave) is up; '
    + 'give them the same hook and wave, or remove the condition']],
  ['a wait that is shorter than the steps of the Job', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate');
    new WaitForService(job, 'wait', { endpoints: [Endpoint.tcp('db.data', 80)], timeout: Duration.minutes(5) });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, ["warning [shop/web] waits at most 2 min in step 'wait' for job/migrate completed, but shop/migrate may take "
    + '5 min to start, and a step that gives up starts again with a delay of up to 5 min; '
    + 'give it a timeout of at least 5 min']],
  ['a wait in a pod that may reach nothing', () => {
    const chart = chartIn('shop');
    new ApiObject(chart, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'isolated' },
      spec: { podSelector: {}, policyTypes: ['Egress'] },
    });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(workloadIn(chart, 'Job', 'migrate')));
    return chart;
  }, ["warning [shop/web] waits in step 'wait' for job/migrate completed, but NetworkPolicy shop/policy lets its pods "
    + 'reach nothing, not even name servers; open both ways, with connections.allowTo or egress rules; '
    + 'see https://github.com/cdk8s-init-containers/cdk8s-init-containers/blob/main/docs/clusters.md#isolated-pods']],
  ['a wait for a Deployment that has no replicas, which is rolled out at once', () => {
    const chart = chartIn('shop');
    const [web, api] = ['web', 'api'].map(name => workloadIn(chart, 'Deployment', name, { spec: { replicas: 0 } }));
    waitIn(web, Condition.rolledOut(api));
    waitIn(api, Condition.rolledOut(web));
    return chart;
  }, []],
  ['a wait for a Job that a hook of Helm has run before', () => {
    const chart = chartIn('shop');
    const job = workloadIn(chart, 'Job', 'migrate', { annotations: { 'helm.sh/hook': 'pre-install' } });
    waitIn(workloadIn(chart, 'Deployment', 'web'), Condition.completed(job));
    return chart;
  }, []],
];

test.each(doubtful)('of %s nothing else is said', (_, make, findings) => {
  expect(said(make())).toEqual(findings);
});
