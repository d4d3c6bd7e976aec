import type * as kplus from 'cdk8s-plus-28';
import { requireSamePod, requireWritten } from '../pod/directory-use';
import type { Site } from '../pod/site';
import { directoryOf, type Directory } from '../pod/workload-record';
import { checkPath } from '../values/checks';
import { refuse } from '../values/refuse';

/** What a step sees at a path: storage, or one file of it. */
export interface StepMount {
  /** The property that asks for it. */
  readonly prop: string;
  readonly path: string;
  /** The one file. */
  readonly subPath?: string;
  readonly readOnly: boolean;
  /** What is known of the storage, if it is a shared directory. */
  readonly directory?: Directory;
  /** The volume, which may be made now: it is asked for when all else is known to be right. */
  volume(): kplus.Volume;
}

/** Storage that a step reads or writes, sorted by path. */
export function storageMounts(
  prop: 'reads' | 'writes',
  storage: { readonly [path: string]: kplus.IStorage } = {},
): StepMount[] {
  return Object.keys(storage).sort().map(path => ({
    prop,
    path,
    readOnly: prop === 'reads',
    directory: directoryOf(storage[path]),
    volume: () => storage[path].asVolume(),
  }));
}

/** Refuses what Kubernetes cannot mount, or would mount over something else of the step. */
export function checkMounts(site: Site, mounts: readonly StepMount[]): void {
  mounts.forEach(({ prop, path }, index) => {
    checkPath(site, prop, path);
    const before = mounts.slice(0, index).find(mount => mount.path === path);
    if (before) refuse(site, prop, `name other paths than ${before.prop}`, path);
  });
  for (const outer of mounts) {
    mounts.filter(({ path }) => path.startsWith(`${outer.path}/`))
      .forEach(inner => checkNested(site, outer, inner));
  }
  for (const { prop, directory, readOnly, subPath } of mounts) {
    if (!directory) continue;
    requireSamePod(site, prop, directory);
    if (readOnly) requireWritten(site, directory, subPath);
  }
}

function checkNested(site: Site, outer: StepMount, inner: StepMount): void {
  if (outer.readOnly) {
    const why = outer.subPath === undefined ? 'it is read-only' : 'it is a file';
    const rule = `leave no path of the step below ${outer.path}, because ${why}`;
    refuse(site, outer.prop, rule, inner.path);
  }
  if (inner.subPath !== undefined) {
    const rule = `lie outside of ${outer.path}, where an empty file would stay in what the step writes`;
    refuse(site, inner.prop, rule, inner.path);
  }
}

/** As a container has them. */
export function volumeMounts(mounts: readonly StepMount[]): kplus.VolumeMount[] {
  return mounts.map(({ path, subPath, readOnly, volume }) => ({
    path,
    volume: volume(),
    ...subPath === undefined ? {} : { subPath },
    ...readOnly ? { readOnly } : {},
  }));
}
