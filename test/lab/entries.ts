/** Files, folders and links on a disk, as a map that can be compared. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

/** Path -> text of a file, `-> target` of a link, or undefined for a folder. */
export interface Entries {
  readonly [path: string]: string | undefined;
}

const LINK = '-> ';

/** Makes entries in a folder. */
export function makeEntries(folder: string, entries: Entries): void {
  for (const [path, text] of Object.entries(entries)) {
    const file = join(folder, path);
    mkdirSync(text === undefined ? file : dirname(file), { recursive: true });
    if (text?.startsWith(LINK)) symlinkSync(text.slice(LINK.length), file);
    else if (text !== undefined) writeFileSync(file, text);
  }
}

/** All entries of a folder; a folder only where it is empty. */
export function entriesOf(folder: string): Entries {
  const found: [string, string | undefined][] = [];
  for (const path of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    const file = join(folder, path);
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) found.push([path, LINK + readlinkSync(file)]);
    else if (stat.isFile()) found.push([path, readFileSync(file, 'utf8')]);
    else if (readdirSync(file).length === 0) found.push([path, undefined]);
  }
  return Object.fromEntries(found);
}

/** The permissions of an entry. */
export function modeOf(file: string): string {
  return (lstatSync(file).mode % 0o10000).toString(8);
}

/** What a step replaces or keeps as a whole: an entry of the top level, with all that is in it, or a file. */
export type Unit = 'entry' | 'file';

/** What becomes of a folder in which these take the place of what has their names. */
export function replacing(made: Entries, unit: Unit = 'entry'): (before: Entries) => Entries {
  return before => ({ ...without(before, namesIn(made, unit), unit), ...made });
}

/** The same where what is there stays. */
export function keeping(made: Entries, unit: Unit = 'entry'): (before: Entries) => Entries {
  return before => ({ ...without(made, namesIn(before, unit), unit), ...before });
}

const nameOf = (path: string, unit: Unit) => (unit === 'file' ? path : path.split('/')[0]);
const namesIn = (entries: Entries, unit: Unit) => new Set(Object.keys(entries).map(path => nameOf(path, unit)));

function without(entries: Entries, names: ReadonlySet<string>, unit: Unit): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([path]) => !names.has(nameOf(path, unit))));
}
