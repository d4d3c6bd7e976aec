import type { IConstruct } from 'constructs';
import { mayHold, writersOf } from './directory-use';
import { lacksMountPoint, type Mount, type VolumeMount } from './mount';
import { containerInWords, type PodContainer, type PodContents } from './pod';
import type { Directory, Placement, WorkloadRecord } from './workload-record';

/** What is wrong with the mounts of a finished pod. */
export function mountFaultsOf(
  { initContainers, containers, kubeletMounts }: Pick<PodContents, 'initContainers' | 'containers' | 'kubeletMounts'>,
  record: WorkloadRecord,
): string[] {
  const { placements } = record;
  const directories = record.directories.filter(each => !each.isOfOthers);
  const all = [...initContainers, ...containers];
  return [
    ...all.flatMap(mountedTwice),
    ...all.flatMap(container => withoutMountPoint(container, kubeletMounts, placements)),
    ...initContainers.flatMap((container, index) =>
      readTooEarly(container, directories, initContainers.slice(0, index)),
    ),
    ...containers.flatMap(container => unwritten(container, record, initContainers)),
  ];
}

/** Directories of other workloads, of which a container would get an empty one. No manifest tells these. */
export function directoriesOfOthers(
  workload: IConstruct,
  containers: PodContainer[],
): string[] {
  return containers.flatMap(({ name, mounts }) =>
    mounts
      .filter(({ owner }) => owner && owner !== workload)
      .map(
        ({ volume, owner }) =>
          `mounts directory '${volume}' of ${owner!.node.path} in ${containerInWords(name)}, but `
          + 'an emptyDir is seen by the containers of its own pod only; give it a directory of its own',
      ),
  );
}

function mountedTwice({ name, mounts }: PodContainer): string[] {
  return repeated(mounts.map(mount => mount.path)).map(path => {
    const volumes = mounts.filter(mount => mount.path === path).map(({ volume }) => `'${volume}'`);
    return `mounts two volumes at ${path} in ${containerInWords(name)}: ${volumes.join(' and ')}`;
  });
}

/** Mounts below a read-only one in which no mount point can be made, if the library placed one of the two. */
function withoutMountPoint(
  { name, mounts }: PodContainer,
  kubeletMounts: readonly Mount[],
  placed: readonly Placement[],
): string[] {
  const isOurs = ({ path }: Mount) => placedPaths(placed, name).includes(path);
  const found: string[] = [];
  const all = [...mounts, ...kubeletMounts];
  for (const outer of all) {
    for (const inner of all) {
      if (!lacksMountPoint(inner, outer) || !isOurs(inner) && !isOurs(outer)) continue;
      found.push(withoutMountPointInWords(inner, outer, name));
    }
  }
  return found;
}

function withoutMountPointInWords(
  inner: Mount,
  outer: Mount,
  container?: string,
): string {
  const named = ({ volume, path }: Mount) => (volume === undefined ? path : `volume '${volume}'`);
  return inner.volume === undefined
    ? `mounts ${named(outer)} read-only at ${outer.path} in ${containerInWords(container)}, `
      + `above ${named(inner)}, which the kubelet mounts; mount it elsewhere`
    : `mounts ${named(inner)} at ${inner.path} in ${containerInWords(container)}, `
      + `below ${named(outer)}, which is read-only; mount it elsewhere`;
}

/** Shared directories that an init container that ends only reads, although none before it writes them. */
function readTooEarly(
  { name, mounts, isSidecar }: PodContainer,
  directories: readonly Directory[],
  earlier: PodContainer[],
): string[] {
  return mounts
    .filter(
      mount =>
        mount.readOnly
        && !(isSidecar && mount.subPath === undefined)
        && directories.some(each => each.volume === mount.volume)
        && writersOf(earlier, mount.volume) === 0,
    )
    .map(
      mount =>
        `reads directory '${mount.volume}' in ${containerInWords(name, 'init container')}, `
        + 'but none before it writes it; create the step that writes it first',
    );
}

/**
 * Files of shared directories that the app is shown although no step writes them: the kubelet would make a
 * folder of each. What the user mounts writable may be meant as a folder.
 */
function unwritten(
  { name, mounts }: PodContainer,
  { directories, placements }: WorkloadRecord,
  initContainers: PodContainer[],
): string[] {
  const placed = placedPaths(placements, name);
  const isUnwritten = (mount: VolumeMount) =>
    (mount.readOnly || placed.includes(mount.path))
    && mount.subPath !== undefined
    && directories.some(
      each => !each.isOfOthers && each.volume === mount.volume && !mayHold(initContainers, each, mount.subPath!),
    );
  return mounts
    .filter(isUnwritten)
    .map(
      mount =>
        `shows ${mount.subPath} of directory '${mount.volume}' in ${containerInWords(name)}, `
        + 'but no step writes it; create the step that writes it',
    );
}

/** The paths at which the library mounted something in the containers of a name. */
function placedPaths(
  placements: readonly Placement[],
  name: string | undefined,
): string[] {
  return placements
    .filter(placement => placement.name === name)
    .flatMap(({ volumeMounts = [] }) => volumeMounts.map(mount => mount.path));
}

/** The texts that a list holds more than once. */
export function repeated(texts: string[]): string[] {
  return new Set(texts).size === texts.length
    ? []
    : [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
