import { diagnosisOf, linesOf, pod, warning, workload, type Parts } from './snapshots';

const QUOTA = 'exceeded quota: small, requested: limits.cpu=1, used: limits.cpu=2, limited: limits.cpu=2';
const conditions = [{
  type: 'ReplicaFailure', status: 'True', message: `pods "api-7f9d-" is forbidden: ${QUOTA}`,
}];

/** A Deployment with two old pods that are ready, of which some are new by now. */
function rolling(updatedReplicas: number, status: object = {}): Parts {
  return {
    workloads: [workload('Deployment', 'api', { spec: { replicas: 2 }, status: { updatedReplicas, ...status } })],
    pods: ['x1', 'x2'].map(name => pod('api', { name: `api-5d9c-${name}`, ready: true })),
  };
}

test('a rolling update whose new pods are refused has not started, though the old pods are ready', () => {
  expect(diagnosisOf(rolling(0, { conditions })).causes.map(({ text }) => text))
    .toEqual([`its pods cannot be made: ${QUOTA}`]);
});

test('who waits for the rollout waits for what refuses the new pods', () => {
  const value = 'rolledOut,,apps/v1,deployments,,Deployment,api';
  const step = { name: 'wait', env: [{ name: 'step_conditions', value }] };
  const { pods, workloads } = rolling(0, { conditions });

  expect(linesOf({ workloads, pods: [...pods!, pod('web', { step })] }).slice(0, 2)).toEqual([
    '1 of 3 pods has not started. 1 root cause:',
    `  ✗ Deployment api: its pods cannot be made: ${QUOTA}; 1 other pod waits for it`,
  ]);
});

test('a rolling update that goes on is no trouble', () => {
  const events = [warning('Deployment api', 'FailedCreate', `Error creating: ${QUOTA}`)];

  expect(diagnosisOf({ ...rolling(1), events }).causes).toEqual([]);
  expect(diagnosisOf(rolling(2)).causes).toEqual([]);
});
