import { Duration } from 'cdk8s';
import { chartIn, serve, wait } from './app';
import { Endpoint, InitStep, StartupGraph, WaitForService } from '../../src';

/** A web shop with all that the data of a graph tells. */
function shop() {
  const chart = chartIn('shop');
  const [web, api, db] = ['web', 'api', 'db'].map(name => serve(chart, name));
  wait(web.deployment, 'all', Endpoint.service(api.service), Endpoint.tcp('queue.example.com', 5671));
  new InitStep(web.deployment, 'migrate', { command: ['migrate'] });
  new WaitForService(api.deployment, 'wait-for-name', {
    endpoints: [Endpoint.dns('db')], timeout: Duration.minutes(3),
  });
  return { chart, web, api, db };
}

const seconds = (timeout?: Duration) => timeout?.toSeconds();

test('the edges of a graph tell who waits for whom, in which step, and how long', () => {
  const edges = StartupGraph.of(shop().chart).edges();

  expect(edges.map(edge => ({ ...edge, timeout: seconds(edge.timeout) }))).toEqual([
    {
      workload: 'shop/web',
      step: 'wait-for-all',
      endpoint: 'tcp://api:80',
      timeout: 120,
      answeredBy: ['shop/api'],
      needsReady: true,
    },
    {
      workload: 'shop/web',
      step: 'wait-for-all',
      endpoint: 'tcp://queue.example.com:5671',
      timeout: 120,
      answeredBy: [],
      outside: 'queue.example.com',
      needsReady: false,
    },
    {
      workload: 'shop/api',
      step: 'wait-for-name',
      endpoint: 'dns:db',
      timeout: 180,
      answeredBy: ['shop/db'],
      needsReady: false,
    },
  ]);
});

test('the order of a graph tells when each workload can start', () => {
  const order = StartupGraph.of(shop().chart).order();

  expect(order.map(each => ({ ...each, worstCase: seconds(each.worstCase) }))).toEqual([
    { workload: 'shop/api', level: 1, worstCase: 180, isBounded: true },
    { workload: 'shop/db', level: 1, worstCase: 0, isBounded: true },
    { workload: 'shop/web', level: 2, worstCase: 180, isBounded: false },
  ]);
});

test('workloads that can never start come last in the order, without a level', () => {
  const { chart, web, api } = shop();
  wait(api.deployment, 'web', Endpoint.service(web.service));

  expect(StartupGraph.of(chart).order()).toEqual([
    { workload: 'shop/db', level: 1, worstCase: Duration.seconds(0), isBounded: true },
    { workload: 'shop/web', isBounded: false },
    { workload: 'shop/api', isBounded: false },
  ]);
});

test('the data of a graph is that of its scope', () => {
  const { api } = shop();
  const graph = StartupGraph.of(api.deployment);

  expect(graph.edges().map(({ workload }) => workload)).toEqual(['shop/api']);
  expect(graph.order().map(({ workload, level }) => [workload, level])).toEqual([['shop/api', 1]]);
});
