import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GitAuth, RunAs } from '../../src';
import {
  cloned, done, emptyRepository, FILES, imageOf, inEveryGitContainer, podVolumes, site, type Clone,
} from '../lab/clones';
import type { Container } from '../lab/container';
import { sshServer, type SshServer } from '../lab/git-servers';
import { run } from '../lab/run';
import { closedPort } from '../lab/servers';
import type { Shell } from '../lab/shells';
import { cloning } from '../lab/steps';

/** The files of a step that clones with a key, as Kubernetes mounts them. */
function keyFiles({ key, knownHosts }: Pick<SshServer, 'key' | 'knownHosts'>, container: Container) {
  const users = container.volumeMounts!.some(({ mountPath }) => mountPath === '/etc/passwd');
  return {
    '/in/key': key,
    '/in/known-hosts': knownHosts,
    ...users ? { '/etc/passwd': 'git:x:65534:65534::/nonexistent:/bin/sh\n' } : {},
  };
}

const sshKey = GitAuth.sshKey(
  FileSource.fromSecret({ name: 'key' } as kplus.ISecret, 'key'),
  FileSource.fromConfigMap({ name: 'hosts' } as kplus.IConfigMap, 'hosts'),
);

/** The same by ssh. */
function clonedBySsh(server: SshServer, shell: Shell, given: Clone & { readonly changed?: Partial<SshServer> } = {}) {
  const { changed, ...others } = given;
  const files = keyFiles({ ...server, ...changed }, cloning({ url: server.url, auth: sshKey, ...others }));
  return cloned(server.url, shell, { auth: sshKey, files, ...others });
}

inEveryGitContainer([
  ['a key is let in, twice, and no copy of it is made', async shell => {
    const { repo, commit } = site();
    const server = await sshServer(repo);

    const first = await clonedBySsh(server, shell);
    const again = await clonedBySsh(server, shell, { root: first.root });

    const end = { exitCode: 0, last: done(commit, 3), left: FILES };
    expect([first.end, again.end]).toEqual([end, end]);
  }],
  ['a key without a line break at its end, and one of the step\'s own user, are let in by a copy', async shell => {
    const { repo, commit } = site();
    const server = await sshServer(repo);

    const cut = await clonedBySsh(server, shell, { changed: { key: server.key.trimEnd() }, folder: 'a b' });
    const root = podVolumes();
    mkdirSync(join(root, 'in'));
    writeFileSync(join(root, 'in/key'), server.key, { mode: 0o644 });
    chownSync(join(root, 'in/key'), 65534, 65534);
    const own = await clonedBySsh(server, shell, { root });

    expect(cut.end.last).toBe(done(commit, 3).replace('/out', '/out/a b'));
    expect(own.end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
  }],
  ['a host key that is not known, or another key, ends the step at once', async shell => {
    const { repo } = site();
    const server = await sshServer(repo);
    const other = await sshServer(emptyRepository());
    const hosts = other.knownHosts.replace(/:\d+/, /:\d+/.exec(server.knownHosts)![0]);

    const ends = [];
    for (const changed of [{ knownHosts: '' }, { knownHosts: hosts }, { key: other.key }]) {
      ends.push((await clonedBySsh(server, shell, { changed })).end);
    }

    expect(ends).toEqual([
      'URL: its host key is not among knownHosts',
      'URL: its host key is not among knownHosts',
      'URL: the server refuses the key',
    ].map(last => ({ exitCode: 1, last, left: {} })));
  }],
  ['what the server of ssh says of a repository that it has not ends the step at once', async shell => {
    const { repo } = site();
    const server = await sshServer(repo);

    const { end } = await clonedBySsh({ ...server, url: server.url.replace('site.git', 'nowhere.git') }, shell);

    expect([end.exitCode, end.last]).toEqual([1, 'URL: it does not appear to be a git repository']);
  }],
  ['a commit that an old server does not give, because no branch leads to it, ends the step', async shell => {
    const { repo } = site();
    const lost = repo.commit({ 'index.html': 'lost' }, 'gone');
    repo.git('push', '-q', 'origin', ':gone');

    // Servers of ssh mostly take no variables, and git speaks the old protocol with them.
    const { end } = await clonedBySsh(await sshServer(repo), shell, { revision: lost });

    expect(end).toEqual({
      exitCode: 1, last: `URL: has no commit ${lost}, or gives none that no branch leads to`, left: {},
    });
  }],
  ['a server of ssh that is not there is tried again until the deadline', async shell => {
    const { repo } = site();
    const server = await sshServer(repo);
    const url = server.url.replace(/:\d+/, `:${await closedPort()}`);

    const { end } = await clonedBySsh({ ...server, url }, shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124, last: 'gave up: URL: connection refused or no route (attempt N), N s of 3 s', left: {},
    });
  }],
  ['a user without a name cannot use ssh, and it says so', async shell => {
    const { repo } = site();
    const server = await sshServer(repo);
    const image = imageOf(shell);
    const users = readFileSync(join(image.folder, 'etc/passwd'), 'utf8');
    const container = cloning({ url: server.url, auth: sshKey, runAs: RunAs.inherited() });

    const { exitCode, last } = await run(
      { ...container, securityContext: { ...container.securityContext, runAsUser: 1234, runAsGroup: 1234 } },
      image,
      { files: keyFiles(server, container) },
    );

    expect(users).not.toContain('1234');
    expect([exitCode, last]).toEqual([
      2, 'user 1234 has no name in /etc/passwd, without which ssh does nothing; give runAs',
    ]);
  }],
  ['a user that the step gives a name clones by ssh', async shell => {
    const { repo, commit } = site();
    const server = await sshServer(repo);
    const container = cloning({ url: server.url, auth: sshKey, runAs: RunAs.user(1234, 1234) });
    const files = { ...keyFiles(server, container), '/etc/passwd': 'git:x:1234:1234::/nonexistent:/bin/sh\n' };

    const { exitCode, last } = await run(container, imageOf(shell), { files });

    expect([exitCode, last.replace(server.url, 'URL')]).toEqual([0, done(commit, 3)]);
  }],
]);
