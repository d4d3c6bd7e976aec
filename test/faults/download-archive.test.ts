import { createHash } from 'crypto';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { Duration, Size } from 'cdk8s';
import { ArchiveFormat, IfPresent, type DownloadArchiveProps } from '../../src';
import { tar, tarGz, zip, type Member } from '../lab/archives';
import { entriesOf, modeOf } from '../lab/entries';
import { withScripts } from '../lab/images';
import { sleep } from '../lab/process';
import { run, type RunOptions } from '../lab/run';
import { closeServersAfterwards, httpServer, ranges, status, truncated, type Answer } from '../lab/servers';
import { inEveryContainer, type Shell } from '../lab/shells';
import { unpacking } from '../lab/steps';
import { volumes, type Volumes } from '../lab/volumes';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'download-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (bytes: Buffer): Answer => (_, response) => {
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Given extends Volumes, Omit<Partial<DownloadArchiveProps>, 'env'> {
  readonly answers?: Answer[];
  readonly meanwhile?: RunOptions['meanwhile'];
  /** The volumes of an earlier run. */
  readonly root?: string;
}

/** A step that unpacks an archive of a server, how it ends, and what is in its folder then. */
async function unpacked(bytes: Buffer, shell: Shell, given: Given = {}) {
  const { before, meanwhile, answers = [file(bytes)], root = volumes(folder, { before }), ...props } = given;
  const server = await httpServer(answers);
  const container = unpacking({ url: `${server.url}/a.tar.gz`, ...props });
  const { exitCode, last, said } = await run(container, shell, { folder: root, meanwhile });
  return {
    root: join(root, 'out'),
    volumes: root,
    requests: server.requests.length,
    said: said.map(line => line.replaceAll(server.url, 'URL')),
    end: { exitCode, last: last.replaceAll(server.url, 'URL'), left: entriesOf(join(root, 'out')) },
  };
}

const done = (bytes: Buffer) =>
  `downloaded URL/a.tar.gz: ${bytes.length} bytes, sha256 ${sha256(bytes)}`;

const APP: Member[] = [
  { name: 'app-1.2/', type: 'folder', mode: 0o755 },
  { name: 'app-1.2/bin/app', text: 'program', mode: 0o755 },
  { name: 'app-1.2/lib/current', type: 'link', to: '../bin/app' },
  { name: 'app-1.2/.hidden', text: 'h' },
  { name: 'app-1.2/read-only', text: 'r', mode: 0o444 },
];
const STRIPPED = { 'bin/app': 'program', 'lib/current': '-> ../bin/app', '.hidden': 'h', 'read-only': 'r' };

/** What attacks, and what is said of it. */
const ATTACKS: readonly (readonly [name: string, members: Member[], reason: string])[] = [
  ['a name above the folder', [{ name: '../evil', text: 'x' }], 'a name in it leads outside'],
  ['a name that leads above on its way', [{ name: 'a/../../evil', text: 'x' }], 'a name in it leads outside'],
  ['an absolute name', [{ name: '/out/evil', text: 'x' }], 'a name in it leads outside'],
  ['an absolute link', [{ name: 'l', type: 'link', to: '/etc/passwd' }], 'link l leads outside'],
  ['a link above the folder', [{ name: 'a/l', type: 'link', to: '../../x' }], 'link a/l leads outside'],
  ['a link above by another link', [
    { name: 'd', type: 'link', to: '.' }, { name: 'l', type: 'link', to: 'd/d/../../x' },
  ], 'link l leads outside'],
  ['a fifo', [{ name: 'f', type: 'fifo' }], 'f is no file, folder or link'],
  ['a link through the folder that it is unpacked to', [{ name: 'l', type: 'link', to: '../in/ok' }],
    'link l leads outside'],
  ['a file with setuid', [{ name: 'bin/s u', text: 'x', mode: 0o4755 }], 'bin/s u has setuid or setgid'],
  ['a file with setgid', [{ name: 'g', text: 'x', mode: 0o2755 }], 'g has setuid or setgid'],
  ['a name that forges a line of the log', [{ name: 'a\n2026-01-01T00:00:00Z up', text: 'x' }],
    'a name in it has control characters'],
];

