/** What it costs to fill a folder or to give a volume its owner, beside the commands that people write. */
import { execFileSync } from 'child_process';
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { Duration, Size } from 'cdk8s';
import { hasCgroups, image, median } from './measure';
import type { Table } from './report';
import { limited, mebibytes, seconds } from './waits';
import { FileTree, RunAs } from '../src';
import type { Container } from '../test/lab/container';
import { copyOf, type Image } from '../test/lab/images';
import { sleep } from '../test/lab/process';
import { run } from '../test/lab/run';
import { httpServer, type Answer } from '../test/lab/servers';
import { configMap, copying, copyingFiles, preparing, unpacking } from '../test/lab/steps';

export const SMALL = 1000;
const KEYS = 100;
export const LARGE = 64 * 2 ** 20;
const OWNED = 1_000_000;
export const TRIALS = 5;
export const KILLS = 10;

/** One way to fill a folder, and what it reads. */
export interface Way {
  readonly what: string;
  readonly name: string;
  readonly container: Container;
  readonly image?: Image;
  /** Where the files are that it reads, if it reads any. */
  readonly read?: string;
}

const mounted = { volumeMounts: [{ mountPath: '/out' }] };
export const shell = (program: string): Container => ({ command: ['sh', '-c', program], ...mounted });

/** Folders with small files, and a large one, that all differ in size. */
export function makeFiles(folder: string): void {
  for (let index = 0; index < SMALL; index++) {
    const inner = join(folder, `d${index % 10}`);
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `${index}`), 'x'.repeat(1000 + index));
  }
  writeFileSync(join(folder, 'large'), Buffer.alloc(LARGE, 'x'));
}

function makeKeys(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < KEYS; index++) writeFileSync(join(folder, `${index}.conf`), 'x'.repeat(1000));
}

/** Names and sizes: whoever reads a file that is not whole finds another size. */
function sizes(folder: string): { [path: string]: number } {
  return Object.fromEntries((readdirSync(folder, { recursive: true }) as string[])
    .filter(path => !path.startsWith('.') && statSync(join(folder, path)).isFile())
    .map(path => [path, statSync(join(folder, path)).size]));
}

function pod(read?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pod-'));
  mkdirSync(join(folder, 'out'));
  chmodSync(join(folder, 'out'), 0o777);
  if (read !== undefined) execFileSync('cp', ['-R', read, join(folder, 'in')]);
  return folder;
}

export async function measured({ container, image: own = image, read }: Way) {
  const times: number[] = [];
  const cpu: number[] = [];
  const peaks: number[] = [];
  let whole: { [path: string]: number } = {};
  for (let trial = 0; trial < TRIALS; trial++) {
    const folder = pod(read);
    await limited(async (options, group) => {
      const { exitCode, seconds: took, last } = await run(container, own, { ...options, folder });
      if (exitCode !== 0) throw new Error(last);
      times.push(took);
      cpu.push(group.cpuMilliseconds / 1000);
      peaks.push(group.peakMebibytes);
    });
    whole = sizes(join(folder, 'out'));
    rmSync(folder, { recursive: true });
  }
  return { time: median(times), cpu: median(cpu), peak: median(peaks), whole };
}

/**
 * In how many of some kills an entry of the top level is there, but not whole, and behind how many the next run does
 * not put all of it there.
 */
export async function tornBy(
  { container, image: own = image, read }: Way,
  time: number,
  whole: { [path: string]: number },
) {
  let torn = 0;
  let lost = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = pod(read);
    await run(container, own, {
      folder,
      meanwhile: async ({ signal }) => {
        await sleep((kill + 0.5) / KILLS * time * 1000);
        signal('SIGKILL');
      },
    });
    const left = sizes(join(folder, 'out'));
    const isTorn = Object.entries(whole).some(([path, size]) =>
      existsSync(join(folder, 'out', path.split('/')[0])) && left[path] !== size);
    if (isTorn) torn += 1;
    const { exitCode } = await run(container, own, { folder });
    if (exitCode !== 0 || !isDeepStrictEqual(sizes(join(folder, 'out')), whole)) lost += 1;
    rmSync(folder, { recursive: true });
  }
  return { torn, lost };
}

/** Sends it with its length. */
export const sends = (bytes: Buffer): Answer => (_, response) => {
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
};

