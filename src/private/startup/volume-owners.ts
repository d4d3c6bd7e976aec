import { idsOf, isShutOut, userOf } from './file-access';
import type { StartupFinding } from './finding';
import { listed } from './wording';
import type { Workload } from './workloads';
import { areInTheWay } from '../pod/mount';
import { containerInWords, type PodContainer, type PodContents } from '../pod/pod';
import { recordOf, stepOf } from '../pod/workload-record';
import { mayAccess } from '../values/file-mode';
import { preparation, type Preparation } from '../values/preparation';

/** A step that prepares a volume. */
interface Prepared extends Preparation {
  readonly step: string;
  readonly volume: string;
}

/** Volumes that are prepared for somebody else than those who use them, too late, or twice. */
export function volumeOwners(from: Workload): StartupFinding[] {
  const { steps } = recordOf(from.pod.workload);
  const prepared = steps.filter(step => preparation.of(step));
  if (prepared.length === 0) return [];
  const finished = from.pod.finished();
  const all = prepared.flatMap(step => {
    const [mount] = finished.initContainers.find(({ name }) => name === step.node.id)?.mounts ?? [];
    if (mount?.volume === undefined) return [];
    return [{ ...preparation.required(step), step: step.node.id, volume: mount.volume }];
  });
  return all.flatMap((each, index) => [
    ...forAnother(each, finished),
    ...tooLate(each, finished, all),
    ...twice(each, all.slice(0, index)),
  ].map(finding => ({ from, step: stepOf(from.pod.workload, each.step), ...finding })));
}

type Finding = Pick<StartupFinding, 'message' | 'remedy'>;

/** An owner that nobody is who writes to the volume while the app runs, as far as all of them are known. */
function forAnother(prepared: Prepared, pod: PodContents): Finding[] {
  const { owner, volume } = prepared;
  const sidecars = pod.initContainers.filter(({ isSidecar }) => isSidecar);
  const writers = [...pod.containers, ...sidecars].filter(each => writesTo(prepared, each));
  if (!owner || writers.length === 0 || !writers.every(each => isStranger(prepared, each, pod))) return [];
  const inWords = (each: PodContainer) =>
    `${containerInWords(each.name)} writes there as user ${userOf(each, pod.user).uid}`;
  return [{
    message: `gives volume '${volume}' to user ${owner.uid}, but ${listed(writers.map(inWords))}`,
    remedy: `make owner the user of the app: RunAs.user(${idsOf(userOf(writers[0], pod.user))})`,
  }];
}

/** Mostly an image gives its user a group of the same number, and one that it does not know the group 0. */
function isStranger(
  { owner, mode }: Prepared,
  container: PodContainer,
  { user: pod }: PodContents,
): boolean {
  const { uid, gid } = userOf(container, pod);
  const group = owner!.gid ?? pod.fsGroup;
  const likely = gid ?? (group === 0 ? 0 : uid);
  const access = {
    owner: { uid: owner!.uid, gid: group },
    byGroup: group !== undefined && (mode === undefined || mayAccess('group', mode, 'write')),
    byOthers: mode !== undefined && mayAccess('others', mode, 'write'),
  };
  return isShutOut({ uid, gid: likely }, access, pod);
}

/** Before a volume is prepared, only root can be sure to write to it. */
function tooLate(
  prepared: Prepared,
  { initContainers, user }: PodContents,
  all: readonly Prepared[],
): Finding[] {
  const { step, volume } = prepared;
  const earlier = initContainers.slice(0, initContainers.findIndex(({ name }) => name === step));
  const writer = earlier.find(each =>
    writesTo(prepared, each) && (userOf(each, user).uid ?? 0) !== 0 && !all.some(other => other.step === each.name));
  if (!writer) return [];
  return [{
    message: `prepares volume '${volume}' only after step '${writer.name}' has written to it `
      + `as user ${userOf(writer, user).uid}`,
    remedy: 'create it before that step',
  }];
}

/** The same folder for two owners. */
function twice(
  { folders, volume, owner }: Prepared,
  earlier: readonly Prepared[],
): Finding[] {
  const sharedWith = (other: Prepared) => folders.find(folder => other.folders.includes(folder));
  const rival = earlier.find(other => other.volume === volume && owner && other.owner
    && (other.owner.uid !== owner.uid || other.owner.gid !== owner.gid) && sharedWith(other) !== undefined);
  if (!rival) return [];
  const folder = sharedWith(rival)!;
  const what = folder === '.' ? `volume '${volume}'` : `folder ${folder} of volume '${volume}'`;
  return [{
    message: `gives ${what} to user ${owner!.uid}, which step '${rival.step}' gives to user ${rival.owner!.uid}`,
    remedy: 'name one owner for it',
  }];
}

function writesTo({ volume, folders }: Prepared, { mounts }: PodContainer): boolean {
  return mounts.some(mount => mount.volume === volume && !mount.readOnly && folders.some(folder =>
    folder === '.' || !mount.subPath || areInTheWay(mount.subPath, folder)));
}
