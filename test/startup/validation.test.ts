import { ApiObject, JsonPatch, Testing, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { chartIn, serve, serviceOf, wait } from './app';
import { Endpoint, StartupGraph, WaitForService } from '../../src';

test('the waits of an app are judged once, however many charts it has, and again when it has changed', () => {
  const app = Testing.app();
  const [chart] = ['shop', 'b', 'c', 'd'].map(id => chartIn(undefined, app, id));
  const api = serve(chart, 'api');
  const web = serve(chart, 'web');
  wait(web.deployment, 'api', Endpoint.tcp('api', 80));
  const read = jest.spyOn(ApiObject.of(api.service), 'toJson');

  app.synth();
  expect(read).toHaveBeenCalledTimes(2); // one of them writes the YAML
  wait(api.deployment, 'web', Endpoint.tcp('web', 80));
  expect(() => Testing.synth(chart)).toThrow('in a circle');
  expect(() => Testing.synth(chart)).toThrow('in a circle');
  ApiObject.of(api.service).addJsonPatch(JsonPatch.replace('/spec/selector', { app: 'api' }));
  expect(() => Testing.synth(chart)).not.toThrow();
  ApiObject.of(web.deployment).addJsonPatch(JsonPatch.add('/spec/template/metadata/labels/app', 'api'));
  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});

/** A chart whose deployment waits for a Service `db` that has another port. */
function waitingForAnotherPort(): Chart {
  const chart = chartIn('shop');
  new ApiObject(chart, 'service', serviceOf('db', { ports: [{ port: 80 }] }));
  wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 5432));
  return chart;
}

test('an app that was refused is judged again, though nothing was added to it', () => {
  const chart = chartIn('shop');
  const labels = { app: 'web' };
  const service = new ApiObject(chart, 'service', serviceOf('web', { selector: labels, ports: [{ port: 80 }] }));
  const { deployment } = serve(chart, 'web-1', { podMetadata: { labels } });
  wait(deployment, 'web', Endpoint.service(service));
  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');

  deployment.podMetadata.addLabel('app', 'other');

  expect(() => Testing.synth(chart)).not.toThrow();
});

test('a refused wait is said once, however often the app is validated', () => {
  const chart = waitingForAnotherPort();
  const saidBy = () => chart.node.root.node.findAll().flatMap(({ node }) => node.validate());

  expect([saidBy().length, saidBy().length]).toEqual([1, 1]);
});

test('an app is walked once per round of validation, however many workloads wait in it', () => {
  const walks = [2, 20].map(count => {
    const chart = chartIn();
    for (let index = 0; index < count; index++) {
      wait(serve(chart, `w${index}`).deployment, 'db', Endpoint.tcp('db', 5432));
    }
    const all = chart.node.root.node.findAll();
    const children = jest.spyOn(chart.node, 'children', 'get');
    for (let round = 0; round < 3; round++) all.forEach(each => each.node.validate());
    return children.mock.calls.length;
  });

  expect(walks).toEqual([4, 4]); // in the first round the plan walks, too
});

test('the Services of an app without waits are not read', () => {
  const chart = chartIn();
  const { deployment, service } = serve(chart, 'web');
  const read = jest.spyOn(ApiObject.of(service), 'toJson');

  Testing.synth(chart);

  expect(read).toHaveBeenCalledTimes(1);
  expect(deployment.node.validate()).toEqual([]);
});

test('an object that cannot be rendered yet has no finding', () => {
  const chart = chartIn();
  wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));
  new kplus.Service(chart, 'db', { metadata: { name: 'db' } });
  new ApiObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: new Map() });

  expect(() => Testing.synth(chart)).toThrow(/A service must be configured with a port|can't render non-simple object/);
  expect(StartupGraph.of(chart).findings()).toEqual([]);
});

test('a Deployment that has no container yet is left to the synthesis by all that reads the graph', () => {
  const chart = chartIn('shop');
  const { service } = serve(chart, 'db', { replicas: 0 });
  const web = new kplus.Deployment(chart, 'web');
  wait(web, 'all', Endpoint.tcp('localhost', 80), Endpoint.tcp('db-0.db', 80), Endpoint.service(service));
  const graph = StartupGraph.of(web);

  expect(graph.findings().map(({ message }) => message)).toEqual([
    "waits in step 'wait-for-all' for tcp://db:80, but shop/db has no replicas",
  ]);
  expect(graph.notes()).toHaveLength(1);
  expect(graph.toText()).toMatch(/^level 2\n {2}shop\/web {2}at most 2 min, after localhost \(outside\)/);
  expect(() => Testing.synth(chart)).toThrow('PodSpec must have at least 1 container');
});

test('a subclass of WaitForService is judged as any other wait', () => {
  class WaitForMe extends WaitForService {}
  const chart = chartIn();
  const web = serve(chart, 'web');
  new WaitForMe(web.deployment, 'wait', { endpoints: [Endpoint.service(web.service)] });

  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});

test('no validation is added while cdk8s validates', () => {
  const chart = waitingForAnotherPort();
  const all = chart.node.root.node.findAll();
  const added = all.map(({ node }) => jest.spyOn(node, 'addValidation'));

  expect(() => Testing.synth(chart)).toThrow('has only 80');

  expect(added.flatMap(({ mock }) => mock.calls)).toEqual([]);
});

test.each<[string, (chart: Chart) => Construct]>([
  ['a construct without children', chart => chart.node.findChild('empty') as Construct],
  ['an object', chart => chart.node.findChild('service') as Construct],
  ['a chart', chart => chart],
])('an app is judged again when a Service was added below %s', (_, scopeIn) => {
  const chart = chartIn();
  new Construct(chart, 'empty');
  new ApiObject(chart, 'service', serviceOf('other', { ports: [{ port: 80 }] }));
  wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));
  Testing.synth(chart);

  new ApiObject(scopeIn(chart), 'late', serviceOf('db', { ports: [{ port: 5432 }] }));

  expect(() => Testing.synth(chart)).toThrow('has only 5432');
});
