/** Tells what is torn in a volume at the instant at which a step was killed. */
import type { Entries, Unit } from '../lab/entries';

export interface Expected {
  /** What changes as a whole. */
  readonly unit: Unit;
  readonly before: Entries;
  readonly after: Entries;
}

/** What steps hide from others while they are at work. */
const HIDDEN = /^\.init\.[0-9a-f-]{36}\.|(^|\/)\.[^/]+\.part$/;
/** Where the old entries wait meanwhile. */
const WAITING = /^\.init\.[0-9a-f-]{36}\.[^/]+\.old\//;

/** The names of what is neither as it was nor as it shall be, or is lost. */
export function tornIn(now: Entries, { unit, before, after }: Expected): string[] {
  const nameOf = (path: string) => (unit === 'file' ? path : path.split('/')[0]);
  const all = [now, before, after].flatMap(Object.keys).filter(path => !HIDDEN.test(path)).map(nameOf);
  return [...new Set(all)].filter(name => {
    if (unit === 'file') return !isWhole(name, { now, before, after });
    const wanted = [before, after].map(entries => partOf(entries, name));
    const found = partOf(now, name);
    if (wanted.includes(found)) return false;
    return found !== NOTHING || !waiting(now, name).some(part => wanted.includes(part));
  });
}

const NOTHING = '[]';

/** What is at a path and below it, as a text that can be compared. */
function partOf(entries: Entries, name: string): string {
  const paths = Object.keys(entries).filter(path => path === name || path.startsWith(`${name}/`)).sort();
  return JSON.stringify(paths.map(path => [path, entries[path] ?? null]));
}

/** Whether a file is as it was or as it shall be, or a folder, which is made before the first file is in it. */
function isWhole(name: string, { now, before, after }: Omit<Expected, 'unit'> & { readonly now: Entries }): boolean {
  if ([before, after].some(each => name in each === name in now && each[name] === now[name])) return true;
  return name in now && now[name] === undefined && Object.keys(after).some(path => path.startsWith(`${name}/`));
}

/** What waits under this name to be put back. */
function waiting(now: Entries, name: string): string[] {
  const folders = new Set(Object.keys(now).flatMap(path => WAITING.exec(path)?.[0] ?? []));
  return [...folders].map(folder => {
    const inside = Object.entries(now).filter(([path]) => path.startsWith(folder));
    return partOf(Object.fromEntries(inside.map(([path, text]) => [path.slice(folder.length), text])), name);
  });
}
