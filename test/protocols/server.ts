/** Real servers, each of which is started and stopped by the test that asks it. */
import { execFileSync, spawn, type ChildProcess } from 'child_process';
import { chmodSync, chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { find } from '../lab/images';
import { sleep } from '../lab/process';

export interface Start {
  /** The user that it runs as, if not that of the tests. */
  readonly user?: string;
  readonly env?: { readonly [name: string]: string };
}

/** A server while it runs. */
export class Server {
  private readonly logFile: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;

  public constructor(folder: string, command: readonly string[], { user, env }: Start = {}) {
    this.logFile = join(folder, `log-${performance.now()}`);
    const output = openSync(this.logFile, 'a');
    const [file, ...args] = user === undefined ? command : ['setpriv', ...identityOf(user), '--', ...command];
    this.child = spawn(file, args, {
      detached: true, cwd: folder, stdio: ['ignore', output, output], env: { ...process.env, ...env },
    });
    this.exited = new Promise(resolve => this.child.on('exit', () => resolve()).on('error', () => resolve()));
    closeSync(output);
    running.add(this);
  }

  /** What it has logged so far, line by line. */
  public log(): string[] {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(0, -1);
  }

  /** Resolves when this is in its log. */
  public logs(text: string): Promise<void> {
    return until(`${text} in ${this.logFile}`, () => this.log().some(line => line.includes(text)));
  }

  /** To the process alone that was started. */
  public signal(name: NodeJS.Signals): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(name);
  }

  /** Ends it and all that it has started. */
  public async stop(): Promise<void> {
    running.delete(this);
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    await Promise.race([this.exited, sleep(2000)]);
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // nothing is left of it
    }
    await this.exited;
  }
}

const running = new Set<Server>();
const folders: string[] = [];

/** Stops all that run, and removes what they have written. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map(server => server.stop()));
  folders.forEach(folder => rmSync(folder, { recursive: true, force: true }));
}

/** To be called by every test file that has real servers. */
export function stopServersAfterwards(): void {
  afterAll(stopServers, 60_000);
}

/** A folder that this user may write to, until the test ends. */
export function folderFor(user = 'root'): string {
  const folder = mkdtempSync(join(tmpdir(), 'server-'));
  const [uid, gid] = ['-u', '-g'].map(option => Number(execFileSync('id', [option, user], { encoding: 'utf8' })));
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

function identityOf(user: string): string[] {
  return ['--reuid', user, '--regid', user, '--init-groups'];
}

/** Runs a program to its end, as this user, and tells what it printed. */
export function ran(command: readonly string[], user = 'root', env: NodeJS.ProcessEnv = {}): string {
  const [file, ...args] = ['setpriv', ...identityOf(user), '--', ...command];
  return execFileSync(file, args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...env }, cwd: '/' });
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !await condition(); await sleep(50)) {
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
  }
}

/** A server's program by the first of these names that is installed, or made by `.ci/protocols`. */
export function programOf(...names: string[]): string | undefined {
  return names.map(name => find(name)).find(Boolean);
}

/** Where `.ci/protocols` puts what is no package of Debian 12. */
export const MADE = join(__dirname, '../../.cache/protocols');
