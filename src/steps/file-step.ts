import { Size } from 'cdk8s';
import { defaultsAt } from '../init-defaults';
import type { InitStepOptions } from '../init-step';
import { appContainers, mountInApp } from '../private/pod/app-mounts';
import { requireSamePod } from '../private/pod/directory-use';
import type { Site } from '../private/pod/site';
import { directoryOf, type Directory } from '../private/pod/workload-record';
import { childName } from '../private/step/text-source';
import { checkFileName, checkPath } from '../private/values/checks';
import { octal } from '../private/values/file-mode';
import { inWords, refuseWith } from '../private/values/refuse';
import { SharedDirectory, type SharedFile } from '../shared-directory';

/** Options shared by the steps that write one file. */
export interface FileStepProps extends InitStepOptions {
  /**
   * Absolute path at which the app reads the file, e.g. '/etc/nginx/nginx.conf'. Only this file is mounted,
   * read-only; the folder around it stays visible.
   *
   * @default - no app container sees it; later steps may
   * @throws when it is no absolute path, the workload has no container yet, or the path is taken, or lies
   * below a read-only mount or above another
   */
  readonly path?: string;

  /**
   * Names of the containers that see it.
   *
   * @default - the first container that the workload has now
   * @throws when one is not there or named twice, or there is no `path`
   */
  readonly containers?: string[];

  /**
   * Directory to write to, to keep several files together or in memory.
   *
   * @default - one of the step's own, named `<id>-files`, with the id shortened if need be
   * @throws when it belongs to another workload
   */
  readonly directory?: SharedDirectory;

  /**
   * Name in the directory.
   *
   * @default - the last part of `path`, else the step's id
   * @throws when it is no file name, or another step writes a file of that name to the directory
   */
  readonly fileName?: string;

  /**
   * Permissions, at most 0o777; 0o600 needs `runAs` set to the app's user, 0o640 the pod's `fsGroup`.
   *
   * @default 0o644
   * @throws when the owner may not read, the group may more than the owner, others may more than the group,
   * or somebody may write or run what they may not read: mostly an octal number that was written in decimal
   * (644 is 0o1204)
   */
  readonly mode?: number;
}

/** Where a step writes its file, and what its program is told of it. */
export interface Destination {
  readonly env: { readonly step_destination: string; readonly step_mode: string };
  /** Makes the directory, if the user gave none: when all else is known to be right. */
  create(): SharedFile;
}

/**
 * Finds the place for a step's file.
 *
 * @param largest the most bytes that the program writes, if it has a limit
 */
export function destinationOf(site: Site, props: FileStepProps, largest = 0): Destination {
  const { path, containers } = props;
  if (path !== undefined) checkPath(site, 'path', path);
  if (path === undefined && containers) {
    refuseWith(site, 'containers', {
      must: 'come with a path',
      got: inWords(containers.join(', ')),
      remedy: 'path is where they see the file',
    });
  }
  const name = props.fileName ?? path?.split('/').pop() ?? site.id;
  checkFileName(site, 'fileName', name);
  const mode = octal(site, 'mode', props.mode ?? 0o644);
  if (props.directory) {
    const directory = directoryOf(props.directory)!;
    checkDirectory(site, directory, name, largest);
    const { memory } = props.resources ?? defaultsAt(site.scope).resources;
    if (directory.inMemory) checkMemory(site, directory, memory?.limit, largest);
  }
  if (path !== undefined) appContainers(site, site.pod, { path, subPath: name, readOnly: true, containers });
  return {
    env: { step_destination: `/out/${name}`, step_mode: mode },
    create: () => (props.directory ?? directoryFor(site, largest)).file(name),
  };
}

/** A directory of the step's own, with room for the file and, when the step runs again, the old one beside it. */
function directoryFor({ scope, id }: Site, largest: number): SharedDirectory {
  const sizeLimit = Size.mebibytes(Math.max(64, Math.ceil(2 * largest / (1024 * 1024))));
  const directory = new SharedDirectory(scope, childName(id, 'files'), { sizeLimit });
  directoryOf(directory)!.madeFor = id;
  return directory;
}

function checkDirectory(site: Site, directory: Directory, name: string, largest: number): void {
  const { volume, sizeLimit, files } = directory;
  requireSamePod(site, 'directory', directory);
  if (files.has(name)) {
    refuseWith(site, 'fileName', {
      must: `be free in directory '${volume}'`,
      got: name,
      remedy: 'another step writes it; give one of them another fileName',
    });
  }
  if (largest > sizeLimit) {
    refuseWith(site, 'maxSize', {
      must: `be at most the ${sizeLimit / 1024} KiB that directory '${volume}' may hold`,
      got: inWords(`${largest / 1024} KiB`),
      remedy: 'set maxSize, or give the directory a larger sizeLimit',
    });
  }
}

/** The kernel kills a step that writes more into memory than it may have. */
function checkMemory(
  site: Site,
  { volume }: Directory,
  limit: Size | undefined,
  largest: number,
): void {
  if (limit && largest >= limit.toKibibytes() * 1024) {
    refuseWith(site, 'maxSize', {
      must: `be less than the step's memory limit of ${limit.toKibibytes()} KiB, `
        + `because directory '${volume}' is in memory`,
      got: inWords(`${largest / 1024} KiB`),
      remedy: 'set maxSize, or give the step more memory in resources',
    });
  }
}

/** Notes that a step writes its file, and shows it to the app where the user said so. */
export function publish(site: Site, file: SharedFile, { path, containers }: FileStepProps): void {
  directoryOf(file.directory)!.files.add(file.name);
  if (path === undefined) return;
  mountInApp(site, site.pod, file.directory, {
    path,
    subPath: file.name,
    readOnly: true,
    containers,
  });
}
