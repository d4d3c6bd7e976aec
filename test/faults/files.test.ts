/** What goes wrong while a file is made: no room, no right, a program that is killed, and readers beside it. */
import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import {
  chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { FileSource } from '../../src';
import type { Container } from '../lab/container';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, httpServer, redirect, status } from '../lab/servers';
import { inEveryContainer, type Shell } from '../lab/shells';
import { configMap, downloading, generating } from '../lab/steps';
import { isWhole, Reader, slowly, versions } from '../lab/versions';

closeServersAfterwards();

const OUT = '/out';
const KILLS = 50;
const folder = mkdtempSync(join(tmpdir(), 'files-'));
const mounted: string[] = [];
afterAll(() => {
  mounted.forEach(path => execFileSync('umount', [path]));
  rmSync(folder, { recursive: true });
});

interface Files {
  readonly [path: string]: string;
}

const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');

/** A pod whose volume at /out holds at most so much, or nothing that is written. */
function pod({ bytes, mode = 0o777 }: { bytes?: number; mode?: number } = {}): string {
  const path = mkdtempSync(join(folder, 'pod-'));
  mkdirSync(path + OUT);
  if (bytes !== undefined) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'full', path + OUT]);
    mounted.push(path + OUT);
  }
  chmodSync(path + OUT, mode);
  return path;
}

/** What a step leaves in a pod: all names in the volume, with the texts. */
function left(path: string): { [name: string]: string } {
  return Object.fromEntries(readdirSync(path + OUT).map(name => [name, readFileSync(join(path + OUT, name), 'utf8')]));
}

/**
 * Kills the step at random moments; after each only whole files may be there, and one run to the end leaves just the
 * new one.
 */
async function killed(
  container: Container, shell: Shell, name: string, wanted: string, longest: number, files: Files = {},
) {
  const volumes = pod();
  writeFileSync(join(volumes + OUT, name), versions[0]);
  for (let count = 0; count < KILLS; count++) {
    const { exitCode } = await run(container, shell, {
      folder: volumes,
      files,
      meanwhile: async ({ signal }) => {
        await sleep(Math.random() * longest);
        signal('SIGKILL');
      },
    });
    const torn = Object.entries(left(volumes)).filter(([each, text]) =>
      !each.startsWith('.') && !isWhole(text)).map(([each]) => each);
    expect({ torn, exitCode: [0, null].includes(exitCode) }).toEqual({ torn: [], exitCode: true });
  }
  const { exitCode } = await run(container, shell, { folder: volumes, files });

  expect({ exitCode, left: Object.keys(left(volumes)), isNew: left(volumes)[name] === wanted })
    .toEqual({ exitCode: 0, left: [name], isNew: true });
}

/** Reads the file as fast as it can while the step replaces it again and again. */
async function readBeside(
  containers: Container[], shell: Shell, name: string, files: (count: number) => Files = () => ({}),
) {
  const volumes = pod();
  const path = join(volumes + OUT, name);
  writeFileSync(path, versions[1]);
  const reader = new Reader(path);
  for (let count = 0; count < 10; count++) {
    await run(containers[count % containers.length], shell, {
      folder: volumes,
      files: files(count),
      meanwhile: running => reader.beside(running),
    });
  }
  expect({ bad: reader.bad, enough: reader.reads > 100 }).toEqual({ bad: 0, enough: true });
}

const template = FileSource.fromConfigMap(configMap, 'app.tpl');
const templateFile = (text: string) => ({ '/in/template': text });

