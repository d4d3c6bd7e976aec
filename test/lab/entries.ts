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
