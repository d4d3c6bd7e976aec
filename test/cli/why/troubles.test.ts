import {
  diagnosisOf, minutesAgo, pod, ready, service, wait, waiting, warning, workload, type Parts,
} from './snapshots';
import type { Container } from '../../../src/cli/why/objects';

/** What the causes are, and what the cluster says of each. */
function causesOf(parts: Parts): Array<[string, readonly string[]]> {
  return diagnosisOf(parts).causes.map(({ text, details, isIll }) => [isIll ? text : `… ${text}`, details]);
}

const sidecar: Container = { name: 'proxy', restartPolicy: 'Always' };

/** The same of the only pod. */
const causeOfPod = (parts: Parameters<typeof pod>[1], others: Parts = {}) =>
  causesOf({ pods: [pod('api', parts)], ...others });

describe('the trouble of a container', () => {
  test('an image that cannot be pulled is told with the words of the registry', () => {
    const waitingForImage = { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "api:2"' } };
    const event = warning('api-5d9c-x1', 'Failed', 'Failed to pull image "api:2": not found', 'main');

    expect(causeOfPod({ image: 'api:2', state: waitingForImage }, { events: [event] }))
      .toEqual([['image api:2 cannot be pulled', ['not found']]]);
  });

  test('a crash is told with exit code, the last line of the log and the termination message', () => {
    const causes = causeOfPod({
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
      lastState: { terminated: { exitCode: 3, message: 'no license\n' } },
    }, { logs: { 'api-5d9c-x1/main': 'Error: cannot start\n    at main (app.js:3:1)\n' } });

    expect(causes).toEqual([
      ['container main ends with exit code 3', ['log: Error: cannot start', 'termination message: no license']],
    ]);
  });

  test('one that was killed for its memory is told with its limit', () => {
    const ended = { terminated: { exitCode: 137, reason: 'OOMKilled' } };

    expect(causeOfPod({ memory: '64Mi', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended }))
      .toEqual([['container main was killed: it takes more memory than its limit of 64Mi', []]]);
  });

  test('a server that ends at once without an error is told', () => {
    const ended = { terminated: { exitCode: 0, reason: 'Completed' } };

    expect(causeOfPod({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended }))
      .toEqual([['container main ends again and again with exit code 0', []]]);
  });

  test('a sidecar that ends without an error is told while it runs once more', () => {
    const state = { running: { startedAt: minutesAgo(0.1) } };
    const ended = { terminated: { exitCode: 0, reason: 'Completed' } };

    expect(causeOfPod({ step: sidecar, stepState: state, lastStepState: ended, restarts: 7 }))
      .toEqual([['container proxy ends again and again with exit code 0', []]]);
  });

  test('a sidecar that ends without an error is told while it pauses before its next start', () => {
    const stepState = { terminated: { exitCode: 0, reason: 'Completed' } };

    expect(causeOfPod({ step: sidecar, stepState, restarts: 7 }))
      .toEqual([['container proxy ends again and again with exit code 0', []]]);
  });

  test('a sidecar that has ended once is not taken for one that runs', () => {
    expect(causeOfPod({ step: sidecar, stepState: { terminated: { exitCode: 0 } } }))
      .toEqual([['… container proxy has ended with exit code 0', []]]);
  });

  test('a sidecar whose readiness probe fails keeps a pod from being ready whose other containers are', () => {
    const message = 'Readiness probe failed: connection refused';
    const conditions = [{ type: 'Ready', status: 'False' }];
    const runs = { restartCount: 0, started: true, state: { running: { startedAt: minutesAgo(5) } } };
    const status = {
      conditions,
      initContainerStatuses: [{ ...runs, name: 'proxy', ready: false }],
      containerStatuses: [{ ...runs, name: 'main', ready: true }],
    };

    expect(causeOfPod({ step: sidecar, status }, { events: [warning('api-5d9c-x1', 'Unhealthy', message, 'proxy')] }))
      .toEqual([['container proxy is not ready: readiness probe failed: connection refused', []]]);
  });

  test('a Secret that a variable needs and that is missing is told', () => {
    const state = { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } };

    expect(causeOfPod({ state })).toEqual([['container main cannot be made: secret "db" not found', []]]);
  });

  test('a readiness probe that fails is told with its answer', () => {
    const message = 'Readiness probe failed: HTTP probe failed with statuscode: 503';

    expect(causeOfPod({}, { events: [warning('api-5d9c-x1', 'Unhealthy', message, 'main')] })).toEqual([
      ['container main is not ready: readiness probe failed: HTTP probe failed with statuscode: 503', []],
    ]);
  });

  test('a liveness probe that ends a container is told in place of its exit code', () => {
    const message = 'Liveness probe failed: connection refused';
    const state = { waiting: { reason: 'CrashLoopBackOff' } };

    expect(causeOfPod(
      { state, lastState: { terminated: { exitCode: 137 } } },
      { events: [warning('api-5d9c-x1', 'Unhealthy', message, 'main')] },
    )).toEqual([['container main is started again and again: liveness probe failed: connection refused', []]]);
  });

  test('one that has just been started again is told by how it ended before', () => {
    const state = { running: { startedAt: minutesAgo(0.1) } };

    expect(causeOfPod({ state, lastState: { terminated: { exitCode: 3 } } }))
      .toEqual([['container main ends with exit code 3', []]]);
  });

  test('one that has just been started is not ill', () => {
    expect(causeOfPod({ state: { running: { startedAt: minutesAgo(0.1) } } }))
      .toEqual([['… container main runs, and is not ready yet', []]]);
  });

  test('control characters of a log do not reach the terminal', () => {
    const causes = causeOfPod(
      { state: { terminated: { exitCode: 1 } } },
      { logs: { 'api-5d9c-x1/main': '\u001b[31mfatal:\u001b[0m \u001b]0;title\u0007no disk' } },
    );

    expect(causes).toEqual([['container main ends with exit code 1', ['log: fatal:  ]0;title no disk']]]);
  });
});

