import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { serve } from './app';
import { Endpoint, StartupGraph, WaitForService } from '../../src';

/** An app in which each of many workloads waits for the three before it, and one for a port that is not there. */
function chain(count: number): Chart {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const services: kplus.Service[] = [];
  for (let index = 0; index < count; index++) {
    const { deployment, service } = serve(chart, `w${index}`);
    services.slice(-3).forEach((each, number) => new WaitForService(deployment, `wait-${number}`, {
      endpoints: [number === 0 ? Endpoint.service(each) : Endpoint.tcp(each.name, 80)],
    }));
    services.push(service);
  }
  new WaitForService(serve(chart, 'lost').deployment, 'wait', { endpoints: [Endpoint.tcp('w0', 81)] });
  return chart;
}

/** How long it takes to judge an app, in milliseconds. */
function judging(chart: Chart): number {
  const { root } = chart.node;
  const since = performance.now();
  root.node.validate();
  const time = performance.now() - since;
  expect(chart.node.findChild('lost').node.validate()).toEqual([expect.stringContaining('has only 80')]);
  return time;
}

test('an app of 3000 workloads with three waits each is judged in time that grows with their number only', () => {
  judging(chain(100));
  const [small, large] = [chain(600), chain(3000)].map(judging);

  expect(large).toBeLessThan(3000); // about 500 ms where nothing else runs
  expect(large / small).toBeLessThan(15); // five times as many
}, 60_000);

test('findings and pictures of 1000 workloads take less than a few seconds', () => {
  const chart = chain(1000);
  const since = performance.now();
  const graph = StartupGraph.of(chart);

  expect(graph.findings().map(({ severity, path }) => [severity, path])).toEqual([['error', 'shop/lost']]);
  expect(graph.notes().map(({ path }) => path)).toEqual(['shop/w999']);
  expect(graph.toText().split('\n')).toHaveLength(2002);
  expect(graph.toMermaid().length + graph.toDot().length).toBeGreaterThan(100_000);
  expect(performance.now() - since).toBeLessThan(5000);
}, 60_000);

/** How long the findings of an app take in which each workload waits for a name that nearly is that of a Service. */
function doubting(count: number): number {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  for (let index = 0; index < count; index++) {
    const { deployment } = serve(chart, `server-${index}-of-many`);
    new WaitForService(deployment, 'wait', { endpoints: [Endpoint.tcp(`server-${index}-of-manny`, 80)] });
  }
  const since = performance.now();
  expect(StartupGraph.of(chart).findings()).toHaveLength(count);
  return performance.now() - since;
}

test('typing errors in the names of 2000 Services are found in time that grows with their number only', () => {
  doubting(100);
  const [small, large] = [500, 2000].map(doubting);

  expect(large / small).toBeLessThan(12); // four times as many
}, 60_000);

test('the findings of an app render none of its workloads, which takes long', () => {
  const chart = chain(10);
  const read = jest.spyOn(ApiObject.prototype, 'toJson');

  StartupGraph.of(chart).findings();

  const rendered = (read.mock.contexts as ApiObject[]).map(({ kind }) => kind);
  read.mockRestore();
  expect(new Set(rendered)).toEqual(new Set(['Service']));
});
