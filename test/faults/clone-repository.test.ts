import { execFileSync } from 'child_process';
import { randomBytes } from 'crypto';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GitAuth, IfPresent, RunAs, type CloneRepositoryProps } from '../../src';
import type { Container } from '../lab/container';
import { entriesOf, modeOf, type Entries } from '../lab/entries';
import {
  gitServer, missingGit, repositoriesFolder, repository, sshServer, stopSshServersAfterwards, withGit,
  type GitServerOptions, type Repository, type SshServer,
} from '../lab/git-servers';
import { type Image } from '../lab/images';
import { run, type RunOptions } from '../lab/run';
import {
  certificate, closedPort, closeServersAfterwards, httpServer, otherCertificate, redirect, status, tcpServer,
} from '../lab/servers';
import { inEveryContainer, missing, type Case, type Shell } from '../lab/shells';
import { cloning, secret } from '../lab/steps';
import { volumes, type Volumes } from '../lab/volumes';

closeServersAfterwards();
stopSshServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'clone-repository-'));
afterAll(() => rmSync(folder, { recursive: true }));
const repositories = repositoriesFolder();
const images = new Map<string, Image>();

function imageOf(shell: Shell): Image {
  if (!images.has(shell.name)) images.set(shell.name, withGit(shell, join(folder, shell.name)));
  return images.get(shell.name)!;
}

type Given = Volumes & Omit<Partial<CloneRepositoryProps>, 'env'>
  & Pick<RunOptions, 'meanwhile' | 'secrets' | 'files'> & { readonly root?: string };

/** A step that clones a repository, how it ends, and what is in its folder then. */
async function cloned(url: string, shell: Shell, given: Given = {}) {
  const { before, read, meanwhile, secrets, files, root = volumes(folder, { before, read }), ...props } = given;
  const container = cloning({ url, ...props });
  const options = { folder: root, meanwhile, secrets, files, longest: 90 };
  const { exitCode, last, said, seconds } = await run(container, imageOf(shell), options);
  const out = join(root, 'out');
  const inWords = (line: string) => line.replaceAll(url, 'URL');
  return {
    root,
    out,
    container,
    seconds,
    said: said.map(inWords),
    end: { exitCode, last: inWords(last), left: entriesOf(out) },
  };
}

const done = (commit: string, entries: number) =>
  `cloned URL: commit ${commit}, entries put into /out: ${entries}`;

const FILES: Entries = { 'index.html': 'hello', 'assets/logo.svg': '<svg/>', '.hidden': 'h' };

/** A repository with one commit, and its id. */
function site(entries: Entries = FILES): { repo: Repository; commit: string } {
  const repo = repository(repositories);
  return { repo, commit: repo.commit(entries) };
}

async function served(options: GitServerOptions = {}, entries?: Entries) {
  const { repo, commit } = site(entries);
  return { repo, commit, ...await gitServer(repo, options) };
}

/** What leads git elsewhere. */
const GIT_VARIABLES = [
  'GIT_CONFIG_PARAMETERS', 'GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_SHALLOW_FILE', 'GIT_REPLACE_REF_BASE', 'SSH_ASKPASS', 'XDG_CONFIG_HOME',
];

const token = GitAuth.token(secret('token'));
const CA = FileSource.fromConfigMap({ name: 'ca' } as kplus.IConfigMap, 'ca.crt');

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
function clonedBySsh(server: SshServer, shell: Shell, given: Given & { readonly changed?: Partial<SshServer> } = {}) {
  const { changed, ...others } = given;
  const files = keyFiles({ ...server, ...changed }, cloning({ url: server.url, auth: sshKey, ...others }));
  return cloned(server.url, shell, { auth: sshKey, files, ...others });
}