describe('the trouble of a pod', () => {
  test('one that no node takes is told with what the scheduler says', () => {
    const message = '0/3 nodes are available: 3 Insufficient cpu. '
      + 'no new claims to deallocate, preemption: 0/3 nodes are available: 3 No victims.';
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];

    expect(causeOfPod({ node: '', status: { phase: 'Pending', conditions } }))
      .toEqual([['no node takes it: 0/3 nodes are available: 3 Insufficient cpu', []]]);
  });

  test('a ConfigMap that is mounted and missing is told', () => {
    const message = 'MountVolume.SetUp failed for volume "conf" : configmap "settings" not found';
    const state = { waiting: { reason: 'ContainerCreating' } };

    expect(causeOfPod({ state }, { events: [warning('api-5d9c-x1', 'FailedMount', message)] }))
      .toEqual([[message, []]]);
  });

  test('a mount that failed some time ago, and not again since, is over', () => {
    const message = 'MountVolume.SetUp failed for volume "conf" : timed out';
    const state = { waiting: { reason: 'ContainerCreating' } };
    const events = (minutes: number) =>
      [{ ...warning('api-5d9c-x1', 'FailedMount', message), lastTimestamp: minutesAgo(minutes) }];

    expect(causeOfPod({ state }, { events: events(8) })).toEqual([['… its containers are being made', [message]]]);
    expect(causeOfPod({ state }, { events: events(7) })).toEqual([[message, []]]);
  });

  test('a mount that failed is over when the pod has its sandbox', () => {
    const message = 'MountVolume.SetUp failed for volume "conf" : timed out';
    const status = {
      phase: 'Pending',
      startTime: minutesAgo(12),
      conditions: [{ type: 'PodReadyToStartContainers', status: 'True' }],
    };

    expect(causeOfPod({ status }, { events: [warning('api-5d9c-x1', 'FailedMount', message)] }))
      .toEqual([['… its containers are being made', [message]]]);
  });

  test('a mount that failed before the first container ran is not blamed for what comes later', () => {
    const step = { name: 'copy' };
    const events = [warning('api-5d9c-x1', 'FailedMount', 'MountVolume.SetUp failed for volume "conf" : timed out')];

    expect(causeOfPod({ step, stepState: { terminated: { exitCode: 0 } } }, { events }))
      .toEqual([['… its next container is being made', []]]);
  });

  test('one whose node is lost is told', () => {
    const conditions = [{ type: 'Ready', status: 'False' }];
    const containerStatuses = [{ name: 'main', ready: true, state: { running: {} } }];

    expect(causeOfPod(
      { status: { phase: 'Running', conditions, containerStatuses } },
      { events: [warning('api-5d9c-x1', 'NodeNotReady', 'Node is not ready')] },
    )).toEqual([['node node-1 is not ready', []]]);
  });

  test('one without a controller that was evicted is told', () => {
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };

    expect(causesOf({ pods: [pod('Pod tool', { status })] }))
      .toEqual([['the node has evicted it: The node was low on resource: memory.', []]]);
  });

  test('one that was evicted and has been replaced is nobody\'s trouble', () => {
    const status = { phase: 'Failed', reason: 'Evicted' };

    expect(causesOf({ pods: [pod('api', { status, name: 'api-5d9c-x0' }), pod('api', { ready: true })] })).toEqual([]);
  });

  test('one that is being deleted is nobody\'s trouble', () => {
    const { metadata, ...rest } = pod('api');

    expect(causesOf({ pods: [{ ...rest, metadata: { ...metadata, deletionTimestamp: minutesAgo(1) } }] })).toEqual([]);
  });
});

