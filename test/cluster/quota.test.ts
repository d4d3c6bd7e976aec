import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { container, manifestsOf, service, shell } from './manifests';
import { inNamespace } from './namespace';
import { Endpoint, InitDefaults, WaitForService, type InitDefaultsProps } from '../../src';
import { goldenYaml } from '../golden';

/** Requests that equal their limits. */
function guaranteed(millis: number, mebibytes: number): kplus.ContainerResources {
  const [cpu, memory] = [kplus.Cpu.millis(millis), Size.mebibytes(mebibytes)];
  return { cpu: { request: cpu, limit: cpu }, memory: { request: memory, limit: memory } };
}

/** A pod with a step under these defaults. */
function podWith(defaults: InitDefaultsProps, app = guaranteed(100, 64)): string {
  const chart = new Chart(Testing.app(), 'chart');
  InitDefaults.set(chart, defaults);
  const pod = new kplus.Pod(chart, 'web', {
    metadata: { name: 'web' },
    containers: [{ ...container('exec sleep 3600'), resources: app }],
  });
  new WaitForService(pod, 'wait-for-index', { endpoints: [Endpoint.tcp('index', 9200)] });
  return JSON.stringify(manifestsOf(pod)[0]);
}

test('a ResourceQuota counts the app alone, and a LimitRange takes the example, but not the defaults of steps', () =>
  inNamespace('quota', async namespace => {
    await namespace.apply([shell('index', 'exec nc -lk -p 9200 -e cat'), service('index', 'index', 9200, 9200)]);
    await namespace.ready('index');
    await namespace.apply(goldenYaml('quota'));
    await namespace.rolledOut('search');

    const { status } = JSON.parse(await namespace.kubectl(['get', 'resourcequota', 'quota', '-o', 'json']));
    expect(status.used).toEqual({
      'requests.cpu': '200m',
      'requests.memory': '128Mi',
      'limits.cpu': '1',
      'limits.memory': '256Mi',
    });

    const { stderr } = await namespace.tryKubectl(['apply', '--dry-run=server', '-f', '-'], { input: podWith({}) });
    const [, refused, reasons] = /^(.*: )\[(.*)\]\n$/.exec(stderr)!;
    expect(refused).toBe('Error from server (Forbidden): error when creating "STDIN": pods "web" is forbidden: ');
    expect(reasons.split(', ').sort()).toEqual([ // the API server tells them in any order
      'but provided ratio is 50.000000',
      'but request is 10m',
      'but request is 16Mi',
      'cpu max limit to request ratio per Container is 10',
      'minimum cpu usage per Container is 20m',
      'minimum memory usage per Container is 32Mi',
    ]);
  }));

test('a pod stays Guaranteed if its steps request their limits, and one that requests nothing becomes Burstable', () =>
  inNamespace('guaranteed', async namespace => {
    const dryRun = ['apply', '--dry-run=server', '-o', 'json', '-f', '-'];
    const classOf = async (input: string) => JSON.parse(await namespace.kubectl(dryRun, { input })).status.qosClass;

    expect(await classOf(podWith({ resources: guaranteed(20, 32) }))).toBe('Guaranteed');
    expect(await classOf(podWith({}))).toBe('Burstable');
    expect(await classOf(podWith({}, {}))).toBe('Burstable');
  }));
