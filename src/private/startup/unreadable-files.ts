import type { StartupFinding } from './finding';
import { listed } from './wording';
import type { Workload } from './workloads';
import { isAtOrBelow } from '../pod/mount';
import { containerInWords, type PodContainer, type PodContents, type PodUser } from '../pod/pod';
import { recordOf, type Directory, type WrittenFile } from '../pod/workload-record';
import { isReadableBy } from '../values/file-mode';
import type { User } from '../values/user';

/** The group of the library's own user, which no image gives to a user of its own. */
const NOBODY = 65534;

/** A file of a shared directory that not everybody may read. */
interface NarrowFile extends WrittenFile {
  readonly name: string;
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

function narrowFiles({ volume, files }: Directory): NarrowFile[] {
  return [...files].flatMap(([name, { step, mode }]) =>
    (mode === undefined || isReadableBy('others', mode) ? [] : [{ name, volume, step, mode }]));
}

function unreadable(from: Workload, pod: PodContents, file: NarrowFile): StartupFinding[] {
  const { name, step, mode } = file;
  const writer = pod.initContainers.find(each => each.name === step);
  const owner = writer && userOf(writer, pod.user);
  if (owner?.uid === undefined) return [];
  const shutOut = readersOf(file, pod)
    .filter(reader => mayNotRead(mode, owner, userOf(reader, pod.user), pod.user));
  if (shutOut.length === 0) return [];
  const readers = shutOut.map(reader =>
    `${containerInWords(reader.name)} as user ${userOf(reader, pod.user).uid}`);
  return [{
    from,
    step: recordOf(from.pod.workload).steps.find(({ node }) => node.id === step),
    message: `writes ${name} with mode 0${mode.toString(8)} as user ${owner.uid}, `
      + `so that ${listed(readers)} may not read it`,
    remedy: remedyFor(userOf(shutOut[0], pod.user), pod.user),
  }];
}

function remedyFor({ uid, gid }: User, { fsGroup }: PodUser): string {
  const ids = [uid, gid].filter(id => id !== undefined).join(', ');
  const group = fsGroup === undefined ? 'give the pod an fsGroup and the file' : 'give the file';
  return `run the step as RunAs.user(${ids}), or ${group} the mode 0o640`;
}

/** The containers that see a file: later init containers by its name, those of the app also in a folder of it. */
function readersOf({ name, volume, step }: NarrowFile, pod: PodContents): PodContainer[] {
  const { initContainers, containers } = pod;
  const sees = (isShown: (subPath: string) => boolean) => ({ mounts }: PodContainer) =>
    mounts.some(mount => mount.volume === volume && isShown(mount.subPath ?? ''));
  const later = initContainers.slice(initContainers.findIndex(each => each.name === step) + 1);
  return [
    ...later.filter(sees(subPath => subPath === name)),
    ...containers.filter(sees(subPath => subPath === '' || isAtOrBelow(name, subPath))),
  ];
}

function userOf({ user }: PodContainer, pod: PodUser): User {
  return { uid: user.uid ?? pod.uid, gid: user.gid ?? pod.gid };
}

/** Whether a file is closed to a reader, as far as both are known. User 0 may read all. */
function mayNotRead(mode: number, owner: User, reader: User, pod: PodUser): boolean {
  if (reader.uid === undefined || reader.uid === 0 || reader.uid === owner.uid) return false;
  if (!isReadableBy('group', mode)) return true;
  const group = pod.fsGroup ?? owner.gid;
  const groups = [reader.gid, pod.fsGroup, ...pod.supplementalGroups ?? []];
  if (group === undefined || groups.includes(group)) return false;
  return reader.gid !== undefined || group === NOBODY;
}
