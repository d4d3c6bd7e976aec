/**
 * The files of a program: in a browser they are in memory. Those of the examples are there, and what the program
 * writes.
 */
import { FILES } from 'examples:files';
import { basename } from 'path';

/** What was written, in the order in which it was. */
export const written = new Map<string, string>();

const given = new Map(Object.entries(FILES));

function contentOf(path: string): string {
  const text = written.get(path) ?? given.get(path);
  if (text !== undefined) return text;
  const error = new Error(`ENOENT: there is no file '${path}' in the playground; its files are those of the examples`);
  throw Object.assign(error, { code: 'ENOENT' });
}

export function readFileSync(path: string, encoding?: unknown): string | Uint8Array {
  const text = contentOf(path);
  return encoding ? text : new TextEncoder().encode(text);
}

export function writeFileSync(path: string, text: string): void {
  written.set(path, text);
}

export function existsSync(path: string): boolean {
  return written.has(path) || given.has(path);
}

/** A folder is there as soon as something is written into it. */
export function mkdirSync(): void {
  return undefined;
}

export function mkdtempSync(prefix: string): string {
  return `${prefix}${written.size}`;
}

export function readdirSync(folder: string): string[] {
  return [...given.keys(), ...written.keys()]
    .filter(path => path === `${folder.replace(/\/$/, '')}/${basename(path)}`)
    .map(path => basename(path));
}

export function statSync(path: string): { isDirectory(): boolean } {
  return { isDirectory: () => !existsSync(path) };
}
