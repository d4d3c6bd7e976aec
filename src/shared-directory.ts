import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { mountInApp } from './private/pod/app-mounts';
import { namedVolume, toKube } from './private/pod/cdk8s-internals';
import { checkWhenFinished } from './private/pod/finished-pod';
import { fileName } from './private/pod/kinds';
import { siteOf, type Site } from './private/pod/site';
import { isOnlyNamed } from './private/pod/volume';
import { requirePod } from './private/pod/workload-pod';
import {
  addDirectory, adoptDirectory, directoryOf, recordOf,
} from './private/pod/workload-record';
import { checkDnsLabel } from './private/values/checks';
import { DETACHED } from './private/values/detached';
import {
  checkKinds, checkNames, checkOptions, listOf, memberOf, requireKind,
  type Kinds,
} from './private/values/kind';
import { FLAG, SIZE, TEXT } from './private/values/kinds';
import { checkFileName, checkPath } from './private/values/paths';
import { wholeMebibytes } from './private/values/quantity';
import { refuseAll, refuseWith } from './private/values/refuse';

/** Which containers see a mount. */
export interface MountAtOptions {
  /**
   * Names of app containers.
   *
   * @default - the first container that the workload has now
   */
  readonly containers?: string[];

  /**
   * Whether the app may not write.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}

/** Options of a `SharedDirectory`. */
export interface SharedDirectoryProps {
  /**
   * Disk, or memory for secrets: nothing is written to the node's disk then, and what it holds counts against the
   * memory limits of the containers that write it.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: kplus.EmptyDirMedium;

  /**
   * Kubernetes evicts the pod beyond this; whole mebibytes.
   *
   * @default Size.mebibytes(64)
   * @throws when it is not in whole mebibytes, at least one
   */
  readonly sizeLimit?: Size;
}

const DIRECTORY_PROPS: Kinds<SharedDirectoryProps> = {
  medium: memberOf(kplus.EmptyDirMedium),
  sizeLimit: SIZE,
};

const MOUNT_OPTIONS: Kinds<MountAtOptions> = {
  containers: listOf(TEXT),
  readOnly: FLAG,
};

let makeFile: (directory: SharedDirectory, name: string) => SharedFile;

/** A file that steps write and that later steps and the app read. Made by a step or by `SharedDirectory.file()`. */
export class SharedFile {
  static {
    makeFile = (directory, name) => new SharedFile(directory, name);
  }

  /** Where it lies. */
  public readonly directory: SharedDirectory;
  /** Its name in the directory. */
  public readonly name: string;

  private constructor(directory: SharedDirectory, name: string) {
    this.directory = directory;
    this.name = name;
    fileName.set(this, name);
  }

  /**
   * Shows this one file at `path`; the folder around it stays visible. Read-only, unless `options` say otherwise.
   *
   * The container gets the file as it is when the container starts (a `subPath` mount): steps have ended by then, so
   * nothing is missed, but later changes in the directory are not seen.
   *
   * @param path absolute path with the file name
   * @throws when the workload has no container yet or none of that name, or the path is taken, or lies below
   * a read-only mount or above another
   */
  public mountAt(path: string, options: MountAtOptions = {}): void {
    show(this.directory, path, options, this.name);
  }
}

/**
 * An emptyDir of one workload, or a volume that it has, through which steps hand files to later steps and to the app.
 *
 * Its scope is the workload or anything below it; its id is the volume's name. Containers of cdk8s-plus-28 mount it
 * natively: `container.mount('/config', directory)`; any other container with `mountAt`. It lives as long as
 * the pod: a container that restarts finds the files again, a new pod starts empty. A container of another
 * workload that mounts it would get an empty one of its own: that is refused at synth where the other workload
 * has a step or a directory, else it is not noticed.
 *
 * @throws when no scope above is a workload, the id is not a volume name, or the pod has a volume of that name
 */
export class SharedDirectory extends Construct implements kplus.IStorage {
  /**
   * A volume that the pod has under this name, instead of an emptyDir of the library: a StatefulSet's claim template, a
   * volume of a chart or of another cdk8s-plus. It may outlive the pod and be shared with others, so a step replaces
   * there what it writes and deletes nothing else. `asVolume` throws, because no more is known of it than its name.
   *
   * @param scope the workload or anything below it
   * @param id an id of your own
   * @param volumeName as in the pod template, or of the claim template
   * @throws when no scope above is a workload, or the pod has no volume of that name; a `PodFragment` takes any name
   */
  public static fromVolumeName(
    scope: Construct,
    id: string,
    volumeName: string,
  ): SharedDirectory {
    const site = siteOf('SharedDirectory', scope, id);
    requireKind(site, 'volumeName', TEXT, volumeName);
    requireVolume(site, volumeName);
    return adopted(site, namedVolume(DETACHED, volumeName));
  }

  /** Whether it is in memory, and not on the node's disk. */
  public readonly isInMemory!: boolean;

