import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Container } from '../lab/container';
import { entriesOf, makeEntries, modeOf, type Entries } from '../lab/entries';
import { copyOf, withScripts, type Image } from '../lab/images';
import { run } from '../lab/run';
import { inEveryContainer, type Shell } from '../lab/shells';
import { copying } from '../lab/steps';

const folder = mkdtempSync(join(tmpdir(), 'copy-from-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

function imageWith(shell: Shell, entries: Entries): Image {
  const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
  makeEntries(image.folder, entries);
  return image;
}

/** An image whose cp is a script. */
function withCp(shell: Shell, script: string): Image {
  return withScripts({ cp: script }, shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
}

/** A step, and what it leaves in a fresh volume. */
async function copied(container: Container, image: Image) {
  const root = mkdtempSync(join(folder, 'pod-'));
  mkdirSync(join(root, 'out'));
  chmodSync(join(root, 'out'), 0o777);
  const { exitCode, last } = await run(container, image, { folder: root });
  return { root: join(root, 'out'), exitCode, last, left: entriesOf(join(root, 'out')) };
}

inEveryContainer([
  ['files and folders get the names that are wanted, and links to them are followed', async shell => {
    const image = imageWith(shell, {
      'opt/agent-2.1.jar': 'jar',
      'opt/agent.jar': '-> agent-2.1.jar',
      'opt/plugins/a b': 'a',
      'opt/plugins/c': '-> a b',
    });
    const files = { 'agent.jar': '/opt/agent.jar', '-p': '/opt/plugins' };

    const { exitCode, last, left } = await copied(copying({ files }), image);

    expect({ exitCode, last, left }).toEqual({
      exitCode: 0, last: 'entries put into /out: 2', left: { 'agent.jar': 'jar', '-p/a b': 'a', '-p/c': '-> a b' },
    });
  }],
  ['what is named beside all of a folder wins', async shell => {
    const image = imageWith(shell, { 'www/index.html': 'default', 'www/a/b': 'b', 'mine/index.html': 'mine' });

    const { left } = await copied(copying({ files: { 'index.html': '/mine/index.html', '.': '/www' } }), image);

    expect(left).toEqual({ 'index.html': 'mine', 'a/b': 'b' });
  }],
  ['permissions and times are kept, also of folders that may not be written', async shell => {
    const image = imageWith(shell, { 'src/run': '#!', 'src/secret': 's', 'src/shut/x': 'x', 'src/shut/deep/y': 'y' });
    const at = (path: string) => join(image.folder, 'src', path);
    chmodSync(at('run'), 0o755);
    chmodSync(at('secret'), 0o444);
    chmodSync(at('shut/deep'), 0o555);
    chmodSync(at('shut'), 0o555);
    utimesSync(at('run'), 1_000_000, 1_000_000);
    const files = { '.': '/src' };

    const { exitCode, root, left } = await copied(copying({ files }), image);
    const again = await run(copying({ files }), image, { folder: join(root, '..') });

    expect({ exitCode, again: again.exitCode, left, again2: entriesOf(root) }).toEqual({
      exitCode: 0, again: 0, left: { 'run': '#!', 'secret': 's', 'shut/x': 'x', 'shut/deep/y': 'y' }, again2: left,
    });
    expect(['run', 'secret', 'shut', 'shut/deep'].map(name => modeOf(join(root, name))))
      .toEqual(['755', '444', '555', '555']);
    expect(statSync(join(root, 'run')).mtimeMs).toBe(1_000_000_000);
  }],
  ['a file that the image lacks is wrong input, and nothing is written', async shell => {
    const { exitCode, last, left } = await copied(copying({ files: { a: '/bin/sh', b: '/opt/agent' } }), shell);

    expect({ exitCode, last, left }).toEqual({ exitCode: 2, last: 'the image has no /opt/agent', left: {} });
  }],
  ['all of a file is wrong input', async shell => {
    const { exitCode, last, left } = await copied(copying({ files: { '.': '/etc/hosts' } }), shell);

    expect({ exitCode, last, left }).toEqual({ exitCode: 2, last: '/etc/hosts is no folder of the image', left: {} });
  }],
  ['a file that the user may not read is said to be so', async shell => {
    const image = imageWith(shell, { 'opt/shut': 'x' });
    chmodSync(join(image.folder, 'opt/shut'), 0o600);

    const { exitCode, last, left } = await copied(copying({ files: { a: '/opt/shut' } }), image);

    expect({ exitCode, left }).toEqual({ exitCode: 1, left: {} });
    expect(last).toMatch(/^cannot copy \/opt\/shut as user 65534: permission denied$/i);
  }],
  ['what cp says of it is the reason, whatever the name of the file', async shell => {
    const image = imageWith(shell, { 'opt/preserve/shut': 'x', 'opt/preserve/a': 'x' });
    chmodSync(join(image.folder, 'opt/preserve/shut'), 0o600);

    const { exitCode, last } = await copied(copying({ files: { a: '/opt/preserve' } }), image);

    expect({ exitCode, last: last.toLowerCase() })
      .toEqual({ exitCode: 1, last: 'cannot copy /opt/preserve as user 65534: permission denied' });
  }],
  ['a cp that is killed, or says nothing, is no copy without a reason', async shell => {
    const killed = await copied(copying({ files: { a: '/bin/sh' } }), withCp(shell, 'kill -9 $$'));
    const silent = await copied(copying({ files: { a: '/bin/sh' } }), withCp(shell, 'exit 3'));

    expect(killed.last).toMatch(/^cannot copy \/bin\/sh as user 65534: (Killed|cp ended with (137|393))$/); // 393: yash
    expect(silent.last).toBe('cannot copy /bin/sh as user 65534: cp ended with 3');
  }],
  ['of all that cp says the first complaint is kept, and its beginning only', async shell => {
    const owners = "yes \"cp: can't preserve ownership of 'x': Operation not permitted\" | head -n 2000";
    const complaint = "echo \"cp: $3: $(head -c 5000 /dev/zero | tr '\\0' x)\"";
    const image = withCp(shell, `${owners}; ${complaint}; ${owners}; exit 1`);

    const { exitCode, last } = await copied(copying({ files: { a: '/bin/sh' } }), image);

    expect({ exitCode, last })
      .toEqual({ exitCode: 1, last: `cannot copy /bin/sh as user 65534: ${'x'.repeat(300)}` });
  }],
  ['an image that lacks a tool is said to do so', async shell => {
    const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
    rmSync(join(image.folder, 'bin/cp'));

    const { exitCode, last } = await copied(copying({ files: { a: '/bin/sh' } }), image);

    expect({ exitCode, last }).toEqual({ exitCode: 2, last: 'the image has no cp, which copies its files' });
  }],
  ['an image without the tools that are not needed does', async shell => {
    const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
    for (const tool of ['du', 'find', 'touch', 'ln', 'sleep']) rmSync(join(image.folder, 'bin', tool));

    const { exitCode, left } = await copied(copying({ files: { hosts: '/etc/hosts' } }), image);

    expect({ exitCode, left }).toEqual({ exitCode: 0, left: { hosts: '127.0.0.1 localhost\n' } });
  }],
]);
