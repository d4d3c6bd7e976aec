import { chmodSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, FileTree, IfPresent, type CopyFilesProps } from '../../src';
import { entriesOf, modeOf, type Entries } from '../lab/entries';
import { sleep } from '../lab/process';
import { run, type RunOptions } from '../lab/run';
import { inEveryContainer, type Shell } from '../lab/shells';
import { configMap, copyingFiles, secret } from '../lab/steps';
import { volumes, type Volumes } from '../lab/volumes';

const folder = mkdtempSync(join(tmpdir(), 'copy-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A volume of a ConfigMap, as the kubelet makes it. */
function stored(index: number, keys: { [key: string]: string }): Entries {
  const root = `in/source-${index}`;
  return Object.fromEntries([
    ...Object.entries(keys).map(([key, text]) => [`${root}/..2026_01_01/${key}`, text]),
    [`${root}/..data`, '-> ..2026_01_01'],
    ...Object.keys(keys).map(key => [`${root}/${key}`, `-> ..data/${key}`]),
  ]);
}

const pod = (given: Volumes = {}) => volumes(folder, given);

/** A step in a pod, how it ends, and what is in its folder then. */
async function copied(props: CopyFilesProps, shell: Shell, { before, read, ...options }: Volumes & RunOptions = {}) {
  const root = pod({ before, read });
  const { exitCode, last, said } = await run(copyingFiles(props), shell, { folder: root, ...options });
  return { root: join(root, 'out'), exitCode, last, said, left: entriesOf(join(root, 'out')) };
}

const end = ({ exitCode, last, left }: Awaited<ReturnType<typeof copied>>) => ({ exitCode, last, left });
const all = FileTree.fromConfigMap(configMap);
const texts = (pairs: { [path: string]: string }) => FileTree.fromTexts(
  Object.fromEntries(Object.entries(pairs).map(([path, text]) => [path, FileSource.inline(text)])),
);

inEveryContainer([
  ['all keys of a ConfigMap become files, byte for byte, and nothing of the kubelet', async shell => {
    const keys = { 'app.conf': '${HOME}\n', '.hidden': '\0\x01\x02', 'no-end': 'x' };

    const ended = await copied({ sources: [all] }, shell, { read: stored(1, keys) });

    expect(end(ended)).toEqual({ exitCode: 0, last: 'files put into /out: 3', left: keys });
    expect(modeOf(join(ended.root, 'app.conf'))).toBe('644');
  }],
  ['keys get the path and the mode that are wanted, and a key that may be missing is left out', async shell => {
    const items = { a: { path: 'conf/a.conf', mode: 0o600 }, b: { path: 'b' } };
    const sources = [FileTree.fromConfigMap(configMap, { items, folder: 'x', optional: true })];

    const ended = await copied({ sources, mode: 0o640 }, shell, { read: stored(1, { a: '1', c: '3' }) });

    expect(end(ended)).toEqual({ exitCode: 0, last: 'files put into /out: 1', left: { 'x/conf/a.conf': '1' } });
    expect(ended.said).toContain('x/b: its key is not there: left out');
    expect(['x', 'x/conf', 'x/conf/a.conf'].map(path => modeOf(join(ended.root, path)))).toEqual(['755', '755', '600']);
  }],
  ['a ConfigMap that may be missing and is leaves what is there', async shell => {
    const sources = [FileTree.fromConfigMap(configMap, { optional: true })];

    const ended = await copied({ sources }, shell, { before: { a: 'old' }, read: { 'in/source-1': undefined } });

    expect(end(ended)).toEqual({ exitCode: 0, last: 'files put into /out: 0', left: { a: 'old' } });
  }],
  ['variables are replaced in texts, and in nothing else', async shell => {
    const sources = [
      all,
      texts({ 'a.conf': 'host = ${HOST}\nkeep $${HOST} $host', 'b.json': '{"h":${HOST|json}}' }),
      FileTree.fromTexts({ 'c.conf': FileSource.fromConfigMap(configMap, 'template') }),
    ];

    const ended = await copied({ sources, variables: { HOST: kplus.EnvValue.fromValue('d"b') } }, shell, {
      read: { ...stored(1, { raw: '${HOST}' }), 'in/text-1': 'from ${HOST} ${OTHER}\n' },
    });

    expect(end(ended)).toEqual({
      exitCode: 0,
      last: 'files put into /out: 4',
      left: {
        'raw': '${HOST}',
        'a.conf': 'host = d"b\nkeep ${HOST} $host',
        'b.json': '{"h":"d\\"b"}',
        'c.conf': 'from d"b ${OTHER}\n',
      },
    });
    expect(ended.said).toContain('not declared, and left as it is in c.conf: OTHER');
  }],
  ['without variables texts are written as they are', async shell => {
    const text = '$HOME ${HOME} \\n %s \'"` -n\n\n';

    const ended = await copied({ sources: [texts({ '-e': text, 'empty': '' })] }, shell);

    expect(end(ended)).toEqual({ exitCode: 0, last: 'files put into /out: 2', left: { '-e': text, 'empty': '' } });
  }],
  ['without variables one more $ says that ${NAME} is meant, but in a text that is not known at synth', async shell => {
    const sources = [
      texts({ a: '$${HOME} ${PORT}\n' }),
      FileTree.fromTexts({ b: FileSource.fromConfigMap(configMap, 'template') }),
    ];

    const ended = await copied({ sources }, shell, { read: { 'in/text-1': '$${HOME}' } });

    expect(end(ended)).toEqual({
      exitCode: 0, last: 'files put into /out: 2', left: { a: '${HOME} ${PORT}\n', b: '$${HOME}' },
    });
    expect(ended.said).toContain('not declared, and left as it is in a: PORT');
  }],
  ['of one path in two sources the later wins', async shell => {
    const sources = [texts({ a: 'default', b: 'default' }), all, texts({ a: 'last' })];

    const ended = await copied({ sources }, shell, { read: stored(1, { a: 'middle', b: 'middle' }) });

    expect(ended.left).toEqual({ a: 'last', b: 'middle' });
  }],
  ['a run again replaces its own files, and leaves those of others in the same folders', async shell => {
    const before = { 'conf/a': 'old', 'conf/mine': 'mine', 'conf/link': '-> /etc/passwd', 'other': 'other' };

    const ended = await copied({ sources: [texts({ 'conf/a': 'new', 'conf/link': 'text' })] }, shell, { before });

    expect(end(ended)).toEqual({
      exitCode: 0, last: 'files put into /out: 2', left: { ...before, 'conf/a': 'new', 'conf/link': 'text' },
    });
  }],
  ['files that are there are kept one by one, where that is asked for', async shell => {
    const sources = [texts({ 'conf/a': 'new', 'conf/b': 'new' })];

    const ended = await copied({ sources, ifPresent: IfPresent.KEEP }, shell, { before: { 'conf/a': 'old' } });

    expect(end(ended)).toEqual({
      exitCode: 0, last: 'files put into /out: 1', left: { 'conf/a': 'old', 'conf/b': 'new' },
    });
    expect(ended.said).toContain('/out/conf/a is there already');
  }],
  ['a folder in the place of a file is not touched', async shell => {
    const before = { 'b/c': 'old', 'a': 'old' };

    const ended = await copied({ sources: [texts({ a: 'new', b: 'new' })] }, shell, { before });

    expect(end(ended)).toEqual({ exitCode: 2, last: '/out/b is a folder', left: before });
  }],
  ['a link in the place of a folder is not followed', async shell => {
    const before = { 'away/x': 'old', 'conf': '-> away' };

    const ended = await copied({ sources: [texts({ 'conf/a': 'new' })] }, shell, { before });

    expect(end(ended)).toEqual({
      exitCode: 2, last: '/out/conf is a link, which is not followed', left: { ...before, 'conf/x': 'old' },
    });
  }],
  ['many small files are as large as they are, and one that is overridden counts once', async shell => {
    const keys = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, 'x'.repeat(20)]));

    const ended = await copied({ sources: [all, texts({ k0: 'y'.repeat(200) })], maxSize: Size.kibibytes(1) }, shell, {
      read: stored(1, keys),
    });

    expect({ exitCode: ended.exitCode, last: ended.last }).toEqual({ exitCode: 0, last: 'files put into /out: 40' });
  }],
  ['a variable without a value ends it before anything is in place', async shell => {
    const sources = [texts({ a: 'new', b: '${PASSWORD}' })];

    const ended = await copied({ sources, variables: { PASSWORD: secret('password') } }, shell, {
      before: { a: 'old' },
    });

    expect(end(ended)).toEqual({
      exitCode: 2, last: 'variable PASSWORD has no value in b', left: { a: 'old' },
    });
  }],
  ['a template that is no text ends it before anything is in place', async shell => {
    const sources = [FileTree.fromTexts({ a: FileSource.fromConfigMap(configMap, 'a') }), texts({ b: '${X}' })];

    const ended = await copied({ sources, variables: { X: kplus.EnvValue.fromValue('x') } }, shell, {
      read: { 'in/text-1': 'a\0b' },
    });

    expect(end(ended)).toEqual({
      exitCode: 2, last: 'template /in/text-1 is no text: it holds NUL characters; is it UTF-16?', left: {},
    });
  }],
  ['more than maxSize ends it before anything is in place', async shell => {
    const ended = await copied({ sources: [all], maxSize: Size.kibibytes(3) }, shell, {
      before: { a: 'old' }, read: stored(1, { a: 'a'.repeat(2000), b: 'b'.repeat(2000) }),
    });

    expect(end(ended)).toEqual({
      exitCode: 1, last: '4000 bytes, but maxSize is 3 KiB', left: { a: 'old' },
    });
  }],
  ['a folder that may not be written is said to be so', async shell => {
    const root = pod();
    chmodSync(join(root, 'out'), 0o755);

    const { exitCode, last } = await run(copyingFiles({ sources: [texts({ a: 'new' })] }), shell, { folder: root });

    expect({ exitCode, last }).toEqual({ exitCode: 1, last: 'cannot write to /out as user 65534: Permission denied' });
  }],
  ['killed at any instant, no file is half, and the next run leaves nothing else', async shell => {
    const version = (letter: string) => Object.fromEntries(
      ['a', 'b', 'conf/c'].map(path => [path, letter.repeat(50_000)]),
    );
    const root = pod({ before: version('1') });
    const copy = async (letter: string, options: RunOptions = {}) => {
      const container = copyingFiles({ sources: [texts(version(letter))] });
      return run(container, shell, { folder: root, ...options });
    };
    for (let count = 0; count < 20; count++) {
      await copy(`${count % 2}`, {
        meanwhile: async ({ signal }) => {
          await sleep(10 + Math.random() * 80);
          signal('SIGKILL');
        },
      });
      const seen = Object.entries(entriesOf(join(root, 'out'))).filter(([path]) => !path.startsWith('.init.'));
      const whole = seen.filter(([, text]) => ['0', '1'].some(letter => text === letter.repeat(50_000)));
      expect(whole.map(([path]) => path)).toEqual(['a', 'b', 'conf/c']);
    }
    const { exitCode } = await copy('2');

    expect({ exitCode, left: entriesOf(join(root, 'out')) }).toEqual({ exitCode: 0, left: version('2') });
  }],
  ['what a file larger than the disk leaves is removed', async shell => {
    const ended = await copied({ sources: [all] }, shell, {
      read: stored(1, { a: 'a'.repeat(100_000) }), room: 100,
    });

    expect(end(ended)).toEqual({
      exitCode: 1, last: 'cannot write a as user 65534: File too large', left: {},
    });
  }],
]);
