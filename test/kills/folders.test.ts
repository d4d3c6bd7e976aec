/** The steps that fill a folder: a new one is a row more. */
import { createHash } from 'crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Filler } from './filler';
import { killEach } from './killed';
import { ArchiveFormat, FileSource, FileTree, IfPresent } from '../../src';
import { tar, zip } from '../lab/archives';
import { keeping, makeEntries, replacing, type Entries } from '../lab/entries';
import { gitServer, missingGit, repository, withGit } from '../lab/git-servers';
import { copyOf } from '../lab/images';
import { closeServersAfterwards, httpServer } from '../lab/servers';
import { missing } from '../lab/shells';
import { cloning, configMap, copying, copyingFiles, unpacking } from '../lab/steps';
import { slowly } from '../lab/versions';

closeServersAfterwards();

const images = mkdtempSync(join(tmpdir(), 'killed-images-'));
afterAll(() => rmSync(images, { recursive: true }));

const LONG = 20_000;
const folderOf = (name: string, letter: string) =>
  Object.fromEntries([1, 2, 3].map(index => [`${name}/${index}`, letter.repeat(LONG)]));

const OLD: Entries = {
  ...folderOf('x', 'o'),
  ...folderOf('y', 'o'),
  ...folderOf('z', 'o'),
  ...folderOf('now a file', 'o'),
  'now a folder': 'o',
  '.hidden': 'o',
  'was/once': 'o',
};
const NEW: Entries = {
  ...folderOf('x', 'n'),
  ...folderOf('y', 'n'),
  ...folderOf('z', 'n'),
  'now a file': 'n',
  ...folderOf('now a folder', 'n'),
  '.hidden': 'n',
  'link': '-> x/1',
};

const leaves = (step: string) => (pod: string) => `.init.${pod}.${step}.new/x/1`;

const shared = { old: OLD, unit: 'entry' } as const;

function fromImage(name: string, props: { readonly ifPresent?: IfPresent }): Filler {
  return {
    ...shared,
    name,
    makes: props.ifPresent ? keeping(NEW) : replacing(NEW),
    leaves: leaves('copy'),
    container: directory => copying({ files: { '.': '/source' }, directory, ...props }),
    image: shell => {
      const image = copyOf(shell, join(mkdtempSync(join(images, 'image-')), 'root'));
      mkdirSync(join(image.folder, 'source'));
      makeEntries(join(image.folder, 'source'), NEW);
      return image;
    },
  };
}

interface Archive {
  readonly format: ArchiveFormat;
  /** Whether the archive of a run that was killed is continued. */
  readonly isContinued?: boolean;
  readonly ifPresent?: IfPresent;
}

const members = Object.entries(NEW).map(([path, text = '']) => {
  const name = `app/${path}`;
  return text.startsWith('-> ') ? { name, type: 'link' as const, to: text.slice(3) } : { name, text };
});

function fromArchive(name: string, { format, isContinued, ifPresent }: Archive): Filler {
  const bytes = format === ArchiveFormat.ZIP ? zip(...members) : tar(...members);
  const sha256 = isContinued ? createHash('sha256').update(bytes).digest('hex') : undefined;
  return {
    ...shared,
    name,
    makes: ifPresent ? keeping(NEW) : replacing(NEW),
    leaves: leaves('unpack'),
    container: async directory => {
      const { url } = await httpServer(slowly(bytes));
      return unpacking({ url: `${url}/app`, format, sha256, stripComponents: 1, directory, ifPresent });
    },
  };
}

const clone: Filler = {
  ...shared,
  name: 'CloneRepository',
  makes: replacing(NEW),
  leaves: leaves('clone'),
  container: async directory => {
    const repo = repository(images);
    repo.commit(NEW);
    const { url } = await gitServer(repo);
    return cloning({ url, directory });
  },
  image: shell => withGit(shell, join(mkdtempSync(join(images, 'image-')), 'root')),
};

/** Files in folders, each of which is replaced by itself. */
const files = (letter: string) =>
  ({ ...folderOf('conf', letter), ...folderOf('conf/deep', letter), '.hidden': letter, 'a b': letter });
const CONFIG_MAP = Object.fromEntries([1, 2, 3].map(index => [`in/source-1/${index}`, 'n'.repeat(LONG)]));

function fromConfigMap(name: string, props: { readonly ifPresent?: IfPresent }): Filler {
  return {
    name,
    unit: 'file',
    old: { ...files('o'), 'conf/mine': 'o' },
    makes: props.ifPresent ? keeping(files('n'), 'file') : replacing(files('n'), 'file'),
    read: CONFIG_MAP,
    leaves: leaves('copy'),
    container: directory => copyingFiles({
      sources: [
        FileTree.fromConfigMap(configMap, { folder: 'conf' }),
        FileTree.fromTexts(Object.fromEntries(
          Object.entries(files('n')).map(([path, text]) => [path, FileSource.inline(text)]),
        )),
      ],
      directory,
      ...props,
    }),
  };
}

const clones = missingGit().length === 0 ? [clone] : [];
if (clones.length === 0) missing(missingGit(), ['CloneRepository in each kind of volume']);

const keep = { ifPresent: IfPresent.KEEP };

killEach([
  fromImage('CopyFromImage', {}),
  fromImage('CopyFromImage that keeps what is there', keep),
  fromArchive('DownloadArchive of a tar', { format: ArchiveFormat.TAR }),
  fromArchive('DownloadArchive of a zip', { format: ArchiveFormat.ZIP }),
  fromArchive('DownloadArchive that goes on where it was stopped', { format: ArchiveFormat.TAR, isContinued: true }),
  fromArchive('DownloadArchive that keeps what is there', { format: ArchiveFormat.TAR, ...keep }),
  ...clones,
  fromConfigMap('CopyFiles', {}),
  fromConfigMap('CopyFiles that keeps what is there', keep),
]);
