import { Chart, Cron, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually } from './kubectl';
import { container } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { Endpoint, InitDefaults, InitStep, Programs, RunAs, WaitForService } from '../../src';

const metadata = { name: 'web' };
const forever = container('trap exit TERM; sleep 1000 & wait');
const once = container('true');

const kinds: [kind: string, make: (chart: Chart) => kplus.AbstractPod][] = [
  ['Pod', chart => new kplus.Pod(chart, 'web', { metadata, containers: [forever] })],
  ['Deployment', chart => new kplus.Deployment(chart, 'web', { metadata, replicas: 1, containers: [forever] })],
  ['StatefulSet', chart => new kplus.StatefulSet(chart, 'web', {
    metadata,
    replicas: 1,
    containers: [forever],
    service: new kplus.Service(chart, 'peers', { metadata, ports: [{ port: 80 }] }),
  })],
  ['DaemonSet', chart => new kplus.DaemonSet(chart, 'web', { metadata, containers: [forever] })],
  ['Job', chart => new kplus.Job(chart, 'web', { metadata, containers: [once] })],
  ['CronJob', chart => new kplus.CronJob(chart, 'web', { metadata, schedule: Cron.annually(), containers: [once] })],
];

test.each(kinds)('the steps of a %s run their programs from ConfigMaps', (kind, make) =>
  inNamespace(`config-maps-${kind.toLowerCase()}`, async namespace => {
    const chart = new Chart(Testing.app(), 'chart');
    InitDefaults.set(chart, { programs: Programs.CONFIG_MAP });
    const workload = make(chart);
    new WaitForService(workload, 'wait', { endpoints: [Endpoint.tcp('kubernetes.default', 443)] });
    new InitStep(workload, 'own', {
      command: ['sh', '-c', 'echo "$0 $1"', 'a b', '$HOME'],
      timeout: Duration.seconds(20),
      runAs: RunAs.user(65534, 65534),
    });

    await namespace.apply(Testing.synth(chart));
    if (kind === 'CronJob') await namespace.kubectl(['create', 'job', 'now', '--from=cronjob/web']);
    const pod = await eventually('both steps have ended', () => podAfterSteps(namespace), 90);

    expect(pod.status.initContainerStatuses.map(({ state }: any) => state.terminated.exitCode)).toEqual([0, 0]);
    expect(await namespace.log(pod.metadata.name, 'own')).toBe('a b $HOME\n');
    const log = await namespace.log(pod.metadata.name, 'wait');
    expect(log).toMatch(/^\S+ wait: tcp:\/\/kubernetes\.default:443: up \(attempt \d+\)/);
  }));

/** The first pod, as soon as all of its init containers have ended. */
async function podAfterSteps(namespace: Namespace): Promise<any | undefined> {
  const { items: [pod] } = JSON.parse(await namespace.kubectl(['get', 'pods', '-o', 'json']));
  const steps = pod?.status.initContainerStatuses ?? [];
  return steps.length > 0 && steps.every(({ state }: any) => state.terminated) ? pod : undefined;
}