async function ways(): Promise<Way[]> {
  const source = copyOf(image, join(mkdtempSync(join(tmpdir(), 'bench-source-')), 'image'));
  makeFiles(join(source.folder, 'source'));
  const keys = mkdtempSync(join(tmpdir(), 'bench-keys-'));
  makeKeys(join(keys, 'source-1'));
  chmodSync(keys, 0o755);
  const archive = execFileSync('tar', ['-czf', '-', '-C', join(source.folder, 'source'), '.'], { maxBuffer: 2 ** 30 });
  const { url } = await httpServer(sends(archive));
  const files = `${SMALL} files and one of ${LARGE / 2 ** 20} MiB`;
  const volumeMounts = ['/out', '/in'].map(mountPath => ({ mountPath }));
  const fromConfigMap = { ...shell('cp -rL /in/source-1/. /out'), volumeMounts };
  return [
    {
      what: `${files} of an image`,
      name: 'this library',
      container: copying({ files: { '.': '/source' } }),
      image: source,
    },
    { what: `${files} of an image`, name: '`cp -r`', container: shell('cp -r /source/. /out'), image: source },
    { what: `${files} of a tar.gz`, name: 'this library', container: unpacking({ url: `${url}/a.tar.gz` }) },
    {
      what: `${files} of a tar.gz`,
      name: '`curl \\| tar`',
      container: shell(`curl -sf ${url}/a.tar.gz | tar -xz -C /out`),
    },
    {
      what: `${KEYS} keys of a ConfigMap`,
      name: 'this library',
      container: copyingFiles({ sources: [FileTree.fromConfigMap(configMap)], maxSize: Size.mebibytes(2) }),
      read: keys,
    },
    { what: `${KEYS} keys of a ConfigMap`, name: '`cp -rL`', container: fromConfigMap, read: keys },
  ];
}

export async function folders(): Promise<Table> {
  const title = 'A folder that is filled';
  if (!hasCgroups) return notMeasured(title);
  const rows: string[][] = [];
  for (const way of await ways()) {
    const { time, cpu, peak, whole } = await measured(way);
    const { torn } = await tornBy(way, time, whole);
    rows.push([way.what, way.name, seconds(time), seconds(cpu), mebibytes(peak), `${torn} of ${KILLS}`]);
  }
  return {
    title,
    text: `Median of ${TRIALS} whole runs of a container, then killed at ${KILLS} instants that are spread over a run: `
      + 'in how many an entry of the top level was there, but not whole. The peak includes the files, which the '
      + 'kernel keeps. Wanted: none is torn.',
    wanted: [{ column: 5, is: /^0 of/ }],
    head: ['', '', 'whole run', 'CPU', 'peak', 'torn by a kill'],
    rows,
  };
}

export function notMeasured(title: string): Table {
  return { title, text: 'Not measured: it takes control groups of version 1.', head: [''], rows: [], wanted: [] };
}

/** A volume of root with very many files. */
function largeVolume(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pod-'));
  mkdirSync(join(folder, 'volume'));
  const program = 'for each in $(seq $0); do mkdir $each; (cd $each; seq 1000 | xargs touch); done';
  execFileSync('sh', ['-c', program, `${OWNED / 1000}`], { cwd: join(folder, 'volume') });
  return folder;
}

export async function owners(): Promise<Table> {
  const title = `The owner of a volume of ${OWNED.toLocaleString('en')} files`;
  if (!hasCgroups) return notMeasured(title);
  const folder = largeVolume();
  const ours = preparing({ owner: RunAs.user(1000, 1000), timeout: Duration.minutes(10) });
  const chown = { ...ours, command: ['chown', '-R', '2000:2000', '/volume'], args: [] };
  const rows: string[][] = [];
  for (const [name, container] of [['this library', ours], ['`chown -R`', chown]] as const) {
    for (const when of ['of somebody else', 'right already']) {
      await limited(async (options, group) => {
        const { exitCode, seconds: took, last } = await run(container, image, { ...options, folder, longest: 600 });
        if (exitCode !== 0) throw new Error(last);
        rows.push([when, name, seconds(took), seconds(group.cpuMilliseconds / 1000), mebibytes(group.peakMebibytes)]);
      });
    }
  }
  rmSync(folder, { recursive: true });
  return {
    title,
    text: 'One run each. Wanted: a volume that is right already is not walked: at most 0.5 s.',
    wanted: [{ of: /right already/, column: 2, is: 0.5 }],
    head: ['', '', 'whole run', 'CPU', 'peak'],
    rows,
  };
}
