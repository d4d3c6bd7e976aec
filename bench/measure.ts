/** Numbers, and what they are taken from. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { find, KINDS, makeImage, put, type Image } from '../test/lab/images';

export function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

export function median(numbers: readonly number[]): number {
  const list = sorted(numbers);
  return (list[Math.floor((list.length - 1) / 2)] + list[Math.floor(list.length / 2)]) / 2;
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Programs that are measured beside ours, where they are installed. */
const PEERS = ['bash', 'wait-for-it', 'wait4x', 'dockerize', 'envsubst'];

export const peers = new Set(PEERS.filter(name => find(name) !== undefined));

/** The image in which all are measured: one busybox, curl, and the peers. */
export const image: Image = (() => {
  const made = makeImage(join(mkdtempSync(join(tmpdir(), 'bench-')), 'image'), KINDS[0]);
  for (const name of peers) put(made.folder, name, find(name)!);
  // wait-for-it takes busybox's timeout for an older one
  mkdirSync(join(made.folder, 'bin/gnu'));
  put(made.folder, 'gnu/timeout', find('/usr/bin/timeout')!);
  mkdirSync(join(made.folder, 'usr/bin'));
  symlinkSync('/bin/env', join(made.folder, 'usr/bin/env'));
  return made;
})();

const CONTROLLERS = '/sys/fs/cgroup';

export const hasCgroups = ['cpu', 'cpuacct', 'memory'].every(name => existsSync(`${CONTROLLERS}/${name}/cgroup.procs`));

/** A control group of its own (version 1), which counts and may limit. */
export class Cgroup {
  private static count = 0;
  public readonly files: string[];
  private readonly folders: { [controller: string]: string };

  public constructor(limits: { readonly cpu?: number; readonly memory?: number } = {}) {
    const name = `bench-${process.pid}-${Cgroup.count++}`;
    this.folders = Object.fromEntries(['cpu', 'cpuacct', 'memory'].map(controller => [controller, `${CONTROLLERS}/${controller}/${name}`]));
    for (const folder of Object.values(this.folders)) if (!existsSync(folder)) mkdirSync(folder);
    if (limits.cpu) writeFileSync(`${this.folders.cpu}/cpu.cfs_quota_us`, `${limits.cpu * 100_000}`);
    if (limits.memory) writeFileSync(`${this.folders.memory}/memory.limit_in_bytes`, `${limits.memory}`);
    this.files = Object.values(this.folders).map(folder => `${folder}/cgroup.procs`);
  }

  public get cpuMilliseconds(): number {
    return Number(readFileSync(`${this.folders.cpuacct}/cpuacct.usage`, 'utf8')) / 1e6;
  }

  /** The most that was in use at once, what the kernel keeps for processes included. */
  public get peakMebibytes(): number {
    return Number(readFileSync(`${this.folders.memory}/memory.max_usage_in_bytes`, 'utf8')) / 2 ** 20;
  }

  /** The memory of its processes now, shared pages divided by those who share them. */
  public get processMebibytes(): number {
    const pids = readFileSync(this.files[0], 'utf8').trim().split('\n').filter(pid => pid !== '');
    return pids.map(pid => {
      try {
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
      } catch {
        return 0;
      }
    }).reduce((sum, each) => sum + each, 0);
  }

  public remove(): void {
    for (const folder of Object.values(this.folders)) {
      try {
        rmdirSync(folder);
      } catch {
        // its last process is still ending, or two controllers share a folder
      }
    }
  }
}
