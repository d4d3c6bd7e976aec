import type { StartupFinding } from './finding';
import type { Workload } from './workloads';
import { recordOf, type Directory, type Placement } from '../pod/workload-record';
import { MEBIBYTE } from '../values/quantity';

/** Directories in memory that a step could fill only with more memory than it may have. */
export function memoryTooSmall(from: Workload): StartupFinding[] {
  const { directories, placements } = recordOf(from.pod.workload);
  const inMemory = directories.filter(directory => directory.inMemory);
  if (inMemory.length === 0) return [];
  return placements.flatMap(placement =>
    inMemory
      .filter(
        directory => isWritten(directory, placement) && directory.sizeLimit > memoryOf(placement),
      )
      .map(({ volume, sizeLimit }) => ({
        from,
        message:
          `may write ${sizeLimit / MEBIBYTE} MiB to directory '${volume}' in step '${placement.name}', `
          + 'all of which is memory, but the step is killed '
          + `at its memory limit of ${memoryOf(placement) / MEBIBYTE} MiB`,
        remedy: 'give the directory a sizeLimit below that, or the step more memory in resources',
      })),
  );
}

/** Files that fit into their directory one by one, but not together. */
export function directoryTooSmall(from: Workload): StartupFinding[] {
  return recordOf(from.pod.workload).directories.flatMap(({ volume, sizeLimit, inMemory, files }) => {
    const sized = [...files].filter(([, { maxSize }]) => maxSize !== undefined);
    const sum = sized.reduce((total, [, { maxSize }]) => total + maxSize!, 0);
    if (sum <= sizeLimit) return [];
    const then = inMemory ? 'a step finds no room for its file' : 'Kubernetes evicts the pod';
    return [{
      from,
      message: `may write ${inMebibytes(sum)} to directory '${volume}' `
        + `(${sized.map(([name]) => name).join(', ')}), but ${then} beyond ${inMebibytes(sizeLimit)}`,
      remedy: 'give the directory a larger sizeLimit, or the files a smaller maxSize',
    }];
  });
}

function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / MEBIBYTE * 10) / 10} MiB`;
}

function isWritten({ volume }: Directory, { volumeMounts = [] }: Placement): boolean {
  return volumeMounts.some(mount => mount.volume.name === volume && !mount.readOnly);
}

/** The memory limit of a container, in bytes. */
function memoryOf({ resources }: Placement): number {
  return (resources?.memory?.limit?.toKibibytes() ?? Infinity) * 1024;
}
