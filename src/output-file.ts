import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { appContainers, mountInApp } from './private/pod/app-mounts';
import { requireSamePod } from './private/pod/directory-use';
import { isBelow } from './private/pod/mount';
import type { Site } from './private/pod/site';
import { directoryOf, removeDirectory, type Directory } from './private/pod/workload-record';
import { childName } from './private/step/child-name';
import type { StepMount } from './private/step/mounts';
import { checkFileName, checkPath } from './private/values/checks';
import { octal } from './private/values/file-mode';
import { bytes } from './private/values/quantity';
import { inWords, refuse, refuseAll, refuseWith } from './private/values/refuse';
import { SharedDirectory, type SharedFile } from './shared-directory';

/** Where a file that a step writes is kept, and who sees it. */
export interface OutputFileOptions {
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
   * @throws when it belongs to another workload, or another step writes a file of that name to it
   */
  readonly directory?: SharedDirectory;
}

/** A file that the program of a step writes. */
export interface OutputFile extends OutputFileOptions {
  /**
   * The most that the program writes. The directory must have room for it; in one of the step's own there is twice as
   * much, for a new file beside the old one.
   *
   * @default - not known
   * @throws when it is not in whole kibibytes, more than the `sizeLimit` of `directory`, or, if that is in
   * memory, not less than the memory limit of the step
   */
  readonly maxSize?: Size;

  /**
   * The permissions that the program gives it, at most 0o777. The library does not set them: it warns of containers
   * that see the file and may not read it, where the users of both are known.
   *
   * @default - not known
   * @throws when the owner may not read, the group may more than the owner, others may more than the group,
   * or somebody may write or run what they may not read
   */
  readonly mode?: number;
}

/** One file, as it was checked. */
interface Output {
  /** Where the step writes it. */
  readonly folder: string;
  readonly name: string;
  /** In bytes; 0 where it is not known. */
  readonly largest: number;
  /** The containers of the app that see it. */
  readonly seenBy: readonly (string | undefined)[];
  readonly options: OutputFile;
}

/** The files that a step is to write: all that is wrong with them is refused before any directory is made. */
export class Outputs {
  private readonly outputs: { readonly [path: string]: Output };
  private own?: SharedDirectory;

  /** @param memory the memory limit of the step */
  public constructor(
    private readonly site: Site,
    files: { readonly [path: string]: OutputFile } = {},
    memory?: Size,
  ) {
    const paths = Object.keys(files).sort();
    this.outputs = Object.fromEntries(
      paths.map(path => [path, outputOf(site, path, files[path], memory)]),
    );
    checkAgainstEachOther(site, Object.values(this.outputs));
  }

  /** The folders that the program writes them to. */
  public mounts(writes: { readonly [path: string]: kplus.IStorage } = {}): StepMount[] {
    const folders = new Map<string, StepMount>();
    for (const { folder, options: { directory } } of Object.values(this.outputs)) {
      if (directory !== undefined && writes[folder] === directory) continue;
      folders.set(folder, {
        prop: 'outputFiles',
        path: folder,
        readOnly: false,
        volume: () => (directory ?? this.ownDirectory()).asVolume(),
      });
    }
    return [...folders.values()];
  }

  /** Notes that the step writes them, and shows them to the app where the user said so. */
  public publish(): { [path: string]: SharedFile } {
    return Object.fromEntries(
      Object.entries(this.outputs).map(([path, output]) => [path, this.published(output)]),
    );
  }

  /** Removes what was made for a step that is refused, so that it can be tried again. */
  public withdraw(): void {
    if (!this.own) return;
    this.site.scope.node.tryRemoveChild(this.own.node.id);
    removeDirectory(directoryOf(this.own)!);
  }

  private published({ name, options: { path, containers, directory, mode } }: Output): SharedFile {
    const file = (directory ?? this.ownDirectory()).file(name);
    directoryOf(file.directory)!.files.set(name, { step: this.site.id, mode });
    if (path !== undefined) {
      const mount = { path, subPath: name, readOnly: true, containers };
      mountInApp(this.site, this.site.pod, file.directory, mount);
    }
    return file;
  }

