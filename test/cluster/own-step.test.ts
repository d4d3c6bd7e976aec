import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually } from './kubectl';
import { container } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { FileSource, InitStep, RunAs, SharedDirectory } from '../../src';

const SCRIPT = `#!/bin/sh
set -e
cat /in/conf/app.conf /in/key >/out/app.conf.part
mv -f /out/app.conf.part /out/app.conf
`;

test('a script reads a ConfigMap, a Secret and an earlier step, and the app reads what it writes', () =>
  inNamespace('own-step', async namespace => {
    const chart = new Chart(Testing.app(), 'chart');
    const configMap = new kplus.ConfigMap(chart, 'texts', { data: { 'app.conf': 'text\n' } });
    const secret = new kplus.Secret(chart, 'keys', { stringData: { key: 'secret\n' } });
    const web = new kplus.Pod(chart, 'web', {
      metadata: { name: 'web' },
      containers: [container('cat /app/app.conf; trap exit TERM; sleep 1000 & wait')],
    });
    const runAs = RunAs.user(65534, 65534);
    const first = new InitStep(web, 'first', {
      command: ['/scripts/first', 'said'],
      files: { '/scripts/first': FileSource.inline('#!/bin/sh\necho "$1" >/out/said\n') },
      outputFiles: { '/out/said': {} },
      timeout: Duration.seconds(20),
      runAs,
    });
    new InitStep(web, 'render', {
      command: ['sh', '-c', '/scripts/render.sh && cat /in/said >>/out/app.conf'],
      files: {
        '/scripts/render.sh': FileSource.inline(SCRIPT),
        '/in/conf/app.conf': FileSource.fromConfigMap(configMap, 'app.conf'),
        '/in/key': FileSource.fromSecret(secret, 'key'),
        '/in/said': FileSource.fromShared(first.outputFiles['/out/said']),
      },
      outputFiles: {
        '/out/app.conf': { path: '/app/app.conf', directory: new SharedDirectory(web, 'conf') },
      },
      runAs,
    });

    await namespace.apply(Testing.synth(chart));
    await running(namespace);

    expect(await namespace.log('web', 'app')).toBe('text\nsecret\nsaid\n');
  }));

/** Waits until the app of the pod runs. */
async function running(namespace: Namespace): Promise<void> {
  await eventually('the app runs', async () => {
    const { status } = JSON.parse(await namespace.kubectl(['get', 'pod', 'web', '-o', 'json']));
    return status.containerStatuses?.[0].state.running;
  }, 90);
}
