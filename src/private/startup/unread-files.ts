import type { StartupFinding } from './finding';
import type { Workload } from './workloads';
import { areInTheWay } from '../pod/mount';
import type { PodContents } from '../pod/pod';
import { recordOf, stepOf, type Directory } from '../pod/workload-record';

/** Files that a step writes for nobody. A volume of others may be read elsewhere. */
export function unreadFiles(from: Workload): StartupFinding[] {
  const { directories } = recordOf(from.pod.workload);
  const own = directories.filter(({ isOfOthers, files }) => !isOfOthers && files.size > 0);
  if (own.length === 0) return [];
  const finished = from.pod.finished();
  return own.flatMap(directory => unreadIn(directory, finished).map(({ name, step }) => ({
    from,
    step: stepOf(from.pod.workload, step),
    message: `writes ${name} to directory '${directory.volume}', where neither another step nor the app sees it`,
    remedy: 'say in path where the app reads it',
  })));
}

function unreadIn(
  { volume, files }: Directory,
  pod: PodContents,
): { name: string; step: string }[] {
  const all = [...pod.initContainers, ...pod.containers];
  const unknown = [...files].filter(([, { isRead }]) => !isRead);
  return unknown.map(([name, { step }]) => ({ name, step })).filter(({ name, step }) =>
    !all.some(container => container.name !== step && container.mounts.some(mount =>
      mount.volume === volume && areInTheWay(mount.subPath || name, name))));
}
