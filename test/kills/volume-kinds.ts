/** The kinds of volume that a step fills, and what it finds there. */
import { execFileSync } from 'child_process';
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Filler } from './filler';
import { makeEntries, type Entries } from '../lab/entries';

export const POD = '11111111-1111-4111-8111-111111111111';
export const OTHER = '22222222-2222-4222-8222-222222222222';
const GONE = '33333333-3333-4333-8333-333333333333';
const BUSY = '44444444-4444-4444-8444-444444444444';

/** Files of the app, which no step may touch. */
const MINE: Entries = { 'mine/data': 'mine', 'mine/.hidden': 'mine', '.mine': 'mine', '.init.mine/x': 'mine' };

export interface VolumeKind {
  readonly name: string;
  /** Whether pods were there before, which left an older version, files of the app, and what they were about to do. */
  readonly isUsed: boolean;
  readonly inMemory?: boolean;
  /** Whether its root is the node's, where nobody may remove what is of others. */
  readonly isSticky?: boolean;
  /** Whether another pod does the same at the same time. */
  readonly isShared?: boolean;
}

export const VOLUME_KINDS: readonly VolumeKind[] = [
  { name: 'an emptyDir', isUsed: false },
  { name: 'an emptyDir in memory', isUsed: false, inMemory: true },
  { name: 'a claim that other pods have used', isUsed: true },
  { name: 'a folder of the node', isUsed: true, isSticky: true },
  { name: 'a volume that another pod fills at the same time', isUsed: true, isShared: true },
];

/** What a pod leaves in a volume when it is killed, behind which nobody cleans up. */
function leftovers({ leaves }: Filler, pod: string): Entries {
  return leaves ? { [leaves(pod)]: 'left' } : {};
}

/** What is in a volume before the step runs. */
function before(filler: Filler, { isUsed }: VolumeKind): Entries {
  if (!isUsed) return filler.fresh ?? {};
  return { ...filler.old, ...MINE, ...leftovers(filler, GONE), ...leftovers(filler, BUSY) };
}

/** What is in it behind a whole run, of what was seen before: what pods left that are gone goes. */
export function after(filler: Filler, seen: Entries): Entries {
  const made = Object.entries(filler.makes(seen));
  return Object.fromEntries(made.filter(([path]) => !(path in leftovers(filler, GONE))));
}

/** The volumes of pods. */
export interface Pods {
  /** Of each the folder that they are in, by its uid. */
  readonly roots: { readonly [uid: string]: string };
  /** The folder that is filled. */
  readonly filled: string;
  remove(): void;
}

export function pods(filler: Filler, kind: VolumeKind): Pods {
  const root = mkdtempSync(join(tmpdir(), 'killed-'));
  const filled = join(root, filler.folder ?? 'out');
  mkdirSync(filled);
  if (kind.inMemory) execFileSync('mount', ['-t', 'tmpfs', 'memory', filled]);
  makeEntries(filled, before(filler, kind));
  makeEntries(root, filler.read ?? {});
  execFileSync('chown', ['-hR', filler.owner ?? '65534:65534', filled]);
  if (kind.isSticky) execFileSync('chown', ['0:0', filled]);
  chmodSync(filled, kind.isSticky ? 0o1777 : 0o777);
  if (kind.isUsed && filler.leaves) {
    const left = filler.leaves(GONE);
    utimesSync(join(filled, left.startsWith('.init.') ? left.split('/')[0] : left), 0, 0);
  }
  return {
    roots: { [POD]: root, [OTHER]: another(root, [filler.folder ?? 'out', 'in']) },
    filled,
    remove: () => {
      if (kind.inMemory) execFileSync('umount', [filled]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A pod that has the same volumes. */
function another(root: string, names: readonly string[]): string {
  const other = join(root, 'other');
  mkdirSync(other);
  for (const name of names) if (existsSync(join(root, name))) symlinkSync(join(root, name), join(other, name));
  return other;
}
