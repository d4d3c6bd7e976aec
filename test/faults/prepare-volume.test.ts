import { chmodSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { RunAs } from '../../src';
import type { Container } from '../lab/container';
import { withScripts, type Image } from '../lab/images';
import { run, type Run } from '../lab/run';
import { inEveryContainer, type Shell } from '../lab/shells';
import { preparing } from '../lab/steps';

const folder = mkdtempSync(join(tmpdir(), 'prepare-volume-'));
afterAll(() => rmSync(folder, { recursive: true }));

const owner = RunAs.user(1000, 2000);
const end = ({ exitCode, said }: Run) => ({ exitCode, said });

/** Entries of a volume: `uid:gid mode`, and behind it what it is if it is no folder. */
interface Entries {
  readonly [path: string]: string;
}

/** A pod whose volume holds these; the volume itself is `.`. */
function pod(entries: Entries): string {
  const path = mkdtempSync(join(folder, 'pod-'));
  for (const [name, text] of Object.entries(entries)) {
    const file = join(path, 'volume', name);
    const [identity, mode, kind] = text.split(' ');
    if (kind === undefined) mkdirSync(file, { recursive: true });
    else if (kind === 'file') writeFileSync(file, name);
    else symlinkSync(kind, file);
    const [uid, gid] = identity.split(':').map(Number);
    lchownSync(file, uid, gid);
    if (kind === undefined || kind === 'file') chmodSync(file, parseInt(mode, 8));
  }
  return path;
}

/** Who has what in a volume. */
function left(path: string, names: string[]): Entries {
  return Object.fromEntries(names.map(name => {
    const { uid, gid, mode } = lstatSync(join(path, 'volume', name));
    return [name, `${uid}:${gid} ${(mode % 0o10000).toString(8)}`];
  }));
}

/** What root may do where a server squashes it, or a cluster takes capabilities away. */
function allowed(container: Container, add: string[]): Container {
  return { ...container, securityContext: { ...container.securityContext, capabilities: { add } } };
}

/** An image in which a tool is a script. */
function withScript(shell: Shell, tool: string, script: string): Image {
  return withScripts({ [tool]: script }, shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
}

inEveryContainer([
  ['a reason that nobody gives is said not to be given', async shell => {
    const image = withScript(shell, 'mkdir', 'exit 1');

    const { exitCode, last } = await run(preparing({ owner }), image, { folder: pod({ '.': '0:0 755' }) });

    expect({ exitCode, last }).toEqual({ exitCode: 1, last: 'cannot make /volume: no reason given' });
  }],
  ['a fresh volume and all in it get their owner, the folder its mode, and links are not followed', async shell => {
    const volumes = pod({
      '.': '0:0 755',
      'a': '7:7 700',
      'a/b c': '8:8 600 file',
      'right': '1000:2000 644 file',
      'link': '0:0 777 /etc/hosts',
    });

    const result = await run(preparing({ owner, mode: 0o2770 }), shell, { folder: volumes });

    expect({ ...end(result), left: left(volumes, ['.', 'a', 'a/b c', 'right', 'link']) }).toEqual({
      exitCode: 0,
      said: [
        'giving all in /volume to 1000:2000',
        '/volume: given to 1000:2000 (was 0:0), mode 2770 (was 755)',
        'prepared /volume',
      ],
      left: {
        '.': '1000:2000 2770',
        'a': '1000:2000 700',
        'a/b c': '1000:2000 600',
        'right': '1000:2000 644',
        'link': '1000:2000 777',
      },
    });
  }],
  ['a volume that is right already is not walked', async shell => {
    const volumes = pod({ '.': '1000:2000 2770', 'other': '7:7 600 file' });

    const result = await run(preparing({ owner, mode: 0o2770 }), shell, { folder: volumes });

    expect({ ...end(result), left: left(volumes, ['.', 'other']) }).toEqual({
      exitCode: 0,
      said: ['/volume: right already; what is in it was not looked at', 'prepared /volume'],
      left: { '.': '1000:2000 2770', 'other': '7:7 600' },
    });
  }],
  ['folders are made, whatever the volume looks like, and those above them can be entered', async shell => {
    const volumes = pod({ '.': '5:5 700' });

    const result = await run(preparing({ owner, mode: 0o700, folders: ['a/b c', 'd'] }), shell, { folder: volumes });

    expect({ ...end(result), left: left(volumes, ['.', 'a', 'a/b c', 'd']) }).toEqual({
      exitCode: 0,
      said: [
        'giving all in /volume/a/b c to 1000:2000',
        '/volume/a/b c: made, given to 1000:2000 (was 0:2000), mode 700 (was 755)',
        'giving all in /volume/d to 1000:2000',
        '/volume/d: made, given to 1000:2000 (was 0:2000), mode 700 (was 755)',
        'prepared /volume/a/b c /volume/d',
      ],
      left: { '.': '5:5 700', 'a': '0:2000 755', 'a/b c': '1000:2000 700', 'd': '1000:2000 700' },
    });
  }],
  ['a mode alone leaves the owner, and takes setgid away', async shell => {
    const volumes = pod({ '.': '5:6 2755' });

    const { exitCode } = await run(preparing({ mode: 0o777 }), shell, { folder: volumes });

    expect({ exitCode, left: left(volumes, ['.']) }).toEqual({ exitCode: 0, left: { '.': '5:6 777' } });
  }],
  ['an owner without a group leaves the group', async shell => {
    const volumes = pod({ '.': '0:6 755', 'a': '0:7 600 file' });

    const { exitCode } = await run(preparing({ owner: RunAs.user(1000) }), shell, { folder: volumes });

    expect({ exitCode, left: left(volumes, ['.', 'a']) })
      .toEqual({ exitCode: 0, left: { '.': '1000:6 755', 'a': '1000:7 600' } });
  }],
  ['only the folder is given where that is meant', async shell => {
    const volumes = pod({ '.': '0:0 755', 'a': '7:7 600 file' });

    const { exitCode } = await run(preparing({ owner, recursive: false }), shell, { folder: volumes });

    expect({ exitCode, left: left(volumes, ['.', 'a']) })
      .toEqual({ exitCode: 0, left: { '.': '1000:2000 755', 'a': '7:7 600' } });
  }],
  ['lost+found goes, and is not missed the next time', async shell => {
    const volumes = pod({ '.': '0:0 755', 'lost+found': '0:0 700' });
    const container = preparing({ removeLostAndFound: true });

    expect(end(await run(container, shell, { folder: volumes }))).toEqual({
      exitCode: 0,
      said: ['removed /volume/lost+found', '/volume: right already', 'prepared /volume'],
    });
    expect(end(await run(container, shell, { folder: volumes })))
      .toEqual({ exitCode: 0, said: ['/volume: right already', 'prepared /volume'] });
  }],
  ['lost+found with what fsck has found in it stays, and that is said', async shell => {
    const volumes = pod({ '.': '0:0 755', 'lost+found': '0:0 700', 'lost+found/#12': '0:0 600 file' });

    const { exitCode, last } = await run(preparing({ removeLostAndFound: true }), shell, { folder: volumes });

    expect({ exitCode, last }).toEqual({ exitCode: 1, last: 'cannot remove /volume/lost+found: Directory not empty' });
  }],
  ['a volume that changes no owners is said to be one, also when it does so deep inside', async shell => {
    const container = allowed(preparing({ owner }), ['DAC_OVERRIDE']);
    for (const [entries, what] of [
      [{ '.': '0:2000 755', 'a': '7:7 600 file' }, 'all in /volume'],
      [{ '.': '0:2000 755' }, '/volume'],
    ] as const) {
      const { exitCode, last } = await run(container, shell, { folder: pod(entries) });

      expect({ exitCode, last }).toEqual({
        exitCode: 1,
        last: `cannot give ${what} to 1000:2000: Operation not permitted to user 0; does an NFS server squash root?`,
      });
    }
  }],
  ['a volume that is right needs no rights', async shell => {
    const volumes = pod({ '.': '1000:2000 770', 'a': '1000:2000 770' });

    const container = allowed(preparing({ owner, mode: 0o770, folders: ['.', 'a'] }), []);

    const right = 'right already; what is in it was not looked at';

    expect(end(await run(container, shell, { folder: volumes }))).toEqual({
      exitCode: 0, said: [`/volume: ${right}`, `/volume/a: ${right}`, 'prepared /volume /volume/a'],
    });
  }],
  ['a folder that cannot be made is said so', async shell => {
    const container = allowed(preparing({ owner, folders: ['a'] }), ['CHOWN']);

    const { exitCode, last } = await run(container, shell, { folder: pod({ '.': '5:5 755' }) });

    expect({ exitCode, last }).toEqual({
      exitCode: 1, last: 'cannot make /volume/a: Permission denied to user 0; does an NFS server squash root?',
    });
  }],
  ['a file in the way is said to be there', async shell => {
    const volumes = pod({ '.': '0:0 755', 'a': '7:7 600 file' });

    const { exitCode, last } = await run(preparing({ owner, folders: ['a'] }), shell, { folder: volumes });

    expect({ exitCode, last }).toEqual({ exitCode: 1, last: 'cannot make /volume/a: File exists' });
  }],
  ['a volume that is read-only is said to be so', async shell => {
    const container = preparing({ owner });
    const readOnly = { ...container, volumeMounts: [{ mountPath: '/volume', readOnly: true }] };

    const { exitCode, last } = await run(readOnly, shell, { folder: pod({ '.': '0:0 755' }) });

    expect({ exitCode, last })
      .toEqual({ exitCode: 1, last: 'cannot give /volume to 1000:2000: Read-only file system' });
  }],
  ['a link is not followed, nor one above', async shell => {
    for (const [link, name] of [['a', 'a'], ['a', 'a/b']]) {
      const volumes = pod({ '.': '0:0 755', 'c': '7:7 755', 'c/b': '7:7 755', [link]: '7:7 777 c' });

      const { exitCode, last } = await run(preparing({ owner, folders: [name] }), shell, { folder: volumes });

      expect({ exitCode, last, left: left(volumes, ['c', 'c/b']) }).toEqual({
        exitCode: 1,
        last: `/volume/${name} is or lies behind a link, which is not followed`,
        left: { 'c': '7:7 755', 'c/b': '7:7 755' },
      });
    }
  }],
  ['a run that is stopped ends at once, and the next one goes on', async shell => {
    const volumes = pod({ '.': '0:0 755', 'a': '0:0 600 file' });

    const slow = withScript(shell, 'chown', 'busybox chown "$@"; sleep 20');
    const { exitCode, last, seconds } = await run(preparing({ owner }), slow, {
      folder: volumes,
      meanwhile: async ({ until, signal }) => {
        await until(() => left(volumes, ['a']).a === '1000:2000 600');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, last, soon: seconds < 2, left: left(volumes, ['.', 'a']) }).toEqual({
      exitCode: 143, last: 'stopped by a signal', soon: true, left: { '.': '0:0 755', 'a': '1000:2000 600' },
    });
    const again = await run(preparing({ owner }), shell, { folder: volumes });
    expect({ exitCode: again.exitCode, left: left(volumes, ['.', 'a']) })
      .toEqual({ exitCode: 0, left: { '.': '1000:2000 755', 'a': '1000:2000 600' } });
  }],
  ['a walk that takes too long is given up', async shell => {
    const volumes = pod({ '.': '0:0 755', 'a': '0:0 644 file' });
    const container = preparing({ owner, timeout: Duration.seconds(1) });
    // to make a volume for which one second is not enough takes much longer
    const late = { ...container, env: [...container.env!, { name: 'step_timeout', value: '0' }] };

    const { exitCode, last } = await run(late, shell, { folder: volumes });

    expect({ exitCode, last })
      .toEqual({ exitCode: 124, last: 'gave up after 0 s: not all in /volume belongs to 1000:2000 yet' });
  }],
]);
