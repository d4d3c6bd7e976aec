/** What the tables of waits share. */
import { ways } from './contenders';
import { Cgroup } from './measure';
import type { Run, RunOptions } from '../test/lab/run';

export const HOST = '127.0.0.1';
export const NAME = 'db.data.svc.cluster.local';
export const URL_OF = (port: number) => `http://${HOST}:${port}/`;
export const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
export const mebibytes = (value: number) => `${value.toFixed(1)} MiB`;
export const seconds = (value: number) => `${value.toFixed(2)} s`;

/** Those that wait for addresses, but the one that only adds a deadline. */
export const plainly = ways.filter(way => way.tcp && !way.name.startsWith('`timeout'));

/** Gives a run a control group of its own. */
export async function limited<T>(use: (options: RunOptions, group: Cgroup) => Promise<T>, limits = {}): Promise<T> {
  const group = new Cgroup(limits);
  try {
    return await use({ cgroups: group.files }, group);
  } finally {
    group.remove();
  }
}

/** How a run ended. */
export function ending({ exitCode, seconds: took }: Run): string {
  return exitCode === null ? `not after ${took.toFixed(0)} s` : `${seconds(took)}, exit ${exitCode}`;
}
