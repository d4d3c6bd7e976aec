import type * as kplus from 'cdk8s-plus-28';
import { requireSamePod, requireWritten } from '../pod/directory-use';
import {
  isBelow, lacksMountPoint, obstacleTo, plusMountOf, type VolumeMount,
} from '../pod/mount';
import type { Site } from '../pod/site';
import { directoryOf, volumeOf, type Directory } from '../pod/workload-record';
import { checkPath } from '../values/paths';
import { inWords, refuse, refuseWith } from '../values/refuse';

/** What a step sees at a path: storage, or one file of it. */
export interface StepMount {
  /** The property that asks for it. */
  readonly prop: string;
  readonly path: string;
  /** The one file. */
  readonly subPath?: string;
  /** The same, with variables in it. */
  readonly subPathExpr?: string;
  readonly propagation?: kplus.MountPropagation;
  readonly readOnly: boolean;
  /** Whether somebody may write it while the step runs. */
  readonly isWrittenLater?: boolean;
  /** Whether the app has it, too: it is as right as there. */
  readonly isOfApp?: boolean;
  /** What is known of the storage, if it is a shared directory. */
  readonly directory?: Directory;
  /** The volume, which may be made now: it is asked for once, when all else is known to be right. */
  volume(): kplus.Volume;
  /** Makes the object that the volume shows, if it is one of the library's, as soon as the pod has the mount. */
  provide?(): void;
}

/**
 * Storage that a step reads or writes, sorted by path, because the maps of some languages have no order. What is read
 * later need not be written before the step starts.
 */
export function storageMounts(
  use: 'reads' | 'readsLater' | 'writes',
  storage: { readonly [path: string]: kplus.IStorage } = {},
): StepMount[] {
  const prop = use === 'writes' ? 'writes' : 'reads';
  return Object.keys(storage).sort().map(path => ({
    prop,
    path,
    readOnly: prop === 'reads',
    isWrittenLater: use === 'readsLater',
    directory: directoryOf(storage[path]),
    volume: () => volumeOf(storage[path]),
  }));
}

/** Refuses what a step cannot mount, as far as that is known without its volumes. */
export function checkMounts(site: Site, mounts: readonly StepMount[]): void {
  for (const mount of mounts) {
    if (mount.isOfApp) continue;
    checkPath(site, mount.prop, mount.path);
    checkKubeletMounts(site, mount);
    const first = mounts.find(({ path }) => path === mount.path)!;
    if (first !== mount) refuse(site, mount.prop, `name other paths than ${first.prop}`, mount.path);
  }
  for (const outer of mounts) {
    for (const inner of mounts) {
      if (outer.isOfApp && inner.isOfApp) continue;
      if (isBelow(inner.path, outer.path)) checkFiles(site, outer, inner);
    }
  }
  for (const { prop, directory, readOnly, subPath, isOfApp, isWrittenLater } of mounts) {
    if (!directory) continue;
    requireSamePod(site, prop, directory);
    if (isWrittenLater) continue;
    if (isOfApp ? subPath !== undefined : readOnly) requireWritten(site, directory, subPath);
  }
}

/** The mounts as a container has them, as soon as their volumes are known. */
export function volumeMounts(
  site: Site,
  mounts: readonly StepMount[],
): kplus.VolumeMount[] {
  const made = mounts.map(mount => ({
    path: mount.path,
    volume: mount.volume(),
    subPath: mount.subPath,
    subPathExpr: mount.subPathExpr,
    propagation: mount.propagation,
    readOnly: mount.readOnly || undefined,
  }));
  const described = made.map(plusMountOf);
  mounts.forEach((mount, index) => checkWritable(site, mount, described[index]));
  described.forEach((outer, index) => {
    const inner = described.find(each => lacksMountPoint(each, outer));
    if (!inner) return;
    const rule = `leave no path of the step below ${outer.path}, because it is read-only`;
    refuse(site, mounts[index].prop, rule, inner.path);
  });
  return made;
}

/** All that is known of the volume is whether the step can write to it. */
function checkKubeletMounts(
  site: Site,
  { prop, path, subPath, readOnly }: StepMount,
): void {
  const mount = { path, readOnly, takesFolders: false, isFolder: subPath === undefined };
  const obstacle = obstacleTo(mount, site.pod.kubeletMounts);
  if (obstacle) refuseWith(site, prop, { ...obstacle, got: path });
}

/** Of two mounts, one below the other, where one is a file. What the app has stays: the other one is to blame. */
function checkFiles(site: Site, outer: StepMount, inner: StepMount): void {
  if (outer.subPath !== undefined) {
    const rule = `leave no path of the step below ${outer.path}, because it is a file`;
    refuse(site, outer.prop, rule, inner.path);
  }
  if (inner.subPath !== undefined && !outer.readOnly) {
    if (inner.isOfApp) {
      refuse(site, outer.prop, `not lie above ${inner.path}, which likeContainer mounts there`, outer.path);
    }
    const rule = `lie outside of ${outer.path}, where an empty file would stay in what the step writes`;
    refuse(site, inner.prop, rule, inner.path);
  }
}

function checkWritable(
  site: Site,
  { prop, path, readOnly, isOfApp }: StepMount,
  described: VolumeMount,
): void {
  if (readOnly || isOfApp || !described.readOnly) return;
  refuseWith(site, prop, {
    must: 'hold storage that can be written',
    got: inWords(`volume '${described.volume}' at ${path}`),
    remedy: 'it is read-only, so that a step can only read it',
  });
}
