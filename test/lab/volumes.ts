/** The volumes of a pod, in which others have written before. */
import { chmodSync, mkdirSync, mkdtempSync } from 'fs';
import { dirname, join } from 'path';
import { makeEntries, type Entries } from './entries';

export interface Volumes {
  /** In what the step writes to. */
  readonly before?: Entries;
  /** In what it reads, by its paths. */
  readonly read?: Entries;
}

/** A folder with the volumes of a pod, below `folder`; the step may write to /out and to all folders in it. */
export function volumes(folder: string, { before = {}, read = {} }: Volumes = {}): string {
  const root = mkdtempSync(join(folder, 'pod-'));
  const out = join(root, 'out');
  mkdirSync(out);
  makeEntries(root, read);
  makeEntries(out, before);
  for (const path of ['.', ...Object.keys(before).flatMap(foldersOf)]) chmodSync(join(out, path), 0o777);
  return root;
}

/** The folders that a file is in. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}
