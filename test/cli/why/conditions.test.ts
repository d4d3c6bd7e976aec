import { diagnosisOf, linesOf, pod, workload, type Parts } from './snapshots';
import type { Container, Workload } from '../../../src/cli/why/objects';

const CERTIFICATE = 'met,Ready,cert-manager.io/v1,certificates,,Certificate,web';
const JOB = 'completed,,batch/v1,jobs,,Job,migrate';

/** A step that waits for conditions. */
function conditions(...texts: string[]): Container {
  return { name: 'wait', env: [{ name: 'step_conditions', value: texts.join(' ') }] };
}

/** A line of its log. */
function said(text: string): string {
  return `2026-11-26T02:29:55Z wait: ${text}, 50 s of 660 s`;
}

function causesOf(parts: Parts): string[] {
  return diagnosisOf(parts).causes.map(({ text }) => text);
}

function job(type: string, message?: string): Workload {
  return workload('Job', 'migrate', { spec: {}, status: { conditions: [{ type, status: 'True', message }] } });
}

test.each([
  'the server knows no certificates of cert-manager.io/v1',
  'not there (yet)',
  'has no condition Ready (yet)',
  'Ready is False: DoesNotExist: issuing',
])('a custom resource is told as the step has found it: %s', report => {
  const log = [said(`Certificate web in shop: ${report}`), said('still waiting')].join('\n');

  expect(causesOf({ pods: [pod('web', { step: conditions(CERTIFICATE) })], logs: { 'web-5d9c-x1/wait': log } }))
    .toEqual([`Certificate web in shop: ${report}`]);
});

test('a custom resource that steps have found in different ways is as many causes', () => {
  const step = conditions(CERTIFICATE);

  expect(causesOf({
    pods: [pod('web', { step }), pod('api', { step })],
    logs: {
      'web-5d9c-x1/wait': said('Certificate web in shop: the server knows no certificates of cert-manager.io/v1'),
      'api-5d9c-x1/wait': said('Certificate web in shop: not there (yet)'),
    },
  })).toEqual([
    'Certificate web in shop: the server knows no certificates of cert-manager.io/v1',
    'Certificate web in shop: not there (yet)',
  ]);
});

test('of several conditions, one that is met is not blamed', () => {
  const log = [
    said('Certificate web in shop: Ready is True: Ready: up to date'), said('Bucket data in shop: not there (yet)'),
  ].join('\n');
  const step = conditions(CERTIFICATE, 'met,Ready,example.com/v1,buckets,,Bucket,data');

  expect(causesOf({ pods: [pod('web', { step })], logs: { 'web-5d9c-x1/wait': log } }))
    .toEqual(['Bucket data in shop: not there (yet)']);
});

test('a right that the pod lacks is the cause, even if what it waits for is up', () => {
  const refusal = 'may not get jobs "migrate" in shop: the rule that is missing: apiGroups [batch], resources [jobs], '
    + 'resourceNames [migrate], verbs [get, watch]';

  expect(causesOf({
    workloads: [job('Complete')],
    pods: [pod('api', { step: conditions(JOB) })],
    logs: { 'api-5d9c-x1/wait': said(`Job migrate in shop: ${refusal}`) },
  })).toEqual([`account default ${refusal}`]);
});

test('a Job that has failed is the only cause where the step that waits for it has ended', () => {
  const failed = pod('Job migrate', {
    status: { phase: 'Failed', containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 3 } } }] },
  });
  const ended = { exitCode: 1, message: 'Job migrate in shop: failed: BackoffLimitExceeded, 9 s of 660 s\n' };
  const api = pod('api', {
    step: conditions(JOB),
    restarts: 1,
    stepState: { waiting: { reason: 'CrashLoopBackOff' } },
    lastStepState: { terminated: ended },
  });

  expect(linesOf({
    workloads: [job('Failed', 'Job has reached the limit')],
    pods: [failed, api],
    logs: { 'migrate-5d9c-x1/main': 'ERROR: relation "users" exists' },
  })).toEqual([
    '1 of 1 pod has not started. 1 root cause:',
    '  ✗ Job migrate: it has failed: Job has reached the limit; 1 other pod waits for it',
    '',
    'Deployment api, pod api-5d9c-x1, for 12 min, in step wait (started again once)',
    '│ termination message: Job migrate in shop: failed: BackoffLimitExceeded, 9 s of 660 s',
    '└─ waits for Job migrate completed: Job migrate',
    '   └─ Job migrate',
    '        ✗ it has failed: Job has reached the limit',
    '          container main ends with exit code 3',
    '          log: ERROR: relation "users" exists',
  ]);
});
