import { posix } from 'path';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { toKube } from './cdk8s-internals';
import { natureOf } from './volume';
import { directoryOf } from './workload-record';

/** Something that is mounted in a container. */
export interface Mount {
  /** Absolute, without empty parts or a final slash. */
  readonly path: string;
  /** The name of the volume; what the kubelet mounts by itself has none. */
  readonly volume?: string;
  readonly subPath?: string;
  /** Whether the container cannot write to it. */
  readonly readOnly: boolean;
  /** Whether the kubelet makes folders in it to mount others on, although it is read-only. */
  readonly takesFolders: boolean;
  /** Whether it is mounted on a folder that the kubelet would make for it. */
  readonly isFolder: boolean;
}

/** A volume that is mounted in a container. */
export interface VolumeMount extends Mount {
  readonly volume: string;
  /** The workload whose shared directory it is, where the volume itself tells. */
  readonly owner?: IConstruct;
}

/** A mount of a volume in a manifest. */
export interface ManifestMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** A mount in a manifest, of a volume in a manifest. */
export function mountOf(
  { name, mountPath, subPath, readOnly = false }: ManifestMount,
  volume: object | undefined,
  owner?: IConstruct,
): VolumeMount {
  const isWhole = !subPath;
  const { isReadOnly, isFilledByKubelet, isFileOfNode } = natureOf(volume);
  return {
    path: normalized(mountPath),
    volume: name,
    subPath,
    readOnly: readOnly || isReadOnly,
    takesFolders: isWhole && isFilledByKubelet,
    isFolder: isWhole && !isFileOfNode,
    owner,
  };
}

/** A mount of a container of cdk8s-plus. */
export function plusMountOf(mount: kplus.VolumeMount): VolumeMount {
  const { path, volume, subPath, readOnly } = mount;
  const owner = directoryOf(volume)?.workload;
  return mountOf({ name: volume.name, mountPath: path, subPath, readOnly }, toKube(volume), owner);
}

/** Whether two paths are one, or one lies below the other. */
export function areInTheWay(one: string, other: string): boolean {
  return isAtOrBelow(one, other) || isBelow(other, one);
}

/** Whether a path is another one or lies below it. */
export function isAtOrBelow(path: string, outer: string): boolean {
  return path === outer || isBelow(path, outer);
}

/** Whether a path lies below another one, not at it. */
export function isBelow(path: string, outer: string): boolean {
  if (!path.startsWith(outer) || path === outer) return false;
  return outer === '/' || path[outer.length] === '/';
}

/** Whether a mount cannot be made because it lies below one in which no mount point can be made for it. */
export function lacksMountPoint(inner: Mount, outer: Mount): boolean {
  if (!outer.readOnly || !isBelow(inner.path, outer.path)) return false;
  return !(outer.takesFolders && inner.isFolder);
}

/** What is in the way of a mount among others of its container: what it must do instead, and why. */
export function obstacleTo(
  mount: Mount,
  others: readonly Mount[],
): { must: string; remedy: string } | undefined {
  const taken = others.find(other => isTaken(mount.path, other));
  if (taken) return { must: 'be free', remedy: described(taken) };
  const outer = others.find(other => lacksMountPoint(mount, other));
  if (outer) return { must: 'not lie below a read-only mount', remedy: noMountPoint(outer) };
  const inner = others.find(other => lacksMountPoint(other, mount));
  return inner && { must: 'not lie read-only above another mount', remedy: noMountPoint(inner) };
}

/** Most mounts of the kubelet give way to a volume. */
function isTaken(path: string, { path: taken, volume }: Mount): boolean {
  return path === taken && (volume !== undefined || STAYING.includes(path));
}

/** What is mounted in every container of a pod beside its volumes. */
export function kubeletMounts(hasToken: boolean): readonly Mount[] {
  return hasToken ? WITH_TOKEN : WITHOUT_TOKEN;
}

function noMountPoint(mount: Mount): string {
  return `${described(mount)}, and no mount point can be made below a read-only mount`;
}

function described({ volume, path }: Mount): string {
  return volume === undefined
    ? `the kubelet mounts ${path}`
    : `volume '${volume}' is mounted at ${path}`;
}

const STAYING = ['/proc', '/dev/termination-log'];

/** Files, and file systems of the kernel, of which only some can be mounted on. */
const WITHOUT_TOKEN: readonly Mount[] = [
  ...['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/dev/termination-log', '/proc'].map(
    path => ({ path, readOnly: true, takesFolders: false, isFolder: false }),
  ),
  ...['/dev/shm', '/sys', '/sys/fs/cgroup'].map(
    path => ({ path, readOnly: false, takesFolders: false, isFolder: false }),
  ),
];

/** The token of the pod's account is a volume that the API server adds to the pod. */
const WITH_TOKEN: readonly Mount[] = [
  ...WITHOUT_TOKEN,
  {
    path: '/var/run/secrets/kubernetes.io/serviceaccount',
    readOnly: true,
    takesFolders: true,
    isFolder: true,
  },
];

/** A path as the kubelet takes it: relative ones begin at the root. Most are written so. */
function normalized(path: string): string {
  if (/^\//.test(path) && !/\/(\/|\.|$)/.test(path)) return path;
  return posix.join('/', path).replace(/(?<=.)\/$/, '');
}
