/**
 * The shells that the programs run in, and the tools that they find there: those of one busybox and curl.
 */
import { execFileSync } from 'child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

export interface Shell {
  readonly name: string;
  /** Where to find the tools, and the shell as `sh`: called so it behaves as the `sh` of an image does. */
  readonly env: { readonly PATH: string; readonly [name: string]: string };
}

export type Case = readonly [sentence: string, check: (shell: Shell) => Promise<void>];

const SHELLS = ['busybox', 'dash', 'bash', 'mksh', 'yash'];
const APPLETS = ['ash', 'awk', 'cat', 'chmod', 'cmp', 'cut', 'date', 'env', 'fsync', 'id', 'mv', 'nc', 'printf', 'rm', 'sh', 'sha256sum', 'sleep', 'timeout', 'wc'];
const AT_ONCE = 16;

/** The others take bytes as they are; yash drops a variable that is no text of its locale. */
const TEXT_IS_UTF_8 = { LC_CTYPE: 'C.UTF-8' };

/** The file of a program, if it is installed. */
export function find(name: string): string | undefined {
  const files = name.includes('/') ? [resolve(name)] : (process.env.PATH ?? '').split(':').map(folder => join(folder, name));
  return files.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const busybox = find(process.env.BUSYBOX || 'busybox');
const curl = find('curl');
const applets = busybox === undefined ? [] : execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');

/** What a tool of busybox says of itself. */
export function help(applet: string): string {
  return busybox === undefined ? '' : execFileSync(busybox, ['sh', '-c', '"$0" "$1" --help 2>&1 || :', busybox, applet], { encoding: 'utf8' });
}

function missingTool(): string | undefined {
  if (curl === undefined) return 'curl';
  if (busybox === undefined) return 'busybox';
  const applet = APPLETS.find(each => !applets.includes(each));
  if (applet !== undefined) return `a busybox with ${applet}`;
  return /\s-z\s/.test(help('nc')) ? undefined : 'a busybox with nc -z';
}

/** A test that says that something is not there: skipped, and a failure where everything must be. */
export function missing(what: string): void {
  if (process.env.CI_REQUIRES_SHELLS) {
    test(`${what} is there`, () => {
      throw new Error(`${what} is missing, and CI_REQUIRES_SHELLS is set`);
    });
  } else {
    test.skip(`${what} is not there: not run`, () => undefined);
  }
}

function linkedAs(folder: string, name: string, file: string): string {
  mkdirSync(folder);
  symlinkSync(file, join(folder, name));
  return folder;
}

/** Calls `use` with each shell that is there; the tools are there while the tests run. */
export function withShells(names: string[], use: (shell: Shell) => void): void {
  const tool = missingTool();
  if (tool !== undefined) return missing(tool);
  const tools = mkdtempSync(join(tmpdir(), 'tools-'));
  afterAll(() => rmSync(tools, { recursive: true }));
  for (const applet of applets) symlinkSync(busybox!, join(tools, applet));
  symlinkSync(curl!, join(tools, 'curl'));
  for (const name of names) {
    const file = name === 'busybox' ? busybox : find(name);
    if (file === undefined) missing(name);
    else use({ name, env: { PATH: `${linkedAs(join(tools, `${name}-as-sh`), 'sh', file)}:${tools}`, ...name === 'yash' ? TEXT_IS_UTF_8 : {} } });
  }
}

/** One test of each case in each shell. They run side by side, for most of them wait: begin a table with those that wait long. */
export function inEveryShell(cases: readonly Case[]): void {
  const queues: (() => Promise<void>)[][] = cases.map(() => []);
  jest.setTimeout(120_000);
  withShells(SHELLS, shell => {
    describe(`in ${shell.name}`, () => {
      cases.forEach(([sentence, check], index) => {
        let done: (error?: unknown) => void;
        const outcome = new Promise<unknown>(settle => { done = settle; });
        queues[index].push(() => check(shell).then(() => done(), error => done(error)));
        test(sentence, async () => {
          const error = await outcome;
          if (error !== undefined) throw error;
        });
      });
    });
  });
  beforeAll(() => {
    const queue = queues.flat();
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next();
    };
    for (let count = 0; count < AT_ONCE; count++) void worker();
  });
}
