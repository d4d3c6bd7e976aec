/** Runs a step from the synthesized manifest, and tells all that can be seen of it. */
import {
  existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, chmodSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { environment, foldersOf, startOf, type Container, type Node } from './container';
import type { Image } from './images';
import { execute, type Running } from './process';

export interface RunOptions extends Node {
  /** Keys of Secrets; a variable whose key is not here is not set, as with an optional key. */
  readonly secrets?: { [key: string]: string };
  /** More variables. */
  readonly env?: { [name: string]: string };
  /** Files that are there before: path in the container -> text. A path that ends in `/` is a folder. */
  readonly files?: { [path: string]: string };
  /** Where the volumes are and stay; by default a folder of its own. */
  readonly folder?: string;
  /** A folder that is not there. */
  readonly without?: string;
  /** No file can become larger than so many blocks of 512 bytes. */
  readonly room?: number;
  /** After so many seconds it is killed, by default 40. */
  readonly longest?: number;
  /** Called while the program runs. */
  readonly meanwhile?: (running: Running) => Promise<void>;
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
  /** The termination message. */
  readonly message: readonly string[];
  /** All files below the mounts. */
  readonly files: { [path: string]: string };
  readonly modes: { [path: string]: string };
  /** Since the start, or since the signal. */
  readonly seconds: number;
  /** When it ended, by `performance.now()`. */
  readonly ended: number;
}

const PREFIX = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ([a-z0-9-]+): /;
/** The number of OpenSSL's verdict, which curl adds to its words from 8.17 on. */
const VERDICT = / \(\d+\)$/;
/** How a child of it ended that was stopped. */
const TOLD_BY_MKSH = 'Terminated ';
const WITH_LITTLE_ROOM = ['ash', '-c', 'trap "" XFSZ; ulimit -f "$0"; exec "$@"'];

export async function run(container: Container, image: Image, options: RunOptions = {}): Promise<Run> {
  const root = options.folder ?? mkdtempSync(join(tmpdir(), 'program-'));
  try {
    makeFiles(root, container, options);
    rmSync(join(root, 'termination-log'), { force: true }); // each container has one of its own
    const { room, secrets = {} } = options;
    const command = room === undefined ? container.command : [...WITH_LITTLE_ROOM, `${room}`, ...container.command];
    const start = startOf(
      { ...container, command },
      { ...environment(container, secrets), ...options.env },
      image,
      root,
      options,
    );
    const logFile = join(root, 'log');
    writeFileSync(logFile, '');
    const { exitCode, seconds, ended } = await execute(start, logFile, options);
    const heard = (text: string) => steady(text.replaceAll(root, '')).replace(VERDICT, '');
    const lines = linesOf(logFile).filter(line => line !== TOLD_BY_MKSH).map(line => line.replaceAll(root, ''));
    const said = lines.map(line => heard(line.replace(PREFIX, '')));
    const log = join(root, 'termination-log');
    const message = existsSync(log) ? linesOf(log).map(heard) : [''];
    // Every line of the message is one of the log, and the last of the log is there. Endpoints write side by side.
    const isMessage = message.every(line => said.includes(line)) && message.includes(said.at(-1)!);
    const last = `${said.at(-1)}${isMessage ? '' : `, but the termination message is '${message.join('\n')}'`}`;
    return { exitCode, lines, said, last, message, seconds, ended, ...filesBelow(root, container) };
  } finally {
    if (options.folder === undefined) rmSync(root, { recursive: true, force: true });
  }
}

/** How curl says that it failed. Of a curl that moves only the number counts: its words change with each release. */
export function curlSays({ moving }: Image, code: number, words: string): string {
  return `curl: (${code}) ${moving ? '…' : words}`;
}

function makeFiles(root: string, container: Container, { files = {}, without }: RunOptions): void {
  for (const { path, readOnly } of foldersOf(container)) {
    if (existsSync(root + path)) continue;
    mkdirSync(root + path, { recursive: true });
    if (!readOnly) chmodSync(root + path, 0o777);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(path.endsWith('/') ? root + path : dirname(root + path), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(root + path, text);
  }
  if (without !== undefined) rmSync(root + without, { recursive: true });
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}

function steady(text: string): string {
  return text.replace(/\b(\d+\.)?\d+ s\b(?= of \d+ s)|\d+\.\d+ s\b/g, 'N s').replace(/\(attempt \d+\)/g, '(attempt N)');
}

/** All names below a folder; looked up again if another pod has removed a folder of it meanwhile. */
function namesIn(folder: string): string[] {
  for (let tries = 1; ; tries++) {
    try {
      return readdirSync(folder, { recursive: true }) as string[];
    } catch (error) {
      if (tries === 100) throw error;
    }
  }
}

/** Another pod may remove one meanwhile. */
function filesBelow(root: string, container: Container): Pick<Run, 'files' | 'modes'> {
  const folders = foldersOf(container).map(({ path }) => path).filter(path => existsSync(root + path));
  const paths = folders.flatMap(folder => namesIn(root + folder).map(name => `${folder}/${name}`))
    .filter(path => statSync(root + path, { throwIfNoEntry: false })?.isFile());
  const found = paths.flatMap(path => {
    try {
      const [text, { mode }] = [readFileSync(root + path, 'utf8'), statSync(root + path)];
      return [{ path, text, mode: (mode % 0o10000).toString(8) }];
    } catch {
      return [];
    }
  });
  return {
    files: Object.fromEntries(found.map(({ path, text }) => [path, text])),
    modes: Object.fromEntries(found.map(({ path, mode }) => [path, mode])),
  };
}
