/** The steps that fill a folder with whatever entries a test wants: a new step is one more. */
import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { tar, type Member } from './archives';
import { emptyRepository, imageOf } from './clones';
import type { Container } from './container';
import { makeEntries, type Entries, type Unit } from './entries';
import { gitServer } from './git-servers';
import { copyOf, type Image } from './images';
import { httpServer } from './servers';
import type { Shell } from './shells';
import { cloning, copying, copyingFiles, unpacking } from './steps';
import { ArchiveFormat, FileSource, FileTree, type FolderStepProps } from '../../src';

export interface FolderFiller {
  readonly name: string;
  /** The id of its step. */
  readonly id: string;
  /** What it replaces or keeps as a whole. */
  readonly unit: Unit;
  /** What cannot come from there. */
  readonly lacks: readonly string[];
  /** What it says of more than 64 KiB, which are its maxSize. */
  readonly tooMuch: RegExp;
  /** What it says where there is no room. */
  readonly noRoom: RegExp;
  /** A step that fills a folder with these entries, and the image in which it does so. */
  filling(shell: Shell, entries: Entries, props?: FolderStepProps): Promise<{ container: Container; image: Image }>;
}

const folder = mkdtempSync(join(tmpdir(), 'folder-fillers-'));

/** To be called by every test file that fills folders. */
export function removeFillersAfterwards(): void {
  afterAll(() => rmSync(folder, { recursive: true }));
}

const copyFromImage: FolderFiller = {
  name: 'a copy from an image',
  id: 'copy',
  unit: 'entry',
  lacks: [],
  tooMuch: /^\d+ KiB in the image, but maxSize is 64 KiB$/,
  noRoom: /as user 65534: .*o space left/i,
  filling: async (shell, entries, props) => {
    const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
    mkdirSync(join(image.folder, 'source'));
    makeEntries(join(image.folder, 'source'), entries);
    return { container: copying({ files: { '.': '/source' }, ...props }), image };
  },
};

function member([name, text]: [name: string, text: string | undefined]): Member {
  if (text === undefined) return { name, type: 'folder', mode: 0o755 };
  return text.startsWith('-> ') ? { name, type: 'link', to: text.slice(3) } : { name, text };
}

const downloadArchive: FolderFiller = {
  name: 'an archive',
  id: 'unpack',
  unit: 'entry',
  lacks: ['nowhere'],
  tooMuch: /more than 65536 bytes are in it$|larger than 65536 bytes$/,
  noRoom: /o space left|no room/i,
  filling: async (shell, entries, props) => {
    const bytes = tar(...Object.entries(entries).map(member));
    const { url } = await httpServer((_, response) => response.end(bytes));
    return { container: unpacking({ url, format: ArchiveFormat.TAR, ...props }), image: shell };
  },
};

const cloneRepository: FolderFiller = {
  name: 'a clone',
  id: 'clone',
  unit: 'entry',
  lacks: ['empty'],
  tooMuch: /: \d+ KiB, but maxSize is 64 KiB$/,
  noRoom: /: no room$/,
  filling: async (shell, entries, props) => {
    const repo = emptyRepository();
    repo.commit(entries);
    const { url } = await gitServer(repo);
    return { container: cloning({ url, ...props }), image: imageOf(shell) };
  },
};

const copyFiles: FolderFiller = {
  name: 'a copy of texts',
  id: 'copy',
  unit: 'file',
  lacks: ['empty', 'link', 'nowhere'],
  tooMuch: /^100000 bytes, but maxSize is 64 KiB$/,
  noRoom: /as user 65534: .*o space left/i,
  filling: async (shell, entries, props) => {
    const texts = Object.entries(entries).map(([path, text = '']) => [path, FileSource.inline(text)]);
    const sources = [FileTree.fromTexts(Object.fromEntries(texts))];
    return { container: copyingFiles({ sources, ...props }), image: shell };
  },
};

export const FILLERS: readonly FolderFiller[] = [copyFromImage, downloadArchive, copyFiles];
export const GIT_FILLERS: readonly FolderFiller[] = [cloneRepository];
