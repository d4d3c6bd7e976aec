import { areInTheWay } from './mount';
import type { PodContainer } from './pod';
import type { Site } from './site';
import type { Directory } from './workload-record';
import { inWords, refuseAll, refuseWith } from '../values/refuse';

/** Refuses a shared directory of another workload. */
export function requireSamePod(site: Site, prop: string, directory: Directory): void {
  const { workload } = site.pod;
  if (directory.workload === workload) return;
  refuseWith(site, prop, {
    must: `belong to ${workload.node.path}`,
    got: inWords(`directory '${directory.volume}' of ${directory.workload.node.path}`),
    remedy: 'an emptyDir is seen by the containers of its own pod only',
  });
}

/** Refuses to read a shared directory, or one file of it, that no earlier step writes. */
export function requireWritten(site: Site, directory: Directory, file?: string): void {
  if (directory.isOfOthers) return;
  const { initContainers } = site.pod;
  const isWritten = file === undefined
    ? writersOf(initContainers, directory.volume) > 0
    : mayHold(initContainers, directory, file);
  if (isWritten) return;
  const what = file === undefined ? 'directory' : `${file} of directory`;
  refuseAll(site, `reads ${what} '${directory.volume}', but no earlier step writes it`,
    'create the step that writes it first');
}

/** How many init containers write to a volume. */
export function writersOf(
  initContainers: readonly PodContainer[],
  volume: string,
): number {
  const writes = ({ mounts }: PodContainer) =>
    mounts.some(mount => mount.volume === volume && !mount.readOnly);
  return initContainers.filter(writes).length;
}

/**
 * Whether a step may have written this file, or files in this folder; steps with programs of their own may have
 * written any.
 */
export function mayHold(
  initContainers: readonly PodContainer[],
  directory: Directory,
  file: string,
): boolean {
  const { volume, files } = directory;
  const known = [...files.keys()];
  return known.some(each => areInTheWay(each, file))
    || writersOf(initContainers, volume) > files.size;
}
