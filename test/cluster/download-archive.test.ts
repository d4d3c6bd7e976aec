import { createHash } from 'crypto';
import { archiveService } from './manifests';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';
import { tarGz } from '../lab/archives';
import { podSpecIn } from '../pod-spec';

test('nginx serves what was in an archive, and a pod whose archive was changed does not start', () =>
  inNamespace('download-archive', async namespace => {
    const archive = tarGz(
      { name: 'manual-2.1/', type: 'folder', mode: 0o755 },
      { name: 'manual-2.1/index.html', text: 'the manual\n' },
      { name: 'manual-2.1/en', type: 'link', to: '.' },
    );
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const [deployment] = goldenManifests('download-archive');
    const { env } = podSpecIn(deployment).initContainers[0];
    env.find((each: any) => each.name === 'step_sha256').value = sha256;

    await namespace.apply([...archiveService('releases', { 'manual-2.1.tar.gz': archive }), deployment]);
    await namespace.rolledOut('manual');

    const cat = 'cat /usr/share/nginx/html/en/index.html';
    expect(await namespace.kubectl(['exec', 'deployment/manual', '-c', 'nginx', '--', 'sh', '-c', cat]))
      .toBe('the manual\n');
    expect((await namespace.log('deployment/manual', 'download-manual')).trimEnd().split('\n').slice(-2)).toEqual([
      expect.stringMatching(/Z download-manual: entries put into \/out: 2$/),
      expect.stringMatching(new RegExp(
        `Z download-manual: downloaded http://releases/manual-2.1.tar.gz: ${archive.length} bytes, sha256 ${sha256}$`,
      )),
    ]);
  }));
