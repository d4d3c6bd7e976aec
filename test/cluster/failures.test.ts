import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import { eventually } from './kubectl';
import { configService, deployment, manifestsOf } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { DownloadConfig, Endpoint, WaitForService } from '../../src';

test('a wait that cannot succeed fails the rollout, and the reason is in kubectl describe pod', () =>
  inNamespace('wait-fails', async namespace => {
    const web = deployment('exec sleep 3600', { progressDeadline: Duration.seconds(15) });
    new WaitForService(web, 'wait-for-db', {
      endpoints: [Endpoint.tcp('no-such-database', 5432)],
      timeout: Duration.seconds(3),
    });

    await namespace.apply(manifestsOf(web));
    const failure = await failureOf(namespace, 'wait-for-db');

    expect(failure.exitCode).toBe(124);
    expect(failure.message).toMatch(new RegExp(
      '^gave up: tcp://no-such-database:5432: name does not resolve; '
      + 'a typo, or a NetworkPolicy that stops DNS\\? \\(attempt \\d+\\), \\d+ s of 3 s\n$'));
    expect(await described(namespace)).toEqual([`Message: ${failure.message.trimEnd()}`, 'Exit Code: 124']);

    const status = ['rollout', 'status', 'deployment/web', '--timeout=40s'];
    const rollout = await namespace.tryKubectl(status, { timeout: 50 });
    expect(rollout.stderr).toBe('error: deployment "web" exceeded its progress deadline\n');
    expect(rollout.exitCode).toBe(1);
  }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('a download with a wrong checksum reaches no app, and both sums are in kubectl describe pod', () =>
  inNamespace('checksum', async namespace => {
    const served = 'debug: true\n';
    const sums = { served: sha256(served), wanted: sha256('debug: false\n') };
    const web = deployment('cat /app/config.yaml && exec sleep 3600');
    new DownloadConfig(web, 'download-config', {
      url: 'http://config-service/config',
      sha256: sums.wanted,
      path: '/app/config.yaml',
    });

    await namespace.apply(configService({ config: served }));
    await namespace.ready('config-service');
    await namespace.apply(manifestsOf(web));
    const failure = await failureOf(namespace, 'download-config', 2);

    expect(failure).toMatchObject({
      exitCode: 1,
      reason: 'Error',
      message: `http://config-service/config: sha256 is ${sums.served}, not ${sums.wanted}\n`,
    });
    expect(await described(namespace)).toEqual([`Message: ${failure.message.trimEnd()}`, 'Exit Code: 1']);

    const pod = await namespace.podOf('web');
    expect(pod.status.containerStatuses).toMatchObject([
      {
        name: 'app',
        started: false,
        restartCount: 0,
        state: { waiting: { reason: 'PodInitializing' } },
        lastState: {},
      },
    ]);
    expect(await namespace.log('deployment/web', 'app')).toBe('');
  }));

interface Failure {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
}

/** How a step ended that has failed and been started again so many times. */
async function failureOf(namespace: Namespace, step: string, restarts = 1): Promise<Failure> {
  return eventually(`${step} has failed and been restarted`, async () => {
    const pod = await namespace.podOf('web');
    const status = pod?.status.initContainerStatuses?.find((each: any) => each.name === step);
    return status?.restartCount >= restarts ? status.lastState.terminated : undefined;
  });
}

/** What `kubectl describe pod` says of the last end of the first step. */
async function described(namespace: Namespace): Promise<string[]> {
  const pod = await namespace.podOf('web');
  const text = await namespace.kubectl(['describe', 'pod', pod.metadata.name]);
  const lines = text.split('\n').map(line => line.trim().replace(/:\s+/, ': '));
  const last = lines.slice(lines.indexOf('Last State: Terminated'), lines.indexOf('Containers:'));
  return ['Message: ', 'Exit Code: '].flatMap(field => last.find(line => line.startsWith(field)) ?? []);
}