describe('the trouble of a workload', () => {
  const quota = 'exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2';

  test('a quota that keeps a Deployment from its pods is told', () => {
    const message = `pods "api-5d9c-x7" is forbidden: ${quota}`;
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }];

    expect(causesOf({ workloads: [workload('Deployment', 'api', { status: { conditions } })] }))
      .toEqual([[`its pods cannot be made: ${quota}`, []]]);
  });

  test('a quota that keeps a StatefulSet from its pods is told by the event', () => {
    const message = `create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: ${quota}`;

    expect(causesOf({
      workloads: [workload('StatefulSet', 'db')],
      events: [warning('StatefulSet db', 'FailedCreate', message)],
    })).toEqual([[`its pods cannot be made: ${quota}`, []]]);
  });

  test('a Deployment that is scaled to zero is told where somebody waits for it', () => {
    const template = { metadata: { labels: { app: 'db' } } };
    const db = workload('Deployment', 'db', { spec: { replicas: 0, template } });

    expect(causesOf({ workloads: [db], services: [service('db', 5432)], pods: [waiting('api', 'tcp://db:5432')] }))
      .toEqual([['Deployment db is scaled to 0', []]]);
    expect(causesOf({ workloads: [db] })).toEqual([]);
  });

  test('a failed Job of a CronJob is nobody\'s trouble', () => {
    const { metadata, ...rest } = workload('Job', 'nightly-1', {
      status: { conditions: [{ type: 'Failed', status: 'True' }] },
    });
    const owned = { ...rest, metadata: { ...metadata, ownerReferences: [{ kind: 'CronJob', name: 'nightly' }] } };

    expect(causesOf({ workloads: [owned] })).toEqual([]);
  });
});

