import { randomBytes } from 'crypto';
import { join } from 'path';
import { Size } from 'cdk8s';
import { GitAuth, IfPresent } from '../../src';
import { cloned, done, emptyRepository, FILES, imageOf, inEveryGitContainer, served } from '../lab/clones';
import { entriesOf, modeOf } from '../lab/entries';
import { gitServer } from '../lab/git-servers';
import { run } from '../lab/run';
import { httpServer, status } from '../lab/servers';
import type { Case } from '../lab/shells';
import { cloning, secret } from '../lab/steps';

/** What leads git elsewhere. */
const GIT_VARIABLES = [
  'GIT_CONFIG_PARAMETERS', 'GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_SHALLOW_FILE', 'GIT_REPLACE_REF_BASE', 'SSH_ASKPASS', 'XDG_CONFIG_HOME',
];

const token = GitAuth.token(secret('token'));

inEveryGitContainer([
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
    const { url } = await gitServer(emptyRepository());

    expect((await cloned(url, shell)).end).toEqual({ exitCode: 1, last: 'URL: has no branch by default', left: {} });
  }],
  ['only the files of a folder are put in place, without its name', async shell => {
    const { url, commit } = await served({}, { 'a b/docs/x': 'x', 'a b/docs/y/z': 'z', 'other': 'o' });

    const { end } = await cloned(url, shell, { subdirectory: 'a b/docs' });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 2), left: { 'x': 'x', 'y/z': 'z' } });
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
    const { repo, url, commit } = await served({}, { 'data/model.bin': pointer, 'sub/a': 'a' });
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub/module`);
    repo.git('commit', '-q', '-m', 'm');
    repo.git('push', '-q', 'origin', 'HEAD:refs/heads/main');

    const [all, part] = [await cloned(url, shell), await cloned(url, shell, { subdirectory: 'sub' })];

    const submodules = 'it has submodules, which are not fetched';
    expect([all, part].map(({ end, said }) => [end.exitCode, ...said.slice(1, -1)])).toEqual([
      [0, submodules, 'data/model.bin is a pointer of Git LFS, whose files are not fetched'], [0, submodules],
    ]);
  }],
  ['words in a URL are not taken for what git says', async shell => {
    const { url } = await httpServer(status(404));

    expect((await cloned(`${url}/Timeout/jemalloc-certificate.git`, shell)).end)
      .toEqual({ exitCode: 1, last: 'URL: no such repository, or not for who clones', left: {} });
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
]);
