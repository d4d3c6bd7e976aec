import {
  diagnosisOf, imageMissing, linesOf, pod, ready, service, wait, waiting, warning, workload,
} from './snapshots';

const brokenDatabase = [
  pod('StatefulSet db', { image: 'postgres:61', state: imageMissing() }),
];
const services = [service('api', 8080), service('db', 5432)];

test('a chain leads from what does not start down to the image that is missing', () => {
  const lines = linesOf({
    services,
    pods: [waiting('web', 'http://api:8080/healthz'), waiting('api', 'postgres://db:5432'), ...brokenDatabase],
    logs: {
      'web-5d9c-x1/wait-in-web': '2026-11-26T02:29:55Z wait-in-web: http://api:8080/healthz: '
        + 'connection refused or no route (attempt 40), 50 s of 660 s\n'
        + '2026-11-26T02:29:59Z wait-in-web: still waiting, 54 s of 660 s',
    },
  });

  expect(lines).toEqual([
    '3 of 3 pods have not started. 1 root cause:',
    '  ✗ StatefulSet db: image postgres:61 cannot be pulled; 2 other pods wait for it',
    '',
    'Deployment web, pod web-5d9c-x1, for 12 min, in step wait-in-web',
    '│ log: http://api:8080/healthz: connection refused or no route (attempt 40), 50 s of 660 s',
    '└─ waits for http://api:8080/healthz: Service api, 0 of 1 pod ready',
    '   └─ Deployment api, pod api-5d9c-x1, for 12 min, in step wait-in-api',
    '      └─ waits for postgres://db:5432: Service db, 0 of 1 pod ready',
    '         └─ StatefulSet db, pod db-0, for 12 min',
    '              ✗ image postgres:61 cannot be pulled',
    '                manifest unknown',
  ]);
});

test('twelve victims of one cause are one line and a count', () => {
  const names = Array.from({ length: 12 }, (_, index) => `worker-${index + 1}`);

  const lines = linesOf({
    services,
    pods: [...names.map(name => waiting(name, 'tcp://db:5432')), ...brokenDatabase],
  });

  expect(lines).toEqual([
    '13 of 13 pods have not started. 1 root cause:',
    '  ✗ StatefulSet db: image postgres:61 cannot be pulled; 12 other pods wait for it',
    '',
    'Deployments worker-1, worker-2, worker-3 and 9 others, 12 pods, for 12 min, in steps '
      + 'wait-in-worker-1, wait-in-worker-2, wait-in-worker-3 and 9 others',
    '└─ waits for tcp://db:5432: Service db, 0 of 1 pod ready',
    '   └─ StatefulSet db, pod db-0, for 12 min',
    '        ✗ image postgres:61 cannot be pulled',
    '          manifest unknown',
  ]);
});

test('what two others wait for is drawn once', () => {
  const lines = linesOf({
    services,
    pods: [
      waiting('web', 'http://api:8080'), waiting('api', 'tcp://db:5432'), waiting('mailer', 'tcp://db:5432'),
      ...brokenDatabase,
    ],
  });

  expect(lines.slice(-2)).toEqual([
    '└─ waits for tcp://db:5432: Service db, 0 of 1 pod ready',
    '   └─ StatefulSet db, pod db-0, for 12 min: see above',
  ]);
});

test('asked for one pod, it tells of that one and of what it waits for', () => {
  const { pods, notStarted, tree } = diagnosisOf({
    services,
    pods: [waiting('web', 'http://api:8080'), waiting('api', 'tcp://db:5432'), ...brokenDatabase],
  }, { namespace: 'shop', name: 'api' });

  expect({ pods, notStarted, tree: tree.map(({ owners }) => owners.map(({ name }) => name)) })
    .toEqual({ pods: 1, notStarted: 1, tree: [['api']] });
});

test('asked for one kind, it does not tell of another one of the same name', () => {
  const pods = [waiting('web', 'http://api:8080'), pod('StatefulSet web', { image: 'web:9', state: imageMissing() })];

  const { tree } = diagnosisOf({ services, pods }, { namespace: 'shop', name: 'web', kind: 'deployment' });

  expect(tree.map(({ owners }) => owners)).toEqual([[{ kind: 'Deployment', namespace: 'shop', name: 'web' }]]);
});

