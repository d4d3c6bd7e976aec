import { createHash } from 'crypto';
import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually, until } from './kubectl';
import { configService, container, deployment, manifestsOf } from './manifests';
import { inNamespace } from './namespace';
import { DownloadConfig, Endpoint, SharedDirectory, WaitForService } from '../../src';

/** Answers with a first half, and with the second half when /tmp/released is there. */
const SLOW_ANSWER = `#!/bin/sh
printf 'Content-Type: text/plain\\r\\nContent-Length: 200000\\r\\n\\r\\n'
half() { head -c 100000 /dev/zero | tr '\\0' "$1"; }
half a
until [ -e /tmp/released ]; do sleep 0.2; done
half b
`;

test('a download that is killed by TERM and by KILL starts again, and the app sees the whole file alone', () =>
  inNamespace('killed', async namespace => {
    const web = deployment('cd /app && ls -A && sha256sum data.txt && exec sleep 3600');
    const directory = new SharedDirectory(web, 'data');
    new DownloadConfig(web, 'download-data', {
      url: 'http://config-service/cgi-bin/slow',
      directory,
      fileName: 'data.txt',
    });
    directory.mountAt('/app');

    const exec = ['exec', 'deployment/web', '-c', 'download-data', '--', 'sh', '-c'];
    const inStep = (program: string) => namespace.tryKubectl([...exec, program]);
    const partThere = () => until('a part of the file is there, and nothing else', async () => {
      const { stdout } = await inStep('test -s /out/.data.txt.part && ls -A /out');
      return stdout === '.data.txt.part\n';
    });
    const endAfter = (restarts: number) => eventually(`the download is restarted (${restarts})`, async () => {
      const [status] = (await namespace.podOf('web')).status.initContainerStatuses;
      return status.restartCount === restarts ? status.lastState.terminated : undefined;
    });

    await namespace.apply(configService({ 'cgi-bin-slow': SLOW_ANSWER }));
    await namespace.ready('config-service');
    await namespace.apply(manifestsOf(web));

    await partThere();
    await inStep('kill -TERM 1');
    expect(await endAfter(1)).toMatchObject({
      exitCode: 143,
      message: expect.stringMatching(/^stopped by a signal\n$/),
    });

    await partThere();
    await inStep('kill -KILL -1'); // all but process 1, which the kernel protects, and this one
    expect(await endAfter(2)).toMatchObject({ exitCode: 137 });

    await partThere();
    await namespace.kubectl(['exec', 'config-service', '--', 'touch', '/tmp/released']);
    await namespace.rolledOut('web');

    const whole = createHash('sha256').update('a'.repeat(100000) + 'b'.repeat(100000)).digest('hex');
    expect(await namespace.log('deployment/web', 'app')).toBe(`data.txt\n${whole}  data.txt\n`);
  }));

test('a pod that is deleted while it waits is gone within seconds, not after the 30 s of grace', () =>
  inNamespace('deleted', async namespace => {
    const pod = new kplus.Pod(new Chart(Testing.app(), 'chart'), 'web', {
      metadata: { name: 'web' },
      terminationGracePeriod: Duration.seconds(30),
      containers: [container('exec sleep 3600')],
    });
    new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('no-such-database', 5432)] });

    await namespace.apply(manifestsOf(pod));
    await until('the wait has tried', async () => (await namespace.log('web', 'wait-for-db')).includes('attempt 1'));
    const follow = namespace.tryKubectl(['logs', '--follow', 'web', '-c', 'wait-for-db'], { timeout: 60 });
    const start = Date.now();
    await namespace.kubectl(['delete', 'pod', 'web'], { timeout: 60 });
    const seconds = (Date.now() - start) / 1000;

    expect(seconds).toBeLessThan(10);
    expect((await follow).stdout).toMatch(/Z wait-for-db: stopped by a signal\n$/);
  }));
