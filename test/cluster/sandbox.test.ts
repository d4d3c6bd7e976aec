import { execFile } from 'child_process';
import { promisify } from 'util';
import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { withVolume } from './claims';
import { eventually } from './kubectl';
import { archiveService, BUSYBOX, deployment, manifestsOf } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import {
  CopyFiles, CopyFromImage, DownloadArchive, DownloadConfig, Endpoint, FileSource, FileTree, GenerateConfig, IfPresent,
  PrepareVolume, RunAs, Sidecar, WaitForService,
} from '../../src';
import { tarGz } from '../lab/archives';

/** A command that kills the sandbox of the pod whose uid is its argument. */
const { CLUSTER_KILL_SANDBOX } = process.env;

const user = RunAs.user(10001, 10001);
const url = 'http://files/rates.csv';

/** What is served to the steps. */
const FILES = archiveService('files', {
  'rates.csv': Buffer.from('EUR,1.1\n'),
  'site.tar.gz': tarGz({ name: 'index.html', text: 'the site\n' }, { name: 'en', type: 'link', to: '.' }),
});

/** A Deployment with steps of many kinds, in volumes that go with its pod and in a claim that stays. */
function webWithSteps(): kplus.Deployment {
  const web = deployment('exec sleep 3600');
  const claim = new kplus.PersistentVolumeClaim(Chart.of(web), 'claim', {
    metadata: { name: 'data' },
    storage: Size.gibibytes(1),
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
  });
  const directory = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim, { name: 'data' });
  web.containers[0].mount('/app/data', directory);
  new PrepareVolume(web, 'prepare', { volume: directory, folders: ['conf'], owner: user, mode: 0o750 });
  new Sidecar(web, 'server', {
    image: BUSYBOX,
    command: ['nc', '-lk', '-s', '127.0.0.1', '-p', '5432', '-e', 'cat'],
    startup: kplus.Probe.fromCommand(['true'], { periodSeconds: Duration.seconds(1) }),
    runAs: user,
  });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('localhost', 5432), Endpoint.http(url)] });
  new DownloadConfig(web, 'download', { url, path: '/app/rates.csv' });
  new DownloadConfig(web, 'download-to-claim', { url, directory, fileName: 'conf/rates.csv', runAs: user });
  new GenerateConfig(web, 'seed', {
    template: FileSource.inline('seeded by ${POD}\n'),
    variables: { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
    directory,
    fileName: 'conf/seed.conf',
    ifPresent: IfPresent.KEEP,
    runAs: user,
  });
  new CopyFiles(web, 'copy-files', {
    sources: [FileTree.fromTexts({ 'a/b.conf': FileSource.inline('b\n') })],
    path: '/app/conf',
  });
  new CopyFromImage(web, 'copy-from-image', {
    image: BUSYBOX,
    files: { passwd: '/etc/passwd' },
    path: '/app/image',
    runAs: user,
  });
  new DownloadArchive(web, 'unpack', { url: 'http://files/site.tar.gz', path: '/app/site' });
  return web;
}

/** Each file that the app sees, its owner and permissions, and what is in it. */
async function filesIn(namespace: Namespace): Promise<string> {
  const show = `find /app | sort | while read -r path; do
    stat -c '%n %F %u:%g %a' "$path"
    [ ! -f "$path" ] || cat "$path"
  done`;
  return namespace.kubectl(['exec', 'deployment/web', '-c', 'app', '--', 'sh', '-c', show]);
}

/** Which containers a pod consists of, in every run another one. */
function idsIn({ initContainerStatuses, containerStatuses }: any): string[] {
  return [...initContainerStatuses, ...containerStatuses].map(({ containerID }) => containerID);
}

const testHere = CLUSTER_KILL_SANDBOX ? test : test.skip;

testHere(`${CLUSTER_KILL_SANDBOX ? '' : 'not run, because CLUSTER_KILL_SANDBOX is not set: '}`
  + 'in a sandbox that is made anew all steps run again, and the app finds what it had', () =>
  inNamespace('sandbox', async namespace => withVolume(namespace, 'data', async () => {
    await namespace.apply([...FILES, ...manifestsOf(webWithSteps())]);
    await namespace.rolledOut('web');
    const edit = 'echo edited >>/app/data/conf/seed.conf';
    await namespace.kubectl(['exec', 'deployment/web', '-c', 'app', '--', 'sh', '-c', edit]);
    const before = await filesIn(namespace);
    const { metadata: { uid, name }, status: first } = await namespace.podOf('web');

    await promisify(execFile)('sh', ['-c', `${CLUSTER_KILL_SANDBOX} "$1"`, 'sh', uid]);

    await eventually('all containers have been started again, and the pod is ready', async () => {
      const { metadata, status } = await namespace.podOf('web');
      const isNew = idsIn(status).every(id => !idsIn(first).includes(id));
      const isReady = status.conditions.some(({ type, status: is }: any) => type === 'Ready' && is === 'True');
      return metadata.uid === uid && isNew && isReady ? true : undefined;
    }, 120);
    expect(before).toContain(`seeded by ${name}\nedited\n`);
    expect(await filesIn(namespace)).toBe(before);
    expect(await namespace.log('deployment/web', 'seed')).toMatch(/Z seed: \/out\/conf\/seed.conf is there already\n$/);
  }), 'baseline'));