test('nothing that is printed has control characters', () => {
  const evil = 'db\u001b]0;title\u0007\n\u009b2J';

  const diagnosis = diagnosisOf({
    pods: [pod(`StatefulSet ${evil}`, { image: 'postgres:61', state: imageMissing() })],
    unread: [{ resource: 'services', namespace: evil, why: 'you may not read' }],
  });

  // eslint-disable-next-line no-control-regex
  expect(JSON.stringify(diagnosis)).not.toMatch(/\\u00[01]|\\n|[\u007f-\u009f]/);
  expect(diagnosis.tree[0].owners[0].name).toBe('db ]0;title 2J');
});

test('an endpoint that is up is not blamed', () => {
  const { tree, causes } = diagnosisOf({
    services: [...services, service('cache', 6379)],
    slices: [ready('cache', 'cache-0')],
    pods: [
      pod('web', { step: wait('wait', 'redis://cache:6379', 'tcp://db:5432') }),
      pod('StatefulSet cache', { ready: true }),
      ...brokenDatabase,
    ],
  });

  expect(tree[0].waitsFor.map(({ shown }) => shown)).toEqual(['tcp://db:5432']);
  expect(causes.map(({ text, of }) => [text, of.map(({ name }) => name)]))
    .toEqual([['image postgres:61 cannot be pulled', ['db']]]);
});

test('a step that gave up and is started again still waits', () => {
  const ended = { exitCode: 124, message: 'gave up: tcp://db:5432: no answer in 4 s (attempt 90), 660 s of 660 s\n' };

  const lines = linesOf({
    services,
    pods: [
      pod('api', {
        step: wait('wait-for-db', 'tcp://db:5432'),
        restarts: 3,
        stepState: { waiting: { reason: 'CrashLoopBackOff' } },
        lastStepState: { terminated: ended },
      }),
      ...brokenDatabase,
    ],
  });

  expect(lines.slice(3, 6)).toEqual([
    'Deployment api, pod api-5d9c-x1, for 12 min, in step wait-for-db (started again 3 times)',
    '│ termination message: gave up: tcp://db:5432: no answer in 4 s (attempt 90), 660 s of 660 s',
    '└─ waits for tcp://db:5432: Service db, 0 of 1 pod ready',
  ]);
});

test('a pod is none of those that wait for it', () => {
  expect(linesOf({ pods: [waiting('web', 'tcp://api:8080')] }).slice(0, 2)).toEqual([
    '1 of 1 pod has not started. 1 root cause:',
    '  ✗ Deployment web: there is no Service api',
  ]);
});

test('two that wait for each other are a circle', () => {
  const { causes } = diagnosisOf({
    services: [service('a', 80), service('b', 80)],
    pods: [waiting('a', 'tcp://b:80'), waiting('b', 'tcp://a:80')],
  });

  expect(causes.map(({ kind, text }) => [kind, text])).toEqual([
    ['circle', 'a circle: Deployment a waits for Deployment b waits for Deployment a'],
  ]);
});

test('a pod that waits for its own Service waits for itself', () => {
  const { causes } = diagnosisOf({ services: [service('web', 80)], pods: [waiting('web', 'tcp://web:80')] });

  expect(causes.map(({ text }) => text)).toEqual(['Deployment web waits for itself']);
});

test('where all has started, that is all it says', () => {
  expect(linesOf({ pods: [pod('web', { ready: true }), pod('api', { ready: true })] }))
    .toEqual(['All 2 pods have started.']);
});

test('where pods are missing that nobody waits for, it says so', () => {
  const conditions = [{ type: 'ReplicaFailure', status: 'True', message: 'pods "api-x" is forbidden: no more' }];

  expect(linesOf({
    pods: [pod('web', { ready: true }), pod('mailer', { ready: true })],
    workloads: [workload('Deployment', 'api', { status: { conditions } })],
  })).toEqual([
    'All 2 pods have started. Others are missing. 1 root cause:',
    '  ✗ Deployment api: its pods cannot be made: no more',
    '',
    'Deployment api',
    '  ✗ its pods cannot be made: no more',
  ]);
});

