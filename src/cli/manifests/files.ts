import { readFile, readdir, stat } from 'fs/promises';
import { join } from 'path';
import { manifestsOf, type Manifest } from './manifest';
import { WrongUse, type Terminal } from '../terminal';

/** What was read. */
export interface Read {
  readonly all: readonly Manifest[];
  /** How many files could be read, the standard input among them. */
  readonly filesRead: number;
  readonly isComplete: boolean;
}

/** Reads what can be read of files and folders, and complains of the rest. */
export async function readAll(paths: readonly string[], terminal: Terminal): Promise<Read> {
  const all: Manifest[] = [];
  let filesRead = 0;
  let isComplete = true;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof WrongUse)) throw error;
      terminal.complain(`${error.message}\n`);
      isComplete = false;
    }
  };
  const readOne = async (file: string) => {
    all.push(...manifestsOf(file, await textOf(file, terminal)));
    filesRead++;
  };
  for (const path of paths) {
    await attempt(async () => {
      for (const file of await filesOf(path)) await attempt(() => readOne(file));
    });
  }
  return { all, filesRead, isComplete };
}

/** The manifests of a folder, as kubectl takes them, without those of folders in it; or the file itself. */
async function filesOf(path: string): Promise<string[]> {
  if (path === '-' || !(await isFolder(path))) return [path];
  const names = (await readdir(path)).filter(name => /\.(ya?ml|json)$/.test(name)).sort();
  if (names.length === 0) throw new WrongUse(`${path}: has no manifests: no *.yaml, *.yml or *.json`);
  return names.map(name => join(path, name));
}

/** A file that is not there is told when it is read. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
}

async function textOf(file: string, terminal: Terminal): Promise<string> {
  if (file === '-') return terminal.input();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new WrongUse(`${file}: cannot be read: ${(error as Error).message}`);
  }
}