describe('the trouble of what is waited for', () => {
  const api = waiting('api', 'tcp://db:5432');

  test('a Service that is not there is told, and one that may be meant', () => {
    expect(causesOf({ pods: [api], services: [service('db-main', 5432)] }))
      .toEqual([['there is no Service db', ['there is db-main']]]);
  });

  test('a port that the Service does not have is told', () => {
    expect(causesOf({ pods: [api], services: [service('db', 3306)] }))
      .toEqual([['Service db has no port 5432, but 3306', []]]);
  });

  test('labels that no pod has are told', () => {
    expect(causesOf({ pods: [api], services: [service('db', 5432, { selector: { app: 'database' } })] }))
      .toEqual([['no pod has the labels that Service db selects: app=database', []]]);
  });

  test('a host of the pod\'s own hosts file is none of a Service', () => {
    const { spec, ...rest } = api;
    const withHosts = { ...rest, spec: { ...spec, hostAliases: [{ hostnames: ['db'] }] } };

    expect(causesOf({ pods: [withHosts], services: [service('db', 5432)] }))
      .toEqual([['db is outside of the cluster, which cannot tell why it does not answer', []]]);
  });

  test('an address in the own pod is told of the sidecar that should answer', () => {
    const { spec, status, ...rest } = waiting('api', 'tcp://localhost:5432');
    const started = { name: 'proxy', started: true, state: { running: { startedAt: minutesAgo(5) } } };
    const withSidecar = {
      ...rest,
      spec: { ...spec, initContainers: [sidecar, ...spec.initContainers!] },
      status: { ...status, initContainerStatuses: [started, ...status!.initContainerStatuses!] },
    };

    expect(causesOf({ pods: [withSidecar] }))
      .toEqual([['its own pod; sidecar proxy runs, and nothing answers on 5432', []]]);
  });

  test.each([
    '127.0.0.1', '0.0.0.0', 'localhost', '[::1]',
  ])('an address in the own pod that has no sidecar is told: %s', host => {
    expect(causesOf({ pods: [waiting('api', `tcp://${host}:5432`)] }))
      .toEqual([['its own pod, where no sidecar runs that could answer on 5432', []]]);
  });

  test('the address of a Service leads to its pods', () => {
    const parts = { pods: [waiting('api', 'tcp://10.0.0.1:5432')], services: [service('db', 5432)] };

    expect(causesOf(parts)).toEqual([['no pod has the labels that Service db selects: app=db', []]]);
  });

  test('the name of one pod of a headless Service leads to that pod', () => {
    const services = [service('db', 5432, { clusterIP: 'None' })];
    const broken = pod('StatefulSet db', { name: 'db-1', state: { terminated: { exitCode: 1 } } });
    const pods = [waiting('api', 'tcp://db-1.db:5432'), pod('StatefulSet db', { ready: true }), broken];

    const [cause] = diagnosisOf({ pods, services, slices: [ready('db', 'db-0')] }).causes;

    expect([cause.text, cause.holdsUp]).toEqual(['container main ends with exit code 1', 1]);
  });

  test('a host outside of the cluster is told, which only the log can explain', () => {
    const log = '2026-11-26T02:29:55Z wait-in-api: https://pay.example.com: status 503 (attempt 9), 50 s of 660 s';

    const { causes, tree } = diagnosisOf({
      pods: [waiting('api', 'https://pay.example.com')],
      logs: { 'api-5d9c-x1/wait-in-api': log },
    });

    expect(causes.map(({ text }) => text))
      .toEqual(['pay.example.com is outside of the cluster, which cannot tell why it does not answer']);
    expect(tree[0].step?.said).toEqual(['log: https://pay.example.com: status 503 (attempt 9), 50 s of 660 s']);
  });

  test('a host outside of the cluster is not blamed while a Service has no ready pod', () => {
    const causes = causesOf({
      pods: [waiting('api', 'https://pay.example.com', 'tcp://db:5432'), pod('StatefulSet db', { node: 'n' })],
      services: [service('db', 5432)],
    });

    expect(causes.map(([text]) => text)).toEqual(['container main runs, but is not ready']);
  });

  test('a Service with ready pods that does not answer as it should is told with the last result', () => {
    const log = '2026-11-26T02:29:55Z wait-in-web: http://api:8080: status 503 (attempt 9), 50 s of 660 s';

    expect(causesOf({
      pods: [waiting('web', 'http://api:8080'), pod('api', { ready: true })],
      services: [service('api', 8080)],
      slices: [ready('api', 'api-5d9c-x1')],
      logs: { 'web-5d9c-x1/wait-in-web': log },
    })).toEqual([[
      'Service api has 1 ready pod, and is not what the step waits for',
      ['log: http://api:8080: status 503 (attempt 9), 50 s of 660 s'],
    ]]);
  });

  test('a Service of another namespace leads to the pods there', () => {
    const db = pod('StatefulSet db', { namespace: 'data', state: { terminated: { exitCode: 1 } } });

    expect(causesOf({
      namespaces: ['shop', 'data'],
      pods: [waiting('api', 'tcp://db.data:5432'), db],
      services: [service('db', 5432, {}, 'data')],
    })).toEqual([['container main ends with exit code 1', []]]);
  });

  test('an alias of a Service leads to that Service', () => {
    const alias = service('db', 5432, { type: 'ExternalName', externalName: 'postgres.shop.svc.cluster.local' });

    expect(causesOf({ pods: [api], services: [alias, service('postgres', 5432)] }))
      .toEqual([['no pod has the labels that Service postgres selects: app=postgres', []]]);
  });

  test('an alias of a host outside of the cluster is told', () => {
    const alias = service('db', 5432, { type: 'ExternalName', externalName: 'db.example.com' });

    expect(causesOf({ pods: [api], services: [alias] }))
      .toEqual([['Service db stands for db.example.com, outside of the cluster', []]]);
  });

  test('an address that is in a Secret is taken from the log', () => {
    const step: Container = {
      name: 'wait-for-db',
      env: [{ name: 'step_endpoints', value: 'url:step_url_1' }, { name: 'step_url_1' }],
    };
    const log = '2026-11-26T02:29:55Z wait-for-db: postgres://db:5432: connection refused (attempt 9), 50 s of 660 s';

    expect(causesOf({ pods: [pod('api', { step })], logs: { 'api-5d9c-x1/wait-for-db': log } }))
      .toEqual([['there is no Service db', []]]);
  });
});

