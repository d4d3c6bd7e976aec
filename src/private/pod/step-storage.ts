import type * as kplus from 'cdk8s-plus-28';
import { toKube } from './cdk8s-internals';
import { requireSamePod, requireWritten } from './directory-use';
import { lacksMountPoint, mountOf, obstacleTo, type Mount } from './mount';
import type { Site } from './site';
import { isReadOnly } from './volume';
import { directoryOf } from './workload-record';
import { checkPath } from '../values/checks';
import { inWords, refuse, refuseWith } from '../values/refuse';

type Storage = { readonly [path: string]: kplus.IStorage };

/** Refuses what a step cannot mount, as far as that is known without its volumes. */
export function checkStorage(site: Site, reads: Storage, writes: Storage): void {
  checkEach(site, 'reads', reads);
  checkEach(site, 'writes', writes);
  const twice = Object.keys(reads).find(path => path in writes);
  if (twice) refuse(site, 'reads', 'name other paths than writes', twice);
  for (const directory of Object.values(reads).map(directoryOf)) {
    if (directory) requireWritten(site, directory);
  }
}

/**
 * The mounts of a step's storage.
 *
 * Each storage is asked once, and when all else is known to be right: some make their volume then.
 */
export function mountStorage(site: Site, reads: Storage, writes: Storage): kplus.VolumeMount[] {
  const written = mounts(writes);
  written.forEach(mount => checkWritable(site, mount));
  const read = mounts(reads).map(mount => ({ ...mount, readOnly: true }));
  checkNested(site, read, [...written, ...read]);
  return [...written, ...read];
}

function checkEach(site: Site, prop: 'reads' | 'writes', storage: Storage): void {
  for (const [path, each] of Object.entries(storage)) {
    checkPath(site, prop, path);
    checkKubeletMounts(site, prop, path);
    const directory = directoryOf(each);
    if (directory) requireSamePod(site, prop, directory);
  }
}

/** All that is known of the volume is whether the step can write to it. */
function checkKubeletMounts(site: Site, prop: 'reads' | 'writes', path: string): void {
  const mount = { path, readOnly: prop === 'reads', takesFolders: false, isFolder: true };
  const obstacle = obstacleTo(mount, site.pod.kubeletMounts);
  if (obstacle) refuseWith(site, prop, { ...obstacle, got: path });
}

/** Sorted by path, because the maps of some languages have no order. */
function mounts(storage: Storage): kplus.VolumeMount[] {
  const paths = Object.keys(storage).sort();
  return paths.map(path => ({ path, volume: storage[path].asVolume() }));
}

function checkWritable(site: Site, { path, volume }: kplus.VolumeMount): void {
  if (!isReadOnly(toKube(volume))) return;
  refuseWith(site, 'writes', {
    must: 'hold storage that can be written',
    got: inWords(`volume '${volume.name}' at ${path}`),
    remedy: 'it is read-only: name it in reads',
  });
}

function checkNested(site: Site, read: kplus.VolumeMount[], all: kplus.VolumeMount[]): void {
  const [outer, every] = [read.map(described), all.map(described)];
  const inner = every.find(each => outer.some(other => lacksMountPoint(each, other)));
  if (!inner) return;
  refuse(
    site,
    'reads',
    'hold no other path of the step below them, because they are read-only',
    inner.path,
  );
}

function described({ path, volume, readOnly }: kplus.VolumeMount): Mount {
  return mountOf({ name: volume.name, mountPath: path, readOnly }, toKube(volume));
}