  /** Whether others may write to it, too, and before the pod is there: all but an emptyDir of the library. */
  public readonly isOfOthers!: boolean;

  public constructor(scope: Construct, id: string, props: SharedDirectoryProps = {}) {
    const site = siteOf('SharedDirectory', scope, id);
    checkVolumeName(site);
    props = checkKinds(site, props ?? {}, DIRECTORY_PROPS);
    if (new.target === SharedDirectory) checkNames(site, props, DIRECTORY_PROPS);
    const { medium, sizeLimit = Size.mebibytes(64) } = props;
    const bytes = wholeMebibytes(site, 'sizeLimit', sizeLimit);
    super(scope, id);
    this.isInMemory = medium === kplus.EmptyDirMedium.MEMORY;
    this.isOfOthers = false;
    addDirectory(this, {
      storage: kplus.Volume.fromEmptyDir(DETACHED, id, id, { medium, sizeLimit }),
      isOfOthers: false,
      workload: site.pod.workload,
      volume: id,
      sizeLimit: bytes,
      inMemory: this.isInMemory,
      files: new Map(),
      entries: new Map(),
      filled: [],
    });
    checkWhenFinished(site.pod);
  }

  /**
   * One file in it, written by a step that has the directory in its `writes`.
   *
   * @param name a file name, which may have folders before it: 'conf/app.conf'
   * @throws when the name is no file name
   */
  public file(name: string): SharedFile {
    checkFileName({ of: 'SharedDirectory', path: this.node.path }, 'name', name);
    return makeFile(this, name);
  }

  /**
   * Shows the whole directory at `path`; what the image has there is hidden. For one file use
   * `file(name).mountAt(path)`.
   *
   * @param path absolute path in the container
   * @throws when the workload has no container yet or none of that name, or the path is taken, or lies below
   * a read-only mount or above another
   */
  public mountAt(path: string, options: MountAtOptions = {}): void {
    show(this, path, options);
  }

  /**
   * The volume itself.
   *
   * @throws when only its name is known: use `mountAt`
   */
  public asVolume(): kplus.Volume {
    const { storage } = directoryOf(this)!;
    if (isOnlyNamed(toKube(storage))) {
      const place = { of: 'SharedDirectory', path: this.node.path };
      refuseAll(place, `is volume '${storage.name}' of the pod, of which only the name is known`, 'use mountAt');
    }
    return storage;
  }
}

/** A storage as a directory: itself, or one of this id for a volume that is none of the library's. */
export function asDirectory(
  site: Site,
  id: string,
  storage: kplus.IStorage,
): SharedDirectory {
  if (directoryOf(storage) && 'mountAt' in storage) return storage as SharedDirectory;
  return adopted({ ...site, id }, storage.asVolume());
}

/** Made without the constructor of its class, which makes an emptyDir. */
function adopted(
  { scope, id, pod: { workload } }: Site,
  volume: kplus.Volume,
): SharedDirectory {
  const directory = Reflect.construct(Construct, [scope, id], SharedDirectory) as SharedDirectory;
  const { inMemory, isOfOthers } = adoptDirectory(directory, workload, volume);
  return Object.assign(directory, { isInMemory: inMemory, isOfOthers });
}

function requireVolume(site: Site, name: string): void {
  const { pod } = site;
  if (pod.isFragment) return checkDnsLabel(site, 'volumeName', name);
  pod.refresh();
  const names = [...new Set([...pod.volumes, ...pod.finished().volumes])];
  if (names.includes(name)) return;
  refuseWith(site, 'volumeName', {
    must: `be that of a volume of ${pod.workload.node.path}`,
    got: name,
    remedy: names.length > 0 ? `it has: ${names.join(', ')}` : 'it has none yet',
  });
}

/** Volumes of a pod have names of their own, also those that nothing mounts yet. */
function checkVolumeName(site: Site): void {
  const { id, pod } = site;
  checkDnsLabel(site, 'id', id);
  const isTaken =
    pod.volumes.includes(id)
    || recordOf(pod.workload).directories.some(({ volume }) => volume === id);
  if (isTaken) {
    refuseWith(site, 'id', {
      must: `be free in ${pod.workload.node.path}`,
      got: id,
      remedy: 'the pod has a volume of that name',
    });
  }
}

function show(
  directory: SharedDirectory,
  path: string,
  options: MountAtOptions,
  subPath?: string,
): void {
  const place = {
    of: subPath === undefined ? 'SharedDirectory' : 'SharedFile',
    path: directory.node.path,
  };
  checkPath(place, 'path', path);
  const {
    readOnly = true, containers,
  } = checkOptions(place, options ?? {}, MOUNT_OPTIONS);
  const pod = requirePod(place, directory);
  pod.refresh();
  mountInApp(place, pod, directory, {
    path,
    subPath,
    readOnly,
    containers,
  });
}