inEveryContainer([
  ['a tar.gz is unpacked without its folder: links, dot files and permissions as they are', async shell => {
    const bytes = tarGz(...APP);

    const { end, root, said } = await unpacked(bytes, shell, { stripComponents: 1, sha256: sha256(bytes) });

    expect(end).toEqual({ exitCode: 0, last: done(bytes), left: STRIPPED });
    expect(['bin', 'bin/app', 'read-only'].map(path => modeOf(join(root, path)))).toEqual(['755', '755', '444']);
    expect(said).toContain('entries put into /out: 4');
  }],
  ['a tar and a zip are unpacked alike', async shell => {
    const archives = [[tar(...APP), ArchiveFormat.TAR], [zip(...APP.slice(1)), ArchiveFormat.ZIP]] as const;

    for (const [bytes, format] of archives) {
      const { end } = await unpacked(bytes, shell, { format, stripComponents: 1 });
      expect({ format, ...end }).toEqual({ format, exitCode: 0, last: done(bytes), left: STRIPPED });
    }
  }],
  ['only what is wanted of it is put in place, in the folders that it is in', async shell => {
    const include = ['app-1.2/bin/app', 'app-1.2/.hidden'];

    const { end } = await unpacked(tarGz(...APP), shell, { stripComponents: 1, include });

    expect(end.left).toEqual({ 'bin/app': 'program', '.hidden': 'h' });
  }],
  ['what is wanted and not in it ends the step before anything is in place', async shell => {
    const include = ['app-1.2/bin', 'app-1.2/etc/app conf'];

    const { end } = await unpacked(tarGz(...APP), shell, { stripComponents: 1, include, before: { bin: 'old' } });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: has no app-1.2/etc/app conf', left: { bin: 'old' } });
  }],
  ['an archive with two folders, or none, is not stripped', async shell => {
    const two = tarGz({ name: 'a/x', text: 'x' }, { name: 'b/x', text: 'x' });
    const none = tarGz({ name: 'x', text: 'x' });

    const ends = [];
    for (const bytes of [two, none]) ends.push(await unpacked(bytes, shell, { stripComponents: 1 }));

    expect(ends.map(({ end }) => end)).toEqual([
      { exitCode: 1, last: 'URL/a.tar.gz: has two folders to strip, a and b', left: {} },
      { exitCode: 1, last: 'URL/a.tar.gz: has no folder to strip', left: {} },
    ]);
  }],
  ['a link through the folder that is stripped leads elsewhere later, and is refused', async shell => {
    const bytes = tarGz(
      { name: 'run/etc/passwd', text: 'x' },
      { name: 'run/etc/l', type: 'link', to: '../../run/etc/passwd' },
    );

    const { end } = await unpacked(bytes, shell, { stripComponents: 1 });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: link etc/l leads outside', left: {} });
  }],
  ['two wanted folders of one name are put in place, and again', async shell => {
    const bytes = tarGz({ name: 'x/conf/f', text: '1' }, { name: 'y/conf/f', text: '2' }, { name: 'z', text: 'z' });
    const given = { include: ['x/conf', 'y/conf'], before: { 'x/conf/f': 'old', 'y/conf/f': 'old' } };

    expect((await unpacked(bytes, shell, given)).end).toEqual({
      exitCode: 0, last: done(bytes), left: { 'x/conf/f': '1', 'y/conf/f': '2' },
    });
  }],
  ['a name that is wanted of another folder than the one that is stripped is missing', async shell => {
    const { end } = await unpacked(tarGz(...APP), shell, { stripComponents: 1, include: ['app-1.3/bin'] });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: has no app-1.3/bin', left: {} });
  }],
  ['an archive with nothing in it ends the step', async shell => {
    const { end } = await unpacked(tarGz(), shell, { before: { old: 'old' } });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: nothing is in it', left: { old: 'old' } });
  }],
  ['what takes too long to unpack ends at the deadline, and leaves nothing', async shell => {
    const slow = withScripts({ tar: 'exec sleep 60' }, shell, join(mkdtempSync(join(folder, 'image-')), 'root'));

    const { end } = await unpacked(tarGz(...APP), { ...slow, name: shell.name }, { timeout: Duration.seconds(3) });

    expect(end).toEqual({ exitCode: 124, last: 'gave up: URL/a.tar.gz: not unpacked after 3 s', left: {} });
  }],
  ['setuid in a tar ends the step; a zip is unpacked without it', async shell => {
    const member = { name: 's', text: 'x', mode: 0o4755 };

    const { end } = await unpacked(tar(member), shell, { format: ArchiveFormat.TAR });
    const { root } = await unpacked(zip(member), shell, { format: ArchiveFormat.ZIP });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: s has setuid or setgid', left: {} });
    expect(modeOf(join(root, 's'))).toBe('755');
  }],
  ['a folder that may not be written to is named as the reason that nothing can be unpacked into it', async shell => {
    const bytes = tarGz({ name: 'shut/', type: 'folder', mode: 0o555 }, { name: 'shut/x', text: 'x' });

    const { end } = await unpacked(bytes, shell);

    expect(end).toEqual({
      exitCode: 1, last: 'URL/a.tar.gz: cannot be unpacked: a folder in it may not be written to', left: {},
    });
  }],
  ['what cannot be given the name that no archive can know is not looked at, and ends the step', async shell => {
    const script = 'case $2 in *1111) echo "mv: it is so: I/O error" >&2; exit 1 ;; esac\nexec busybox mv "$@"';
    const image = withScripts({ mv: script }, shell, join(mkdtempSync(join(folder, 'image-')), 'root'));

    const { end } = await unpacked(tarGz(...APP), { ...image, name: shell.name });

    expect(end).toEqual({ exitCode: 1, last: 'cannot look at its links as user 65534: I/O error', left: {} });
  }],
  ['of one name twice in a zip the last one counts', async shell => {
    const bytes = zip({ name: 'f', text: '1' }, { name: 'f', text: '2' });

    expect((await unpacked(bytes, shell, { format: ArchiveFormat.ZIP })).end.left).toEqual({ f: '2' });
  }],
  ['a run again replaces its own entries and leaves those of others', async shell => {
    const before = { 'bin/old': 'old', 'others/x': 'mine', 'read-only': 'old' };

    const { end } = await unpacked(tarGz(...APP), shell, { stripComponents: 1, before });

    expect(end.left).toEqual({ ...STRIPPED, 'others/x': 'mine' });
  }],
  ['entries that are there are kept where that is asked for', async shell => {
    const { end } = await unpacked(tarGz(...APP), shell, {
      stripComponents: 1, ifPresent: IfPresent.KEEP, before: { '.hidden': 'old' },
    });

    expect(end).toMatchObject({ exitCode: 0, left: { ...STRIPPED, '.hidden': 'old' } });
  }],
  ['where all that is wanted is there and kept, nothing is asked for', async shell => {
    const { end, requests } = await unpacked(tarGz(...APP), shell, {
      include: ['app-1.2/bin'], ifPresent: IfPresent.KEEP, before: { 'app-1.2/bin/app': 'old' },
    });

    expect({ ...end, requests }).toEqual({
      exitCode: 0, last: 'all of it is in /out already', left: { 'app-1.2/bin/app': 'old' }, requests: 0,
    });
  }],
  ['an archive that attacks is refused, and leaves nothing', async shell => {
    for (const [name, members, reason] of ATTACKS) {
      const { end } = await unpacked(tarGz({ name: 'ok', text: 'ok' }, ...members), shell);
      expect({ name, ...end }).toEqual({ name, exitCode: 1, last: `URL/a.tar.gz: ${reason}`, left: {} });
    }
  }],
  ['a device, a hard link to a file outside and a file behind a link end the step, and leave nothing', async shell => {
    const attacks: Member[][] = [
      [{ name: 'd', type: 'device' }],
      [{ name: 'h', type: 'hardlink', to: '/etc/passwd' }],
      [{ name: 'l', type: 'link', to: '/out' }, { name: 'l/evil', text: 'x' }],
    ];
    for (const members of attacks) {
      const { end: { exitCode, last, left } } = await unpacked(tarGz(...members), shell);
      expect({ exitCode, left }).toEqual({ exitCode: 1, left: {} });
      expect(last).toMatch(/^URL\/a\.tar\.gz: (cannot be unpacked: .|a name in it leads outside|link l leads outside)/);
    }
  }],
  ['a zip that leads outside is refused', async shell => {
    const attacks: Member[] = [{ name: '../evil', text: 'x' }, { name: 'l', type: 'link', to: '/etc/passwd' }];

    const ends = [];
    for (const member of attacks) {
      ends.push((await unpacked(zip(member), shell, { format: ArchiveFormat.ZIP })).end);
    }

    expect(ends).toEqual([
      { exitCode: 1, last: 'URL/a.tar.gz: a name in it leads outside', left: {} },
      { exitCode: 1, last: 'URL/a.tar.gz: link l leads outside', left: {} },
    ]);
  }],
  ['links within it, also to nowhere and through each other, are no attack', async shell => {
    const { end } = await unpacked(tarGz(
      { name: 'a/b/l', type: 'link', to: '../../c' },
      { name: 'c', text: 'c' },
      { name: 'nowhere', type: 'link', to: 'a/missing/x' },
      { name: 'h', type: 'hardlink', to: 'c' },
      { name: 'dots', type: 'link', to: 'a..b' },
    ), shell);

    expect(end).toEqual({
      exitCode: 0,
      last: expect.stringMatching(/^downloaded/),
      left: { 'a/b/l': '-> ../../c', 'c': 'c', 'h': 'c', 'nowhere': '-> a/missing/x', 'dots': '-> a..b' },
    });
  }],
  ['what unpacks to more than maxSize is refused before it is unpacked', async shell => {
    const bomb = gzipSync(Buffer.concat([tar({ name: 'zeros', text: '0'.repeat(3 * 1024 * 1024) })]));

    const { end } = await unpacked(bomb, shell, { maxSize: Size.mebibytes(2) });

    expect(end).toEqual({ exitCode: 1, last: 'URL/a.tar.gz: more than 2097152 bytes are in it', left: {} });
  }],
  ['what is no archive, or lost its end, is refused', async shell => {
    const whole = tarGz(...APP, { name: 'app-1.2/big', text: 'b'.repeat(100_000) });

    for (const bytes of [Buffer.from('<html>'), whole.subarray(0, whole.length - 30)]) {
      const { end: { exitCode, last, left } } = await unpacked(bytes, shell);
      expect({ exitCode, left }).toEqual({ exitCode: 1, left: {} });
      expect(last).toMatch(/^URL\/a\.tar\.gz: cannot be unpacked: .*(magic|format|crc|eof|short|read|unexpected end)/i);
    }
  }],
  ['another checksum than is wanted leaves what is there', async shell => {
    const bytes = tarGz(...APP);

    const { end } = await unpacked(bytes, shell, { sha256: '0'.repeat(64), before: { bin: 'old' } });

    expect(end).toEqual({
      exitCode: 1,
      last: `URL/a.tar.gz: sha256 is ${sha256(bytes)}, not ${'0'.repeat(64)}`,
      left: { bin: 'old' },
    });
  }],
  ['a server that is not ready, and an answer that breaks off, are asked again', async shell => {
    const bytes = tarGz(...APP);

    const { end, requests } = await unpacked(bytes, shell, {
      stripComponents: 1, answers: [status(503), truncated(bytes), file(bytes)],
    });

    expect({ ...end, requests }).toEqual({ exitCode: 0, last: done(bytes), left: STRIPPED, requests: 3 });
  }],
  ['killed at any instant, no entry is half, and the next run leaves nothing else', async shell => {
    const version = (letter: string) => Object.fromEntries(
      ['a', 'b', 'c'].flatMap(name => [1, 2].map(index => [`${name}/${index}`, letter.repeat(50_000)])),
    );
    const archive = (letter: string) =>
      tarGz(...Object.entries(version(letter)).map(([name, text]) => ({ name, text })));
    const root = volumes(folder, { before: version('1') });
    const servers = await Promise.all(['0', '1', '2'].map(async letter => httpServer(file(archive(letter)))));
    const start = async (index: number, options: RunOptions = {}) =>
      run(unpacking({ url: `${servers[index].url}/a.tgz` }), shell, { folder: root, ...options });
    for (let count = 0; count < 20; count++) {
      await start(count % 2, {
        meanwhile: async ({ signal }) => {
          await sleep(30 + Math.random() * 150);
          signal('SIGKILL');
        },
      });
      const seen = Object.entries(entriesOf(join(root, 'out'))).filter(([path]) => !path.startsWith('.init.'));
      const half = ['a', 'b', 'c'].filter(name => {
        const texts = seen.filter(([path]) => path.startsWith(`${name}/`)).map(([, text]) => text);
        return texts.length !== 0 && (texts.length !== 2 || texts[0] !== texts[1] || texts[0]!.length !== 50_000);
      });
      expect(half).toEqual([]);
    }
    const { exitCode } = await start(2);

    expect({ exitCode, left: entriesOf(join(root, 'out')) }).toEqual({ exitCode: 0, left: version('2') });
  }],
  ['TERM ends it at once, and leaves nothing', async shell => {
    const { end } = await unpacked(Buffer.alloc(0), shell, {
      answers: [() => undefined],
      meanwhile: async ({ logs, signal }) => {
        await logs('downloading');
        signal('SIGTERM');
      },
    });

    expect(end).toEqual({ exitCode: 143, last: 'stopped by a signal', left: {} });
  }],
  ['an archive that breaks off is continued, in the next attempt and the next run; then it is gone', async shell => {
    const bytes = tar(...APP);
    const part = `.init.11111111-1111-4111-8111-111111111111.unpack.${sha256(bytes)}.part`;
    const heard: (string | undefined)[] = [];
    const server = ranges(bytes, { breaksAfter: [1000] });
    const hangs: Answer = (_, response) => { response.write(bytes.subarray(0, 512)); };
    const given = { format: ArchiveFormat.TAR, sha256: sha256(bytes), stripComponents: 1 };
    const first = await unpacked(bytes, shell, { ...given, timeout: Duration.seconds(2), answers: [hangs] });

    const next = await unpacked(bytes, shell, {
      ...given,
      root: first.volumes,
      answers: [(request, response) => { heard.push(request.headers.range); server(request, response); }],
    });

    expect(first.end).toMatchObject({ exitCode: 124, left: { [part]: bytes.subarray(0, 512).toString() } });
    expect(next.end).toEqual({ exitCode: 0, last: done(bytes), left: STRIPPED });
    expect(heard).toEqual(['bytes=512-', 'bytes=1512-']);
  }],
]);
