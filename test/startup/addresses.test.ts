import { ApiObject, Testing, type Chart } from 'cdk8s';
import { chartIn, ELSEWHERE, said, serviceIn, waitIn, webThatWaits, workloadIn } from './app';
import { Endpoint } from '../../src';

const HEADLESS = { clusterIP: 'None', publishNotReadyAddresses: true };
const three = Endpoint.dns('peers', { minAddresses: 3 });

/** A chart with a StatefulSet `queue` behind a Service `peers`. */
function queueIn(chart: Chart, spec: object, service: object = HEADLESS): ApiObject {
  serviceIn(chart, 'peers', { app: 'queue' }, service);
  return workloadIn(chart, 'StatefulSet', 'queue', { spec: { serviceName: 'peers', ...spec } });
}

/** What is said of a StatefulSet that waits for its own peers. */
function saidOfItself(spec: object, service?: object, endpoint = three): string[] {
  const chart = chartIn('shop');
  waitIn(queueIn(chart, spec, service), endpoint);
  return said(chart);
}

/** What is said of a Deployment that waits for the peers of a StatefulSet. */
function saidOfAnother(spec: object, service?: object, endpoint = three): string[] {
  const chart = chartIn('shop');
  queueIn(chart, spec, service);
  webThatWaits(chart, endpoint);
  return said(chart);
}

const refusal = (path: string, why: string, remedy: string, name = 'peers', count = 3) =>
  `error [${path}] waits in step 'wait' for dns:${name} with ${count} addresses, but ${why}; ${remedy}, ${ELSEWHERE}`;

const tooLate = refusal(
  'shop/queue',
  'the first pod of shop/queue waits there for pods that are made only when it is ready',
  'give the StatefulSet podManagementPolicy: Parallel, or remove the endpoint',
);

test.each<[string, object, object | undefined, string[]]>([
  ['one after the other', { replicas: 3 }, undefined, [tooLate]],
  ['one after the other, as it says', { replicas: 3, podManagementPolicy: 'OrderedReady' }, undefined, [tooLate]],
  ['together', { replicas: 3, podManagementPolicy: 'Parallel' }, undefined, []],
  ['together, of a Service that names none of them before it is ready',
    { replicas: 3, podManagementPolicy: 'Parallel' }, { clusterIP: 'None' }, [
      "error [shop/queue] waits in step 'wait' for dns:peers, a Service of its own pods, which are not ready before "
      + 'the step has ended; remove the endpoint, or let the Service publishNotReadyAddresses, '
      + `${ELSEWHERE}`,
    ]],
  ['together, but too few', { replicas: 2, podManagementPolicy: 'Parallel' }, undefined, [
    refusal('shop/queue', 'shop/queue has only 2 pods', 'wait for fewer, or give it more replicas'),
  ]],
])('a StatefulSet may count its own pods, which are made %s: %j', (_, spec, service, texts) => {
  expect(saidOfItself(spec, service)).toEqual(texts);
});

test('a StatefulSet that counts its own pods one after the other is refused at synth', () => {
  const chart = chartIn('shop');
  waitIn(queueIn(chart, { replicas: 3 }), three);

  expect(() => Testing.synth(chart)).toThrow('made only when it is ready; give the StatefulSet');
});

test('the first pod of a StatefulSet counts itself, once with IPv4 and once with IPv6', () => {
  const two = Endpoint.dns('peers', { minAddresses: 2 });
  expect(saidOfItself({ replicas: 3 }, { ...HEADLESS, ipFamilyPolicy: 'RequireDualStack' }, two)).toEqual([]);
  expect(saidOfItself({ replicas: 3 }, { ...HEADLESS, ipFamilies: ['IPv4', 'IPv6'] }, two)).toEqual([]);
  expect(saidOfItself({ replicas: 3 }, { ...HEADLESS, ipFamilyPolicy: 'RequireDualStack' })).toHaveLength(1);
});

test.each<[string, object, object | undefined, Endpoint, string]>([
  ['pods are there', { replicas: 2 }, undefined, three,
    refusal('shop/web', 'shop/queue has only 2 pods', 'wait for fewer, or give it more replicas')],
  ['addresses a Service with one of its own has', { replicas: 3 }, {}, three,
    refusal('shop/web', 'Service shop/peers-service has an address of its own instead of those of its pods',
      "give the Service clusterIP: 'None'")],
  ['pods are called by that name', { replicas: 3 }, undefined, Endpoint.dns('queue-0.peers', { minAddresses: 2 }),
    refusal('shop/web', 'queue-0 is one pod', 'wait for peers, the Service itself', 'queue-0.peers', 2)],
])('a wait for more addresses than %s is refused', (_, spec, service, endpoint, text) => {
  expect(saidOfAnother(spec, service, endpoint)).toEqual([text]);
});

test.each<[string, object]>([
  ['as many pods', { replicas: 3 }],
  ['a number of pods that only the cluster knows', {}],
  ['no pods until somebody scales it up', { replicas: 0 }],
])('a wait for the addresses of a workload with %s is not refused', (_, spec) => {
  expect(saidOfAnother(spec).filter(text => text.startsWith('error'))).toEqual([]);
});

test('a wait for addresses that others add is not refused', () => {
  expect(saidOfAnother({ replicas: 2 }, undefined, three.answeredByOthers())).toEqual([]);
});

test.each([
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
])('how many pods a workload has is not known beside an object of %s', (apiVersion, kind) => {
  const chart = chartIn('shop');
  queueIn(chart, { replicas: 2 });
  new ApiObject(chart, 'scaler', { apiVersion, kind, spec: { scaleTargetRef: { name: 'queue' } } });
  webThatWaits(chart, three);

  expect(said(chart)).toEqual([]);
});

test('pods of several workloads count together', () => {
  const countOf = (minAddresses: number) => {
    const chart = chartIn('shop');
    serviceIn(chart, 'peers', { tier: 'data' }, HEADLESS);
    const labels = { tier: 'data' };
    workloadIn(chart, 'Deployment', 'one', { labels, spec: { replicas: 2 } });
    workloadIn(chart, 'Pod', 'two', { labels });
    webThatWaits(chart, Endpoint.dns('peers', { minAddresses }));
    return said(chart);
  };

  expect(countOf(3)).toEqual([]);
  expect(countOf(4)).toEqual([refusal('shop/web', 'shop/one and shop/two have together only 3 pods',
    'wait for fewer, or give it more replicas', 'peers', 4)]);
});

test('the graph warns of more addresses than the answer of a name server has room for', () => {
  const saidOf = (minAddresses: number, service?: object) =>
    saidOfAnother({ replicas: 40 }, service, Endpoint.dns('peers', { minAddresses }));

  expect(saidOf(29)).toEqual([]);
  expect(saidOf(30, { ...HEADLESS, ipFamilyPolicy: 'PreferDualStack' })).toEqual([]);
  expect(saidOf(30)).toEqual([
    "warning [shop/web] waits in step 'wait' for dns:peers with 30 addresses, "
    + 'but the answer of a name server has room for 29 of IPv4; wait for at most 29',
  ]);
});