test('a Job whose failure others wait for is told with the log of its last pod', () => {
  const job = workload('Job', 'migrate', {
    spec: {},
    status: { conditions: [{ type: 'Failed', status: 'True', message: 'Job has reached the limit' }] },
  });
  const failed = pod('Job migrate', {
    status: {
      phase: 'Failed',
      containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 3 } } }],
    },
  });
  const api = pod('api', {
    step: { name: 'wait-for-job', env: [{ name: 'step_conditions', value: 'completed,,batch/v1,jobs,,Job,migrate' }] },
  });

  const lines = linesOf({
    workloads: [job],
    pods: [failed, api],
    logs: { 'migrate-5d9c-x1/main': 'ERROR: relation "users" exists' },
  });

  expect(lines).toEqual([
    '1 of 1 pod has not started. 1 root cause:',
    '  ✗ Job migrate: it has failed: Job has reached the limit; 1 other pod waits for it',
    '',
    'Deployment api, pod api-5d9c-x1, for 12 min, in step wait-for-job',
    '└─ waits for Job migrate completed: Job migrate',
    '   └─ Job migrate',
    '        ✗ it has failed: Job has reached the limit',
    '          container main ends with exit code 3',
    '          log: ERROR: relation "users" exists',
  ]);
});

test('pods of one workload with the same trouble are one line, wherever each of them is', () => {
  const answer = (address: string) => `Readiness probe failed: dial tcp ${address}:80: connect: connection refused`;

  expect(linesOf({
    pods: [pod('api', { name: 'api-1' }), pod('api', { name: 'api-2' })],
    events: [
      warning('api-1', 'Unhealthy', answer('10.2.0.7')), warning('api-2', 'Unhealthy', answer('10.2.0.8')),
    ],
  }).slice(3)).toEqual([
    'Deployment api, 2 pods, for 12 min',
    '  ✗ container main is not ready: readiness probe failed: dial tcp …:80: connect: connection refused',
  ]);
});

test('a long reason is cut above the tree, and whole in it', () => {
  const message = 'a'.repeat(300);
  const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] };

  const lines = linesOf({ pods: [pod('Pod tool', { name: 'tool', node: '', status })] });

  expect(lines).toEqual([
    '1 of 1 pod has not started. 1 root cause:',
    `  ✗ Pod tool: no node takes it: ${'a'.repeat(142)}…`,
    '',
    'Pod tool, for 12 min',
    `  ✗ no node takes it: ${message}`,
  ]);
});

test('two that crash are two causes, though both crash in the same words', () => {
  const crash = { state: { terminated: { exitCode: 1 } } };

  const { causes } = diagnosisOf({ pods: [pod('api', crash), pod('mailer', crash)] });

  expect(causes.map(({ of }) => of.map(({ name }) => name))).toEqual([['api'], ['mailer']]);
});

test('two that lack the same image have one cause', () => {
  const missing = { image: 'app:2', state: imageMissing() };

  expect(linesOf({ pods: [pod('api', missing), pod('mailer', missing)] })).toEqual([
    '2 of 2 pods have not started. 1 root cause:',
    '  ✗ Deployments api and mailer: image app:2 cannot be pulled',
    '',
    'Deployments api and mailer, 2 pods, for 12 min',
    '  ✗ image app:2 cannot be pulled',
    '    manifest unknown',
  ]);
});

test('a Service with fewer ready pods than are waited for leads to the others', () => {
  const log = '2026-11-26T02:29:55Z wait-in-web: dns:api: 1 of 2 addresses (attempt 9), 50 s of 660 s';
  const broken = pod('api', { name: 'api-5d9c-x2', state: { terminated: { exitCode: 1 } } });

  const { causes } = diagnosisOf({
    services: [service('api', 80)],
    slices: [ready('api', 'api-5d9c-x1')],
    pods: [waiting('web', 'dns:api'), pod('api', { ready: true }), broken],
    logs: { 'web-5d9c-x1/wait-in-web': log },
  });

  expect(causes.map(({ text, holdsUp }) => [text, holdsUp])).toEqual([['container main ends with exit code 1', 1]]);
});
