/** How you test your own chart: synthesize it and look at what the pod gets. */
import { Chart, Testing } from 'cdk8s';
import { Endpoint, InitStep, StartupGraph, WaitForService } from 'cdk8s-init-containers';
import * as serializer from 'cdk8s-init-containers/lib/snapshot-serializer';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

class Orders extends Chart {
  public readonly deployment: kplus.Deployment;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deployment = new kplus.Deployment(this, 'orders', {
      containers: [{ image: 'orders:2.3' }],
    });
    new WaitForService(this.deployment, 'wait-for-stores', {
      endpoints: [Endpoint.tcp('orders-db', 5432), Endpoint.http('http://catalog/healthz')],
    });
  }
}

test('orders starts when its stores are up', () => {
  const chart = new Orders(Testing.app(), 'orders');

  const steps = InitStep.of(chart.deployment);
  const [wait] = steps as WaitForService[];

  expect(steps.map(step => step.containerName)).toEqual(['wait-for-stores']);
  expect(wait.endpoints.map(endpoint => endpoint.description)).toEqual([
    'tcp://orders-db:5432',
    'http://catalog/healthz',
  ]);
});

test('nothing about its start is doubtful', () => {
  const chart = new Orders(Testing.app(), 'orders');

  expect(StartupGraph.of(chart).findings()).toEqual([]);
});

test('orders waits for its stores and for nothing else', () => {
  const chart = new Orders(Testing.app(), 'orders');

  const edges = StartupGraph.of(chart).edges();

  expect(edges.map(({ workload, endpoint }) => `${workload} -> ${endpoint}`)).toEqual([
    'orders/orders -> tcp://orders-db:5432',
    'orders/orders -> http://catalog/healthz',
  ]);
});

expect.addSnapshotSerializer(serializer);

test('what is applied for orders has been reviewed', () => {
  const chart = new Orders(Testing.app(), 'orders');

  expect(Testing.synth(chart)).toMatchSnapshot();
});