describe('the trouble of a step', () => {
  test('one that ends with another exit code than that of its deadline is ill itself', () => {
    const ended = { exitCode: 2, message: 'host of endpoint 1 is empty\n' };

    expect(causeOfPod({
      step: wait('wait-for-db', 'tcp://db:5432'),
      stepState: { waiting: { reason: 'CrashLoopBackOff' } },
      lastStepState: { terminated: ended },
    })).toEqual([
      ['container wait-for-db ends with exit code 2', ['termination message: host of endpoint 1 is empty']],
    ]);
  });

  test('a container that is none of our steps seems to wait for the Service that its command names', () => {
    const command = ['sh', '-c', 'until nc -z db 5432; do echo waiting for db; sleep 2; done'];

    const { tree, causes } = diagnosisOf({
      pods: [
        pod('api', { step: { name: 'wait', command } }),
        pod('StatefulSet db', { state: { terminated: { exitCode: 1 } } }),
      ],
      services: [service('db', 5432), service('api', 80)],
    });

    expect(tree[0].waitsFor.map(({ shown, isGuess }) => [shown, isGuess])).toEqual([['db', true]]);
    expect(causes.map(({ text, holdsUp }) => [text, holdsUp]))
      .toEqual([['container main ends with exit code 1', 1], ['step wait runs', 0]]);
  });

  test.each([
    ['its argument is', { args: ['--wait=tcp://db:5432'] }],
    ['a variable is', { env: [{ name: 'DATABASE', value: 'postgres://me:secret@db:5432/main' }] }],
  ])('a container that is none of our steps seems to wait for the Service whose address %s', (_, told) => {
    const { tree } = diagnosisOf({
      pods: [pod('api', { step: { name: 'migrate', ...told } })],
      services: [service('db', 5432), service('main', 80)],
    });

    expect(tree[0].waitsFor.map(({ shown, isGuess }) => [shown, isGuess])).toEqual([['db', true]]);
  });

  test('words of a command that are names of Services are no waits', () => {
    const command = ['sh', '-c', 'echo start of web; python migrate.py --target main'];

    const { tree, causes } = diagnosisOf({
      pods: [pod('api', { step: { name: 'migrate', command } })],
      services: [service('web', 80), service('main', 80)],
    });

    expect(tree[0].waitsFor).toEqual([]);
    expect(causes.map(({ text, isIll }) => [text, isIll])).toEqual([['step migrate runs', false]]);
  });

  test('what a container only seems to wait for is no cause', () => {
    const command = ['sh', '-c', 'curl http://db:5432'];

    const { tree, causes } = diagnosisOf({
      pods: [pod('api', { step: { name: 'load', command } })],
      services: [service('db', 5432)],
    });

    expect(tree[0].waitsFor.map(({ trouble }) => [trouble?.text, trouble?.isIll]))
      .toEqual([['no pod has the labels that Service db selects: app=db', false]]);
    expect(causes.map(({ text, isIll }) => [text, isIll])).toEqual([['step load runs', false]]);
  });

  test('a circle that is only guessed is no cause', () => {
    const command = ['sh', '-c', 'curl http://web'];

    const { causes } = diagnosisOf({
      pods: [pod('api', { step: { name: 'load', command } }), waiting('web', 'tcp://api:80')],
      services: [service('api', 80), service('web', 80)],
    });

    expect(causes.filter(({ isIll }) => isIll)).toEqual([]);
  });

  test('one that fetches a large file is not ill', () => {
    const step: Container = { name: 'fetch', env: [{ name: 'step_url', value: 'https://example.com/data.tar?t=1' }] };

    expect(causeOfPod({ step })).toEqual([['… step fetch fetches https://example.com/data.tar', []]]);
  });

  test('one that fetches from a Service waits for its pods', () => {
    const step: Container = { name: 'fetch', env: [{ name: 'step_url', value: 'http://files/data.tar' }] };
    const files = pod('files', { state: { terminated: { exitCode: 1 } } });

    expect(causesOf({ pods: [pod('api', { step }), files], services: [service('files', 80)] }))
      .toEqual([['container main ends with exit code 1', []]]);
  });

  test('one that does its work is not ill, and its log is shown', () => {
    const step = { name: 'migrate', command: ['flyway', 'migrate'] };

    expect(causeOfPod({ step }, { logs: { 'api-5d9c-x1/migrate': 'Migrating to version 7' } }))
      .toEqual([['… step migrate runs', ['log: Migrating to version 7']]]);
  });
});

test('events that may not be read leave a crash what it is', () => {
  const unread = [{ resource: 'events', namespace: 'shop', why: 'you may not read' }];

  expect(causeOfPod({ state: { terminated: { exitCode: 1 } } }, { unread }))
    .toEqual([['container main ends with exit code 1', []]]);
});

test('without the right to read Services nobody is blamed for them', () => {
  const unread = [{ resource: 'services', namespace: 'shop', why: 'you may not read' }];

  expect(causesOf({ pods: [waiting('api', 'tcp://db:5432')], unread }))
    .toEqual([['… the Services of namespace shop cannot be read', []]]);
});