const cases: Case[] = [
  ['a server that accepts connections and says nothing is given up at the deadline', async shell => {
    const { port } = await tcpServer();

    const { end } = await cloned(`http://127.0.0.1:${port}/site.git`, shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: no answer in time; a NetworkPolicy? (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['a port on which nothing listens is tried again until the deadline', async shell => {
    const url = `http://127.0.0.1:${await closedPort()}/site.git`;

    const { end } = await cloned(url, shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: connection refused or no route (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['a name that does not resolve is tried again until the deadline', async shell => {
    const { end } = await cloned('http://nowhere.test/site.git', shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: name does not resolve; a typo, or a NetworkPolicy that stops DNS? (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['what stops in the middle is given up at the deadline, and leaves nothing', async shell => {
    const { repo } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });

    const { end } = await cloned(stopping.url, shell, { timeout: Duration.seconds(4), before: { 'old.txt': 'old' } });

    // git itself may find it too slow shortly before the deadline.
    const last = expect.stringMatching(/^gave up: URL: (not cloned after 4 s$|no answer in time)/);
    expect(end).toEqual({ exitCode: 124, last, left: { 'old.txt': 'old' } });
  }],
  ['TERM in the middle of a fetch ends the step at once, and leaves nothing', async shell => {
    const { repo } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });

    const { end, seconds } = await cloned(stopping.url, shell, {
      meanwhile: async ({ until, signal }) => {
        await until(() => stopping.requests.some(({ method }) => method === 'POST'));
        signal('SIGTERM');
      },
    });

    expect(end).toEqual({ exitCode: 143, last: 'stopped by a signal', left: {} });
    expect(seconds).toBeLessThan(5);
  }],
  ['what a kill leaves in the middle of a fetch is removed by the next run, which succeeds', async shell => {
    const { repo, commit } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });
    const { url } = await gitServer(repo);

    const { root, end: killed } = await cloned(stopping.url, shell, {
      meanwhile: async ({ until, signal }) => {
        await until(() => stopping.requests.length > 3);
        signal('SIGKILL');
      },
    });
    const { end } = await cloned(url, shell, { root });

    expect(killed.exitCode).toBeNull();
    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
  }],
  ['the files of the default branch are put in place, and again; .git is not', async shell => {
    const { url, commit } = await served();

    const first = await cloned(url, shell);
    const again = await cloned(url, shell, { root: first.root });

    const end = { exitCode: 0, last: done(commit, 3), left: FILES };
    expect([first.end, again.end]).toEqual([end, end]);
    expect(first.said[0]).toBe('cloning URL, at most 60 s');
    const modes = ['index.html', 'assets', '.hidden'].map(path => modeOf(join(first.out, path)));
    expect(modes).toEqual(['644', '755', '644']);
  }],
  ['a branch, a tag, an annotated tag and a commit that no branch leads to are each what they name', async shell => {
    const { repo, url, commit: first } = await served();
    repo.git('tag', 'v1');
    repo.git('tag', '-a', 'v2', '-m', 'two');
    repo.git('push', '-q', 'origin', 'v1', 'v2');
    const second = repo.commit({ 'index.html': 'second' }, 'feature/x');
    const lost = repo.commit({ 'index.html': 'lost' }, 'gone');
    repo.git('push', '-q', 'origin', ':gone');

    const found = [];
    for (const revision of ['feature/x', 'v1', 'v2', 'refs/heads/main', lost]) {
      const { end } = await cloned(url, shell, { revision });
      found.push([revision, end.last, end.left['index.html']]);
    }

    expect(found).toEqual([
      ['feature/x', done(second, 3), 'second'],
      ['v1', done(first, 3), 'hello'],
      ['v2', done(first, 3), 'hello'],
      ['refs/heads/main', done(first, 3), 'hello'],
      [lost, done(lost, 3), 'lost'],
    ]);
  }],
  ['of a branch and a tag with one name the tag is taken, and the log says so', async shell => {
    const { repo, url, commit: first } = await served();
    repo.git('push', '-q', 'origin', 'HEAD:refs/tags/v1');
    const second = repo.commit({ 'index.html': 'second' }, 'v1');

    const { end, said } = await cloned(url, shell, { revision: 'v1' });

    expect(end.last).toBe(done(first, 3));
    expect(said).toContain('v1 is refs/tags/v1 and refs/heads/v1; the first is taken');
    expect((await cloned(url, shell, { revision: 'refs/heads/v1' })).end.last).toBe(done(second, 3));
  }],
  ['a branch that was pushed by force, and a tag that was moved, are what they are now', async shell => {
    const { repo, url } = await served();
    repo.git('push', '-q', 'origin', 'HEAD:refs/tags/v1');
    const { root } = await cloned(url, shell, { revision: 'v1' });
    repo.git('checkout', '-q', '--orphan', 'other');
    const moved = repo.commit({ 'index.html': 'moved' });
    repo.git('push', '-q', '-f', 'origin', 'HEAD:refs/tags/v1');

    const tag = await cloned(url, shell, { revision: 'v1', root });
    const branch = await cloned(url, shell, { revision: 'main', root });

    expect([tag.end, branch.end]).toEqual([1, 2].map(() =>
      ({ exitCode: 0, last: done(moved, 3), left: { ...FILES, 'index.html': 'moved' } })));
  }],
  ['a revision or folder that is not there ends the step, and what was there stays', async shell => {
    const { url, commit } = await served();
    const before = { 'index.html': 'old' };
    const id = '0123456789012345678901234567890123456789';

    const ends = [];
    const wrong = [
      { revision: 'v9' }, { revision: id }, { subdirectory: 'nowhere' }, { subdirectory: 'index.html' },
    ];
    for (const props of wrong) {
      ends.push((await cloned(url, shell, { ...props, before })).end);
    }

    expect(ends).toEqual([
      'URL: has no v9',
      `URL: has no commit ${id}, or gives none that no branch leads to`,
      `URL: has no folder nowhere in commit ${commit}`,
      `URL: has no folder index.html in commit ${commit}`,
    ].map(last => ({ exitCode: 1, last, left: before })));
  }],
  ['a repository without commits ends the step', async shell => {
    const { url } = await gitServer(repository(repositories));

    expect((await cloned(url, shell)).end).toEqual({ exitCode: 1, last: 'URL: has no branch by default', left: {} });
  }],
  ['only the files of a folder are put in place, without its name', async shell => {
    const { url, commit } = await served({}, { 'a b/docs/x': 'x', 'a b/docs/y/z': 'z', 'other': 'o' });

    const { end } = await cloned(url, shell, { subdirectory: 'a b/docs' });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 2), left: { 'x': 'x', 'y/z': 'z' } });
  }],
  ['with a depth .git is kept with so much history, clean, and without the token', async shell => {
    const { repo, commit: first } = site();
    const second = repo.commit({ 'index.html': 'second' });
    const { url } = await gitServer(repo, { user: 'x-access-token:s3cret' });
    const given = { auth: token, secrets: { token: 's3cret' } };
    const git = (out: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'safe.directory=*', '-C', out, ...args], { encoding: 'utf8' }).trim();

    const one = await cloned(url, shell, { ...given, depth: 1 });
    const all = await cloned(url, shell, { ...given, depth: 0 });

    expect([one, all].map(({ out, end }) => ({
      last: end.last,
      commits: git(out, 'log', '--format=%H').split('\n'),
      status: git(out, 'status', '--porcelain'),
      remote: git(out, 'remote', 'get-url', 'origin'),
      secret: JSON.stringify(end.left).includes('s3cret'),
    }))).toEqual([[second], [second, first]].map(commits =>
      ({ last: done(second, 4), commits, status: '', remote: url, secret: false })));
    expect(modeOf(join(one.out, '.git'))).toBe('755');
  }],
  ['links are as they are in the repository', async shell => {
    const { url } = await served({}, { a: 'a', b: '-> a', c: '-> /etc/hosts' });

    expect((await cloned(url, shell)).end.left).toEqual({ a: 'a', b: '-> a', c: '-> /etc/hosts' });
  }],
  ['a name with control characters ends the step', async shell => {
    const { url } = await served({}, { 'a\n2026-01-01T00:00:00Z up': 'x' });

    expect((await cloned(url, shell)).end).toEqual({
      exitCode: 1, last: 'URL: a name in it has control characters', left: {},
    });
  }],
  ['pointers of Git LFS and submodules are said to be such', async shell => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
    const { url } = await served({}, { 'data/model.bin': pointer, '.gitmodules': '[submodule "x"]\n' });

    const { end, said } = await cloned(url, shell);

    expect(end.exitCode).toBe(0);
    expect(said.slice(1, -1)).toEqual([
      'it has submodules, which are not fetched',
      'data/model.bin is a pointer of Git LFS, whose files are not fetched',
    ]);
  }],
  ['what is there stays if it is to be kept, entry by entry', async shell => {
    const { url, commit } = await served();

    const { end, said } = await cloned(url, shell, { ifPresent: IfPresent.KEEP, before: { 'index.html': 'mine' } });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 2), left: { ...FILES, 'index.html': 'mine' } });
    expect(said).toContain('/out/index.html is there already');
  }],
  ['a folder whose name has blanks is filled', async shell => {
    const { url } = await served();

    const { out } = await cloned(url, shell, { folder: 'my site/a' });

    expect(entriesOf(join(out, 'my site/a'))).toEqual(FILES);
  }],
  ['more than maxSize ends the step: of what is fetched, and of the files', async shell => {
    const noise = await served({}, { noise: randomBytes(200 * 1024).toString('base64') });
    const zeros = await served({}, { zeros: '0'.repeat(300 * 1024) });
    const maxSize = Size.kibibytes(100);

    expect((await cloned(noise.url, shell, { maxSize })).end).toEqual({
      exitCode: 1, last: 'URL: more than 100 KiB', left: {},
    });
    expect((await cloned(zeros.url, shell, { maxSize })).end).toEqual({
      exitCode: 1, last: 'URL: 300 KiB, but maxSize is 100 KiB', left: {},
    });
  }],
  ['a server that is not ready yet is asked again', async shell => {
    const { url, commit } = await served({ first: [status(503), status(429)] });

    const { end, said } = await cloned(url, shell);

    expect(end.last).toBe(done(commit, 3));
    expect(said).toContain('URL: status 503 (attempt N), N s of 60 s');
  }],
  ['a server that forbids it, or has no such repository, ends the step at once', async shell => {
    const { url } = await served({ first: [status(403)] });

    expect((await cloned(url, shell)).end).toEqual({ exitCode: 1, last: 'URL: status 403', left: {} });
    expect((await cloned(url.replace('site.git', 'nowhere.git'), shell)).end).toEqual({
      exitCode: 1, last: 'URL: no such repository, or not for who clones', left: {},
    });
  }],
  ['a token is sent where one is wanted, and is in no argument, file or line of the log', async shell => {
    const { repo, commit } = site();
    const { url, requests } = await gitServer(repo, { user: 'oauth2:s3cret', certificate });
    const seen: string[] = [];

    const { end, root, said } = await cloned(url, shell, {
      auth: GitAuth.token(secret('token'), 'oauth2'),
      secrets: { token: 's3cret' },
      caCertificate: CA,
      files: { '/in/ca-certificate': certificate!.cert },
      meanwhile: async ({ until, commandLines }) => until(() => {
        // The lab itself passes variables as arguments of what starts the container.
        seen.push(...commandLines().filter(line => !line.includes(' PATH=/bin ')));
        return false;
      }),
    });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
    expect(requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
    expect(seen.some(line => line.includes('git'))).toBe(true);
    expect([...seen, ...said, JSON.stringify(entriesOf(root))].filter(text => text.includes('s3cret'))).toEqual([]);
  }],
  ['a wrong token, and none, end the step at once', async shell => {
    const { url, repo } = await served({ user: 'x-access-token:s3cret' });
    const { requests } = await gitServer(repo);

    const wrong = await cloned(url, shell, { auth: token, secrets: { token: 'other' } });
    const none = await cloned(url, shell);

    expect([wrong.end, none.end]).toEqual([
      { exitCode: 1, last: 'URL: the server refuses the token', left: {} },
      { exitCode: 1, last: 'URL: the server wants to know who clones; give auth', left: {} },
    ]);
    expect(requests).toEqual([]);
  }],
  ['a token that is missing, empty or ends in a line break is wrong, and not shown', async shell => {
    const { url } = await served();

    const ends = [];
    for (const secrets of [{}, { token: '' }, { token: 's3cret\n' }] as { [key: string]: string }[]) {
      const { end } = await cloned(url, shell, { auth: token, secrets });
      ends.push([end.exitCode, end.last]);
    }

    expect(ends).toEqual([
      [2, 'the token has no value'],
      [2, 'the token has no value'],
      [2, 'the token holds a line break; does its Secret end in one?'],
    ]);
  }],
  ['a token stays with its host: where a redirect leads nobody gets it', async shell => {
    const { url: elsewhere, requests } = await served({ user: 'x-access-token:s3cret' });
    const other = elsewhere.replace('127.0.0.1', 'localhost');
    const { url } = await httpServer((request, response) =>
      redirect(`${other}${request.url!.replace('/site.git', '')}`)(request, response));

    const { end } = await cloned(`${url}/site.git`, shell, { auth: token, secrets: { token: 's3cret' } });

    expect(end).toEqual({ exitCode: 1, last: 'URL: the server refuses the token', left: {} });
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  }],
  ['a redirect from https to http is not followed', async shell => {
    const { url: plain, requests } = await served();
    const { url } = await httpServer((request, response) =>
      redirect(`${plain}${request.url!.replace('/site.git', '')}`)(request, response), 0, certificate);

    const { end } = await cloned(`${url}/site.git`, shell, {
      caCertificate: CA, files: { '/in/ca-certificate': certificate!.cert }, timeout: Duration.seconds(4),
    });

    expect(end.exitCode).not.toBe(0);
    expect(requests).toEqual([]);
  }],
  ['a certificate that is not trusted ends the step at once', async shell => {
    const { url } = await served({ certificate });

    const none = await cloned(url, shell);
    const other = await cloned(url, shell, {
      caCertificate: CA, files: { '/in/ca-certificate': otherCertificate!.cert },
    });

    expect([none.end, other.end].map(({ exitCode, last }) => [exitCode, last.replace(/trusted: .*/, 'trusted')]))
      .toEqual([[1, 'URL: certificate not trusted'], [1, 'URL: certificate not trusted']]);
  }],
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
    const root = volumes(folder);
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
    const other = await sshServer(repository(repositories));
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
  ...['9', 'x; exit 7', ''].map(value => [`variables of the image change nothing: all are '${value}'`, async shell => {
    const { url, commit } = await served({ user: 'x-access-token:s3cret' });
    const container = cloning({ url, auth: token });
    const names = [...container.command[2].match(/[A-Za-z_][A-Za-z0-9_]*/g)!, ...GIT_VARIABLES];
    const own = ['PATH', ...container.env!.map(({ name }) => name)];
    const env = Object.fromEntries(names.filter(name => !own.includes(name)).map(name => [name, value]));

    const { exitCode, last } = await run(container, imageOf(shell), { env, secrets: { token: 's3cret' } });

    expect([exitCode, last.replace(url, 'URL')]).toEqual([0, done(commit, 3)]);
  }] as Case),
  ['an image without git says so', async shell => {
    const { exitCode, last } = await run(cloning({ url: 'https://git.example.com/a' }), shell);

    expect([exitCode, last]).toEqual([2, 'the image lacks git']);
  }],
];

const absent = missingGit();
if (absent.length > 0) missing(absent, cases.map(([sentence]) => sentence));
else inEveryContainer(cases);
