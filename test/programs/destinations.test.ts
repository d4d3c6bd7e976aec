/** Files in volumes that outlive the pod: what is there already, other pods, folders. */
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GenerateConfig, IfPresent, type GenerateConfigProps } from '../../src';
import type { Container } from '../lab/container';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, httpServer, status } from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { downloading, secret } from '../lab/steps';
import { deployment, podSpec } from '../workload';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'destinations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const POD = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });

/** A step that writes `text` to a claim. */
function seeding(text: string, props: Partial<GenerateConfigProps> = {}): Container {
  const web = deployment();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const directory = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim);
  new GenerateConfig(web, 'seed', { template: FileSource.inline(text), fileName: 'app.conf', directory, ...props });
  return podSpec(web).initContainers[0];
}

/** A folder of volumes in which these files are there, some of them since long ago. */
function volumes(files: { [path: string]: string }, old: string[] = []): string {
  const root = mkdtempSync(join(folder, 'pod-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(root + path), { recursive: true });
    chmodSync(dirname(root + path), 0o777);
    writeFileSync(root + path, text);
    chmodSync(root + path, 0o666);
    if (old.includes(path)) utimesSync(root + path, 0, 0);
  }
  return root;
}

inEveryShell([
  ['a fresh volume gets the file in folders that others can enter', async shell => {
    const root = volumes({});

    const result = await run(seeding('new', { fileName: 'a b/c/app.conf' }), shell, { folder: root });

    expect(end(result)).toEqual({
      exitCode: 0, last: 'wrote /out/a b/c/app.conf, 3 bytes', files: { '/out/a b/c/app.conf': 'new' },
    });
    expect((statSync(`${root}/out/a b/c`).mode % 0o1000).toString(8)).toBe('755');
  }],
  ['a file where a folder should be is said to be in the way', async shell => {
    const { exitCode, last } = await run(
      seeding('new', { fileName: 'a/app.conf' }), shell, { files: { '/out/a': '' } },
    );

    expect(exitCode).toBe(1);
    expect(last).toMatch(/^cannot make \/out\/a as user \d+: .*(exists|ot a directory)/i);
  }],
  ['what is there is replaced, and nothing else is touched', async shell => {
    const others = { '/out/.app.conf.part': 'mine', '/out/.app.conf.x.part': 'mine', '/out/b': 'b' };
    const files = { '/out/app.conf': 'old', ...others };

    expect(end(await run(seeding('new'), shell, { files })))
      .toEqual({ exitCode: 0, last: 'wrote /out/app.conf, 3 bytes', files: { ...files, '/out/app.conf': 'new' } });
  }],
  ['what is there is kept where that is asked for, whatever it is, and without a variable', async shell => {
    const container = seeding('${A}', { ifPresent: IfPresent.KEEP, variables: { A: secret('a') } });
    const files = { '/out/app.conf': '' };

    expect(end(await run(container, shell, { files })))
      .toEqual({ exitCode: 0, last: '/out/app.conf is there already', files });
  }],
  ['what is not there is made, also where it would be kept', async shell => {
    const container = seeding('new', { ifPresent: IfPresent.KEEP, mode: 0o600 });

    const result = await run(container, shell);

    expect({ ...end(result), modes: result.modes }).toEqual({
      exitCode: 0,
      last: 'wrote /out/app.conf, 3 bytes',
      files: { '/out/app.conf': 'new' },
      modes: { '/out/app.conf': '600' },
    });
  }],
  ['a download that is kept is not asked for', async shell => {
    const { url, requests } = await httpServer(status(200, 'new'));
    const files = { '/out/app.json': 'old' };

    expect({
      ...end(await run(downloading({ url, ifPresent: IfPresent.KEEP, sha256: 'a'.repeat(64) }), shell, { files })),
      requests,
    }).toEqual({ exitCode: 0, last: '/out/app.json is there already', files, requests: [] });
  }],
  ['of two pods that make a file side by side, the second keeps that of the first', async shell => {
    const root = volumes({});
    const { url } = await httpServer(async (_, response) => {
      await sleep(300);
      response.end('second');
    });

    const { exitCode, last } = await run(downloading({ url, ifPresent: IfPresent.KEEP }), shell, {
      folder: root,
      meanwhile: async ({ logs }) => {
        await logs('downloading');
        writeFileSync(`${root}/out/app.json`, 'first');
      },
    });

    expect({ exitCode, last, names: readdirSync(`${root}/out`), text: readFileSync(`${root}/out/app.json`, 'utf8') })
      .toEqual({ exitCode: 0, last: '/out/app.json is there meanwhile', names: ['app.json'], text: 'first' });
  }],
  ['what an earlier run left goes, what another pod writes stays, until it is an hour old', async shell => {
    const part = (pod: string) => `/out/.app.conf.${pod}.part`;
    const GONE = OTHER.replaceAll('2', '3');
    const files = { [part(POD)]: 'mine', [part(OTHER)]: 'at work', [part(GONE)]: 'left' };
    const root = volumes(files, [part(GONE)]);

    const { exitCode } = await run(seeding('new'), shell, { folder: root });

    expect({ exitCode, names: readdirSync(`${root}/out`).sort() })
      .toEqual({ exitCode: 0, names: [`.app.conf.${OTHER}.part`, 'app.conf'] });
  }],
  ['what a version left that knew the sum of its file goes, too, as soon as it is an hour old', async shell => {
    const part = (pod: string) => `/out/.init.${pod}.download.${'b'.repeat(64)}.part`;
    const GONE = OTHER.replaceAll('2', '3');
    const root = volumes({ [part(OTHER)]: 'at work', [part(GONE)]: 'left' }, [part(GONE)]);

    const { exitCode } = await run(seeding('new'), shell, { folder: root });

    expect({ exitCode, names: readdirSync(`${root}/out`).sort() })
      .toEqual({ exitCode: 0, names: [part(OTHER).slice('/out/'.length), 'app.conf'] });
  }],
  ['a file whose name is a pattern is itself alone', async shell => {
    const files = { [`/out/.xx.${OTHER}.part`]: 'of another file' };
    const root = volumes(files, Object.keys(files));

    const { exitCode } = await run(seeding('new', { fileName: '*' }), shell, { folder: root });

    expect({ exitCode, names: readdirSync(`${root}/out`).sort() })
      .toEqual({ exitCode: 0, names: ['*', `.xx.${OTHER}.part`].sort() });
  }],
  ['two pods that replace one file at once leave one of the two, whole', async shell => {
    const texts = ['a', 'b'].map(letter => letter.repeat(100_000));
    const root = volumes({});
    const [one, two] = await Promise.all(texts.map(async (text, index) =>
      run(seeding(text), shell, { folder: root, env: { step_pod: index === 0 ? POD : OTHER } })));

    expect([one.exitCode, two.exitCode, readdirSync(`${root}/out`)]).toEqual([0, 0, ['app.conf']]);
    expect(texts).toContain(readFileSync(`${root}/out/app.conf`, 'utf8'));
  }],
  ['a volume that is full keeps the old file, and nothing is left of the new one', async shell => {
    const root = volumes({ '/out/app.conf': 'old' });

    const { exitCode, last } = await run(seeding('0123456789\n'.repeat(3_000)), shell, { folder: root, room: 16 });

    expect({ exitCode, names: readdirSync(`${root}/out`), text: readFileSync(`${root}/out/app.conf`, 'utf8') })
      .toEqual({ exitCode: 1, names: ['app.conf'], text: 'old' });
    expect(last).toMatch(/^cannot write \/out\/app.conf/);
    expect(existsSync(`${root}/out/.app.conf.${POD}.part`)).toBe(false);
  }],
]);
