import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import { deployment, gitService, manifestsOf, secret } from './manifests';
import { inNamespace } from './namespace';
import { CloneRepository, FileSource, GitAuth, InitDefaults } from '../../src';

/** Key pairs by the names of their files. */
function keyPairs(...names: string[]): { [file: string]: string } {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  try {
    return Object.fromEntries(names.flatMap(name => {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
      return [name, `${name}.pub`].map(file => [file, readFileSync(join(folder, file), 'utf8')]);
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a pod starts with a tag that is cloned by ssh with a key of a Secret, and its message names the commit', () =>
  inNamespace('clone-repository', async namespace => {
    const { host, user, 'host.pub': hostKey, 'user.pub': letIn } = keyPairs('host', 'user');
    const web = deployment('cat /site/index.html && ls -A /site && exec sleep 3600', {
      securityContext: { fsGroup: 10001 },
    });
    new CloneRepository(web, 'clone', {
      url: 'git@git:/repositories/site.git',
      revision: 'v1',
      auth: GitAuth.sshKey(
        FileSource.fromSecret({ name: 'deploy-key' } as kplus.ISecret, 'key'),
        FileSource.inline(`git ${hostKey}`),
      ),
      path: '/site',
    });
    const image = InitDefaults.of(web).gitImage!;

    await namespace.apply([
      ...gitService('git', image, { host, 'user.pub': letIn }),
      secret('deploy-key', { key: user }),
      ...manifestsOf(web),
    ]);
    await namespace.ready('git');
    await namespace.rolledOut('web');

    expect(await namespace.log('deployment/web', 'app')).toBe('the site\nindex.html\n');
    const commit = (await namespace.kubectl([
      'exec', 'git', '--', 'git', '-C', '/repositories/site.git', 'rev-parse', 'v1',
    ])).trim();
    const { status } = await namespace.podOf('web');
    expect(status.initContainerStatuses[0].state.terminated).toMatchObject({
      exitCode: 0,
      message: `cloned git@git:/repositories/site.git: commit ${commit}, entries put into /out: 1\n`,
    });
  }));