  /** With room for the files and, when the step runs again, for an old one beside each. */
  private ownDirectory(): SharedDirectory {
    if (this.own) return this.own;
    const { scope, id } = this.site;
    const sum = Object.values(this.outputs).reduce((total, { largest }) => total + largest, 0);
    const sizeLimit = Size.mebibytes(Math.max(64, Math.ceil(2 * sum / (1024 * 1024))));
    return this.own = new SharedDirectory(scope, childName(id, 'files'), { sizeLimit });
  }
}

function outputOf(site: Site, written: string, options: OutputFile, memory?: Size): Output {
  const { path, containers, directory, maxSize, mode } = options;
  const folder = written.slice(0, Math.max(0, written.lastIndexOf('/')));
  const name = written.slice(folder.length + 1);
  if (folder === '' || name === '' || !written.startsWith('/')) {
    refuse(site, 'outputFiles', 'be absolute paths of files in a folder', written);
  }
  checkPath(site, 'outputFiles', folder);
  checkFileName(site, 'outputFiles', name);
  if (path !== undefined) checkPath(site, 'path', path);
  if (path === undefined && containers) {
    refuseWith(site, 'containers', {
      must: 'come with a path',
      got: inWords(containers.join(', ')),
      remedy: 'path is where they see the file',
    });
  }
  if (mode !== undefined) octal(site, 'mode', mode);
  const largest = maxSize === undefined ? 0 : bytes(site, 'maxSize', maxSize);
  if (directory) checkDirectory(site, directoryOf(directory)!, { name, largest, memory });
  const seenBy = path === undefined
    ? []
    : appContainers(site, site.pod, { path, subPath: name, readOnly: true, containers });
  return { folder, name, largest, seenBy, options };
}

/** Two files of one step must not take each other's place. */
function checkAgainstEachOther(site: Site, outputs: readonly Output[]): void {
  outputs.forEach((output, index) => {
    const others = outputs.slice(0, index);
    const { folder, name, options: { path, directory } } = output;
    const rivals = others.filter(other => other.seenBy.some(each => output.seenBy.includes(each)));
    const paths = rivals.map(({ options }) => options.path!);
    if (path !== undefined && paths.some(each => isAtOrBelow(path, each) || isBelow(each, path))) {
      refuse(site, 'path', 'be another one, and not below it, for each of the outputFiles', path);
    }
    if (others.some(other => other.options.directory === directory && other.name === name)) {
      const rule = 'have names of their own, because those without a directory share one';
      refuse(site, 'outputFiles', rule, `${folder}/${name}`);
    }
    if (outputs.some(other => isAtOrBelow(other.folder, `${folder}/${name}`))) {
      refuse(site, 'outputFiles', 'not lie above each other', `${folder}/${name}`);
    }
    if (others.some(other => other.folder === folder && other.options.directory !== directory)) {
      refuse(site, 'outputFiles', 'have one directory for each folder', folder);
    }
  });
}

function isAtOrBelow(one: string, other: string): boolean {
  return one === other || isBelow(one, other);
}

function checkDirectory(
  site: Site,
  directory: Directory,
  { name, largest, memory }: { name: string; largest: number; memory?: Size },
): void {
  const { volume, sizeLimit, files, inMemory } = directory;
  requireSamePod(site, 'directory', directory);
  if (files.has(name)) {
    refuseAll(
      site,
      `writes ${name} to directory '${volume}', as another step does`,
      'give one of the files another name',
    );
  }
  if (largest > sizeLimit) {
    refuseWith(site, 'maxSize', {
      must: `be at most the ${sizeLimit / 1024} KiB that directory '${volume}' may hold`,
      got: inWords(`${largest / 1024} KiB`),
      remedy: 'set maxSize, or give the directory a larger sizeLimit',
    });
  }
  // The kernel kills a step that writes more into memory than it may have.
  if (inMemory && memory && largest >= memory.toKibibytes() * 1024) {
    refuseWith(site, 'maxSize', {
      must: `be less than the step's memory limit of ${memory.toKibibytes()} KiB, `
        + `because directory '${volume}' is in memory`,
      got: inWords(`${largest / 1024} KiB`),
      remedy: 'set maxSize, or give the step more memory in resources',
    });
  }
}