inEveryContainer([
  ['an answer that pauses for half of the time is tried again, and what came of it is not kept', async shell => {
    const { url, requests } = await httpServer([(_, response) => response.write('half'), status(200, 'whole')]);

    const { exitCode, said, files, seconds } = await run(downloading({ url, timeout: Duration.seconds(50) }), shell, {
      longest: 60,
    });

    expect({
      exitCode,
      files,
      requests: requests.length,
      again: said.filter(line => line.includes(': no answer in time, 4 bytes came')).length,
    })
      .toEqual({ exitCode: 0, files: { '/out/app.json': 'whole' }, requests: 2, again: 1 });
    expect(seconds).toBeGreaterThan(25);
    expect(seconds).toBeLessThan(45);
  }],
  [`a download, killed ${KILLS} times, leaves the old file or the new one, the next run nothing else`, async shell => {
    const { url } = await httpServer(slowly(versions[1]));

    await killed(downloading({ url }), shell, 'app.json', versions[1], 250);
  }],
  [`generating, killed ${KILLS} times, leaves the old file or the new one, the next run nothing else`, async shell => {
    await killed(generating({ template }), shell, 'app.conf', versions[1], 80, templateFile(versions[1]));
  }],
  ['whoever reads a file while it is downloaded again sees one version or the other', async shell => {
    const containers = await Promise.all(
      versions.map(async text => downloading({ url: (await httpServer(slowly(text))).url })),
    );

    await readBeside(containers, shell, 'app.json');
  }],
  ['whoever reads a file while it is generated again sees one version or the other', async shell => {
    await readBeside([generating({ template })], shell, 'app.conf', count => templateFile(versions[count % 2]));
  }],
  ['where there is no room for two, the old file goes first', async shell => {
    const [old, wanted] = ['o', 'n'].map(letter => letter.repeat(20_000));
    const { url } = await httpServer(status(200, wanted));
    for (const [container, name] of [
      [downloading({ url, sha256: sha256(wanted) }), 'app.json'],
      [generating({ template }), 'app.conf'],
    ] as const) {
      const volumes = pod({ bytes: 32_768 });
      const path = join(volumes + OUT, name);
      writeFileSync(path, old);
      chownSync(path, 65534, 65534);
      chmodSync(path, 0o444);
      const held = openSync(path, 'r'); // as the kubelet keeps it for the app

      const { exitCode, lines } = await run(container, shell, { folder: volumes, files: templateFile(wanted) });

      closeSync(held);
      expect({ exitCode, left: left(volumes) }).toEqual({ exitCode: 0, left: { [name]: wanted } });
      expect(lines.join('\n')).toContain('no room beside the old file: removed');
    }
  }],
  ['a disk that is full without the old file, too, is named', async shell => {
    const { url } = await httpServer(status(200, 'x'.repeat(100_000)));
    for (const [container, name, said] of [
      [downloading({ url }), 'app.json', /^http:\S+: no room after \d+ bytes$/],
      [generating({ template }), 'app.conf', /^cannot write \/out\/app.conf: .*o space left/i],
    ] as const) {
      const volumes = pod({ bytes: 32_768 });
      writeFileSync(join(volumes + OUT, name), 'old');
      chownSync(join(volumes + OUT, name), 65534, 65534);

      const { exitCode, last } = await run(container, shell, {
        folder: volumes,
        files: templateFile('x'.repeat(100_000)),
      });

      expect({ exitCode, left: left(volumes) }).toEqual({ exitCode: 1, left: {} });
      expect(last).toMatch(said);
    }
  }],
  ['a folder that may not be written is named, with the user', async shell => {
    const { url, requests } = await httpServer(status(200, 'new'));
    for (const container of [downloading({ url }), generating({ template: FileSource.inline('new') })]) {
      const volumes = pod({ mode: 0o755 });

      const { exitCode, last } = await run(container, shell, { folder: volumes });

      expect({ exitCode, left: left(volumes), requests }).toEqual({ exitCode: 1, left: {}, requests: [] });
      expect(last).toMatch(/^cannot write to \/out as user 65534: .*permission denied/i);
    }
  }],
  ['in a pod with an fsGroup a file belongs to that group, so that mode 0640 lets it read', async shell => {
    const { url } = await httpServer(status(200, 'new'));
    for (const [container, name] of [
      [downloading({ url, mode: 0o640 }), 'app.json'],
      [generating({ template: FileSource.inline('new'), mode: 0o640 }), 'app.conf'],
    ] as const) {
      const volumes = pod();
      chownSync(volumes + OUT, 0, 4242);
      chmodSync(volumes + OUT, 0o2777); // as the kubelet makes it

      const { exitCode } = await run(container, shell, { folder: volumes });

      const { uid, gid, mode } = statSync(join(volumes + OUT, name));
      expect({ exitCode, uid, gid, mode: mode % 0o1000 }).toEqual({ exitCode: 0, uid: 65534, gid: 4242, mode: 0o640 });
    }
  }],
  ['a redirect to another scheme is not followed', async shell => {
    for (const location of ['file:///etc/hosts', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/']) {
      const { url } = await httpServer(redirect(location));
      const volumes = pod();

      const { exitCode, last } = await run(downloading({ url }), shell, { folder: volumes });

      expect({ exitCode, left: left(volumes) }).toEqual({ exitCode: 1, left: {} });
      expect(last).toMatch(/^http:\S+: redirects to \S+: curl: \(1\) Protocol /);
    }
  }],
  ['a file that is there with the right checksum stays, also when nothing can be written', async shell => {
    const volumes = pod();
    writeFileSync(join(volumes + OUT, 'app.json'), 'old');
    chmodSync(volumes + OUT, 0o755);

    const container = downloading({ url: 'http://127.0.0.1:1', sha256: sha256('old') });

    expect(end(await run(container, shell, { folder: volumes })))
      .toEqual({ exitCode: 0, last: `/out/app.json has sha256 ${sha256('old')} already` });
  }],
]);
