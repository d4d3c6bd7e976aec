import { Chart, Cron, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import { DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, SharedDirectory, WaitForService } from '../src';

const containers = [{ image: 'my-app:1.0' }];
const workloads: [string, (chart: Chart) => kplus.AbstractPod][] = [
  ['Pod', chart => new kplus.Pod(chart, 'web', { containers })],
  ['Deployment', chart => new kplus.Deployment(chart, 'web', { containers })],
  ['StatefulSet', chart => new kplus.StatefulSet(chart, 'web', {
    containers, service: new kplus.Service(chart, 'peers', { ports: [{ port: 80 }] }),
  })],
  ['DaemonSet', chart => new kplus.DaemonSet(chart, 'web', { containers })],
  ['Job', chart => new kplus.Job(chart, 'web', { containers })],
  ['CronJob', chart => new kplus.CronJob(chart, 'web', { containers, schedule: Cron.daily() })],
];

function withAllSteps(make: (chart: Chart) => kplus.AbstractPod): any {
  const workload = make(new Chart(Testing.app(), 'shop'));
  new WaitForService(workload, 'wait', { endpoints: [Endpoint.tcp('db', 5432)] });
  new DownloadConfig(workload, 'download', { url: 'http://config/app.json', path: '/app/app.json' });
  new GenerateConfig(workload, 'generate', { template: FileSource.inline('x'), path: '/app/app.conf' });
  const { initContainers, volumes, containers: [app] } = podSpec(workload);
  return { initContainers, volumes, mounts: app.volumeMounts };
}

test.each(workloads)('the same steps make the same pod in a %s', (_, make) => {
  const pod = withAllSteps(make);

  expect(pod.initContainers.map((container: any) => container.name)).toEqual(['wait', 'download', 'generate']);
  expect(pod).toEqual(withAllSteps(workloads[0][1]));
});

describe('the finished pod is refused', () => {
  const finished = (change: (web: kplus.Deployment) => void) => () => {
    const web = deployment();
    new InitStep(web, 'first', {});
    change(web);
    return Testing.synth(Chart.of(web));
  };

  test.each<[string, (web: kplus.Deployment) => void, string]>([
    ['when a container of the user takes the name of a step',
      web => web.addContainer({ name: 'first', image: 'x' }),
      "[shop/web] has two containers named 'first'; every init and app container of a pod needs a name of its own"],
    ['when a later mount takes a path',
      web => {
        new SharedDirectory(web, 'a').mountAt('/data');
        web.containers[0].mount('/data', kplus.Volume.fromEmptyDir(web, 'b', 'b'));
      },
      "[shop/web] mounts two volumes at /data in container 'main'"],
    ['when the app is shown a file that no step writes',
      web => new SharedDirectory(web, 'a').file('app.json').mountAt('/app/app.json'),
      "[shop/web] shows app.json of directory 'a' in container 'main', but no step writes it; create the step that writes it"],
  ])('%s', (_, change, message) => {
    expect(finished(change)).toThrow(new Error(`Validation failed with the following errors:\n  ${message}`));
  });

  test('also when it was right before and was changed since', () => {
    const web = deployment();
    new InitStep(web, 'first', {});
    Testing.synth(Chart.of(web));
    web.addContainer({ name: 'first', image: 'x' });

    expect(() => Testing.synth(Chart.of(web))).toThrow("has two containers named 'first'");
  });

  test('and not when nothing is wrong', () => {
    expect(finished(web => web.addContainer({ name: 'sidecar', image: 'x' }))).not.toThrow();
  });
});
