import {
  idsOf, inWords, isShutOut, ownerOf, userOf,
} from './file-access';
import type { StartupFinding } from './finding';
import { listed } from './wording';
import type { Workload } from './workloads';
import { isAtOrBelow } from '../pod/mount';
import type { PodContainer, PodContents, PodUser } from '../pod/pod';
import { recordOf, stepOf, type Directory } from '../pod/workload-record';
import { mayAccess } from '../values/file-mode';
import type { User } from '../values/user';

/** A file of a shared directory that not everybody may read, or a folder with such a file. */
interface NarrowFile {
  readonly step: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly mode: number;
  readonly volume: string;
}

/** Files that a container sees and may not read, where it is known as whom they are written and read. */
export function unreadableFiles(from: Workload): StartupFinding[] {
  const files = recordOf(from.pod.workload).directories.flatMap(narrowFiles);
  if (files.length === 0) return [];
  const finished = from.pod.finished();
  return files.flatMap(file => unreadable(from, finished, file));
}

function narrowFiles({ volume, files, filled }: Directory): NarrowFile[] {
  const isNarrow = (mode?: number): mode is number => mode !== undefined && !mayAccess('others', mode, 'read');
  return [
    ...[...files].flatMap(([name, { step, mode }]) =>
      (isNarrow(mode) ? [{ name, isFolder: false, volume, step, mode }] : [])),
    ...filled.filter(({ mode }) => isNarrow(mode)).map(each => ({ ...each, isFolder: true, volume })),
  ];
}

function unreadable(
  from: Workload,
  pod: PodContents,
  file: NarrowFile,
): StartupFinding[] {
  const { step, mode, isFolder } = file;
  const writer = pod.initContainers.find(each => each.name === step);
  const owner = writer && ownerOf(writer, pod.user);
  if (owner?.uid === undefined) return [];
  const access = { owner, byGroup: mayAccess('group', mode, 'read'), byOthers: false };
  const shutOut = readersOf(file, pod).filter(reader => isShutOut(userOf(reader, pod.user), access, pod.user));
  if (shutOut.length === 0) return [];
  const readers = shutOut.map(reader => inWords(reader, pod.user));
  return [{
    from,
    step: stepOf(from.pod.workload, step),
    message: `writes ${fileInWords(file)} with mode 0${mode.toString(8)} as user ${owner.uid}, `
      + `so that ${listed(readers)} may not read ${isFolder ? 'them' : 'it'}`,
    remedy: remedyFor(userOf(shutOut[0], pod.user), pod.user, isFolder ? 'files' : 'file'),
  }];
}

function fileInWords({ name, isFolder, volume }: NarrowFile): string {
  if (!isFolder) return name;
  return name === '' ? `files of directory '${volume}'` : `files of ${name}`;
}

function remedyFor(reader: User, { fsGroup }: PodUser, what: string): string {
  const group = fsGroup === undefined ? `give the pod an fsGroup and the ${what}` : `give the ${what}`;
  return `run the step as RunAs.user(${idsOf(reader)}), or ${group} the mode 0o640`;
}

/**
 * The containers that see a file: later init containers by its name, those of the app also in a folder of it. Those
 * that see a part of a folder see it, too, and init containers that only read all of its directory. Sidecars see it
 * wherever they stand.
 */
function readersOf(
  { name, isFolder, volume, step }: NarrowFile,
  pod: PodContents,
): PodContainer[] {
  const { initContainers, containers } = pod;
  const isPart = (path: string) => isFolder && (name === '' || isAtOrBelow(path, name));
  const sees = (isShown: (subPath: string, readOnly: boolean) => boolean) => ({ mounts }: PodContainer) =>
    mounts.some(mount => mount.volume === volume && isShown(mount.subPath ?? '', mount.readOnly ?? false));
  const index = initContainers.findIndex(each => each.name === step);
  const later = initContainers.filter((each, at) => at > index || each.isSidecar && at !== index);
  return [
    ...later.filter(sees((subPath, readOnly) =>
      (subPath === '' ? isFolder && readOnly : subPath === name || isPart(subPath)))),
    ...containers.filter(sees(subPath => subPath === '' || isAtOrBelow(name, subPath) || isPart(subPath))),
  ];
}
