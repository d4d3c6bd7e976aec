/** A program while it runs. */
import { spawn } from 'child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'fs';
import { inLab, type Start } from './container';

export interface Running {
  /** Resolves as soon as the log holds this, or the program has ended. */
  logs(text: string): Promise<void>;
  /** Resolves as soon as this is so, or the program has ended. */
  until(condition: () => boolean): Promise<void>;
  /** Sends it to the program alone, as the kubelet does with TERM; KILL ends the container. */
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void;
  /** The command lines of all its processes. */
  commandLines(): string[];
}

interface Watch {
  readonly longest?: number;
  readonly meanwhile?: (running: Running) => Promise<void>;
}

export async function execute({ file, args, env }: Start, log: string, { meanwhile, longest = 40 }: Watch) {
  const output = openSync(log, 'a');
  let from = performance.now();
  // In a process group of its own: only as process 1 would its end take all others along.
  const child = spawn(file, args, { env, stdio: ['ignore', output, output], detached: true, cwd: '/' });
  closeSync(output);
  const exited = new Promise<number | null>((resolve, reject) => child.on('exit', resolve).on('error', reject));
  const group = child.pid!;
  const tooLong = setTimeout(() => killGroup(group), longest * 1000);
  try {
    const until = async (condition: () => boolean) => {
      while (child.exitCode === null && child.signalCode === null && !condition()) await sleep(20);
    };
    const during = meanwhile?.({
      until,
      logs: text => until(() => readFileSync(log, 'utf8').includes(text)),
      signal: name => {
        from = performance.now();
        // KILL is for all of the container: its process 1, which has another user, would outlive `unshare`.
        if (name === 'SIGKILL') killGroup(group);
        else kill(() => (inLab ? firstProcess(group) : group), name);
      },
      commandLines: () => commandLines(group),
    });
    const exitCode = await exited;
    const ended = performance.now();
    await during;
    return { exitCode, seconds: (ended - from) / 1000, ended };
  } finally {
    clearTimeout(tooLong);
    killGroup(group);
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Whether something listens at a port of 127.0.0.1; nothing is connected to. */
export function isListening(port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/tcp', 'utf8').includes(`0100007F:${hex} 00000000:0000 0A`);
}

/** Process 1 of a container is the only child of `unshare`, as soon as it has one. */
function firstProcess(unshare: number): number {
  return Number.parseInt(readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8'), 10);
}

function kill(pid: () => number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid(), signal);
  } catch {
    // nothing is left of it
  }
}

function killGroup(group: number): void {
  kill(() => -group, 'SIGKILL');
}

function commandLines(group: number): string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name) && !(inLab && Number(name) === group)).flatMap(pid => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const inGroup = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === group;
      return inGroup ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')] : [];
    } catch {
      return [];
    }
  });
}
