/**
 * Runs a step as the kubelet would: from the synthesized manifest, with the expansion of `$(VAR)`, and with its mounts
 * below a folder of its own. All that stands for the container is the shell, the tools and that folder.
 */
import { spawn } from 'child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { expand } from './expand';
import type { Shell } from './shells';

/** What a manifest says of a container. */
export interface Container {
  readonly command: string[];
  readonly args?: string[];
  readonly env?: { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
  readonly volumeMounts?: { mountPath: string }[];
}

export interface RunOptions {
  /** Keys of Secrets; a variable whose key is not here is not set, as with an optional key. */
  readonly secrets?: { [key: string]: string };
  /** Files that are there before: path in the container -> text. A path that ends in `/` is a folder. */
  readonly files?: { [path: string]: string };
  /** A folder that is not there. */
  readonly without?: string;
  /** No file can become larger than so many blocks of 512 bytes, as on a disk that is full. */
  readonly room?: number;
  /** Called while the program runs. */
  readonly meanwhile?: (running: Running) => Promise<void>;
}

export interface Running {
  /** Resolves as soon as the log holds this, or the program has ended. */
  logs(text: string): Promise<void>;
  /** Resolves as soon as this is so, or the program has ended. */
  until(condition: () => boolean): Promise<void>;
  /** Sends TERM to the program alone, as the kubelet does. */
  terminate(): void;
  /** The command lines of all its processes. */
  commandLines(): string[];
}

export interface Run {
  /** null if it did not end and was killed. */
  readonly exitCode: number | null;
  /** The log as it is. */
  readonly lines: string[];
  /** The log without time and name of the step; how long it took and how often it tried is left open. */
  readonly said: string[];
  /** The last of `said`, and that it is the termination message too if the run failed. */
  readonly last: string;
  /** All files below the mounts. */
  readonly files: { [path: string]: string };
  readonly modes: { [path: string]: string };
  /** Since the start, or since TERM. */
  readonly seconds: number;
}

const PREFIX = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ([a-z0-9-]+): /;

export async function run(container: Container, shell: Shell, options: RunOptions = {}): Promise<Run> {
  const root = mkdtempSync(join(tmpdir(), 'program-'));
  try {
    makeFiles(root, container, options);
    const env = environment(container, options.secrets ?? {});
    const program = [...container.command, ...container.args ?? []].map(text => expand(text, env));
    const log = join(root, 'log');
    const variables = mounted(env, container, root);
    const { exitCode, seconds } = await execute(withTerminationLog(program, root), { ...variables, ...shell.env }, log, options);
    const lines = linesOf(log).map(line => line.replaceAll(root, ''));
    const said = lines.map(line => steady(line.replace(PREFIX, '')));
    const message = existsSync(join(root, 'termination-log')) ? steady(readFileSync(join(root, 'termination-log'), 'utf8')).replaceAll(root, '') : '';
    const expected = exitCode === 0 ? '' : said.at(-1);
    const last = `${said.at(-1)}${message === expected ? '' : `, but the termination message is '${message}'`}`;
    return { exitCode, lines, said, last, seconds, ...filesBelow(root, container) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The variables as the kubelet makes them: each may refer to those before it. */
function environment(container: Container, secrets: { [key: string]: string }): { [name: string]: string } {
  const env: { [name: string]: string } = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    const text = valueFrom ? secrets[valueFrom.secretKeyRef.key] : expand(value ?? '', env);
    if (text !== undefined) env[name] = text;
  }
  return env;
}

/** The paths of mounts are below the folder. */
function mounted(env: { [name: string]: string }, container: Container, root: string): { [name: string]: string } {
  const mounts = (container.volumeMounts ?? []).map(mount => `${mount.mountPath}/`);
  return Object.fromEntries(Object.entries(env).map(([name, value]) => {
    const isPath = name === 'DESTINATION' || name.endsWith('_FILE');
    return [name, isPath && mounts.some(mount => value.startsWith(mount)) ? root + value : value];
  }));
}

/** The only text of a program that is replaced: nobody wants its messages in the machine's /dev. */
function withTerminationLog(program: string[], root: string): string[] {
  return program.map((text, index) => (index === 2 && program[1] === '-c' ? text.replaceAll('/dev/termination-log', join(root, 'termination-log')) : text));
}

function makeFiles(root: string, container: Container, { files = {}, without }: RunOptions): void {
  for (const { mountPath } of container.volumeMounts ?? []) mkdirSync(root + mountPath, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(path.endsWith('/') ? root + path : dirname(root + path), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(root + path, text);
  }
  if (without !== undefined) rmSync(root + without, { recursive: true });
}

const LONGEST_MS = 40_000;
const WITH_LITTLE_ROOM = 'trap "" XFSZ; ulimit -f "$0"; exec "$@"';

async function execute(program: string[], env: { [name: string]: string }, log: string, { meanwhile, room }: RunOptions) {
  const [file, ...args] = room === undefined ? program : ['ash', '-c', WITH_LITTLE_ROOM, `${room}`, ...program];
  const output = openSync(log, 'a');
  let from = performance.now();
  // In a process group of its own: only as process 1 would its end take all others along.
  const child = spawn(file, args, { env, stdio: ['ignore', output, output], detached: true, cwd: '/' });
  closeSync(output);
  const exited = new Promise<number | null>((resolve, reject) => child.on('exit', resolve).on('error', reject));
  const group = child.pid!;
  const tooLong = setTimeout(() => killGroup(group), LONGEST_MS);
  try {
    const until = async (condition: () => boolean) => {
      while (child.exitCode === null && child.signalCode === null && !condition()) await sleep(20);
    };
    const during = meanwhile?.({
      until,
      logs: text => until(() => readFileSync(log, 'utf8').includes(text)),
      terminate: () => {
        from = performance.now();
        child.kill('SIGTERM');
      },
      commandLines: () => commandLines(group),
    });
    const exitCode = await exited;
    const seconds = (performance.now() - from) / 1000;
    await during;
    return { exitCode, seconds };
  } finally {
    clearTimeout(tooLong);
    killGroup(group);
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // nothing is left of it
  }
}

function commandLines(group: number): string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(pid => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const inGroup = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === group;
      return inGroup ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')] : [];
    } catch {
      return [];
    }
  });
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}

function steady(text: string): string {
  return text.replace(/\d+\.\d s\b/g, 'N s').replace(/\(attempt \d+\)/g, '(attempt N)');
}

function filesBelow(root: string, container: Container): Pick<Run, 'files' | 'modes'> {
  const paths = (container.volumeMounts ?? []).filter(({ mountPath }) => existsSync(root + mountPath)).flatMap(({ mountPath }) =>
    (readdirSync(root + mountPath, { recursive: true }) as string[]).map(name => `${mountPath}/${name}`).filter(path => statSync(root + path).isFile()));
  return {
    files: Object.fromEntries(paths.map(path => [path, readFileSync(root + path, 'utf8')])),
    modes: Object.fromEntries(paths.map(path => [path, (statSync(root + path).mode % 0o10000).toString(8)])),
  };
}
