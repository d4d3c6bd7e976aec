import { Size } from 'cdk8s';
import { EmptyDirMedium, type IStorage } from 'cdk8s-plus-28';
import type { StepWarning } from './init-step-props';
import type { Output } from './output';
import {
  checkAgainstEachOther, checkDirectory, checkExports, fileOutput, folderOutput,
} from './output-checks';
import type { OutputFile } from './output-file';
import type { OutputFolder } from './output-folder';
import { checkMedium, checkMemory, checkSum } from './output-memory';
import { mountIn } from './private/pod/app-mounts';
import type { Site } from './private/pod/site';
import {
  directoryOf, recordOf, removeDirectory, volumeOf,
} from './private/pod/workload-record';
import type { StepMount } from './private/step/mounts';
import { childName } from './private/values/child-name';
import { MEBIBYTE } from './private/values/quantity';
import { asDirectory, SharedDirectory, type SharedFile } from './shared-directory';

/** In mebibytes: requests are in whole gibibytes, and one for a few files would keep pods off nodes for nothing. */
const LEAST_REQUESTED = 512;

/** What the program of a step writes, by paths in the step. */
export interface OutputProps {
  readonly outputFiles?: { readonly [path: string]: OutputFile };
  readonly outputFolders?: { readonly [path: string]: OutputFolder };
  readonly writes?: { readonly [path: string]: IStorage };
}

/** Whether a step fills a whole directory with what nobody knows before. */
function isUnknown({ name, entries }: Output): boolean {
  return name === '' && entries?.length === 0;
}

/** The files and folders that a step is to write: all that is wrong with them is refused before one is made. */
export class Outputs {
  private readonly outputs: readonly Output[];
  private readonly made = new Map<IStorage | undefined, SharedDirectory>();

  /** @param memory the memory limit of the step */
  public constructor(
    private readonly site: Site,
    private readonly props: OutputProps,
    private readonly memory?: Size,
  ) {
    const { outputFiles = {}, outputFolders = {} } = props;
    this.outputs = [
      ...Object.keys(outputFiles).sort().map(path => fileOutput(site, path, outputFiles[path])),
      ...Object.keys(outputFolders).sort().map(path => folderOutput(site, path, outputFolders[path])),
    ];
    for (const output of this.outputs) {
      const known = output.directory && directoryOf(output.directory);
      if (known) checkDirectory(site, output, known, memory);
      const isOwn = output.directory === undefined;
      if (isOwn && output.inMemory) checkMemory(site, output.largest, 'its directory', memory);
    }
    checkAgainstEachOther(site, this.outputs);
    checkExports(site, this.outputs);
    checkMedium(site, this.outputs);
    checkSum(site, this.outputs, memory);
  }

  /** The directories that the program writes to. */
  public mounts(): StepMount[] {
    const { writes = {} } = this.props;
    const mounts = new Map<string, StepMount>();
    for (const { prop, mountPath, directory } of this.outputs) {
      if (directory !== undefined && writes[mountPath] === directory) continue;
      mounts.set(mountPath, {
        prop,
        path: mountPath,
        readOnly: false,
        volume: () => volumeOf(this.directoryFor(directory)),
      });
    }
    return [...mounts.values()];
  }

  /** What is seldom meant. */
  public doubts(): StepWarning[] {
    return this.outputs.filter(isUnknown).flatMap(({ directory }) => {
      const known = directory && directoryOf(directory);
      const other = known?.entries.get('');
      if (other === undefined) return [];
      return [{
        message: `fills directory '${known!.volume}', as step '${other}' does, `
          + 'and replaces what has the same name there',
        remedy: 'give each a folder of its own, unless nothing of theirs has the same name',
      }];
    });
  }

  /** Notes that the step writes them, and shows them to the app where the user said so. */
  public publish(): { files: { [path: string]: SharedFile }; folders: { [path: string]: SharedDirectory } } {
    this.outputs.forEach(output => this.show(output));
    const folders = this.outputs.filter(({ prop }) => prop === 'outputFolders');
    const files = this.outputs.filter(({ prop }) => prop === 'outputFiles');
    return {
      files: Object.fromEntries(
        files.map(({ written, name, directory }) => [written, this.directoryFor(directory).file(name)]),
      ),
      folders: Object.fromEntries(
        folders.map(({ written, directory }) => [written, this.directoryFor(directory)]),
      ),
    };
  }

  /** Removes what was made for a step that is refused, so that it can be tried again. */
  public withdraw(): void {
    for (const [given, directory] of this.made) {
      if (given === directory) continue;
      this.site.scope.node.tryRemoveChild(directory.node.id);
      if (given === undefined) removeDirectory(directoryOf(directory)!);
    }
  }

  private show(output: Output): void {
    const { prop, name, largest, directory, appMount, seenBy } = output;
    const { id: step, pod } = this.site;
    const shared = this.directoryFor(directory);
    const { files, entries, filled } = directoryOf(shared)!;
    const mode = prop === 'outputFiles' ? output.mode : undefined;
    if (name !== '') files.set(name, { step, mode, maxSize: largest || undefined, isRead: Boolean(output.exportKeys) });
    for (const each of output.entries ?? []) entries.set(each, step);
    if (isUnknown(output)) entries.set('', step);
    if (prop === 'outputFolders' && output.mode !== undefined) filled.push({ name, step, mode: output.mode });
    this.exportKeys(output, shared);
    if (!appMount) return;
    mountIn(seenBy, pod, shared, appMount);
    const { exportAs = [], path } = output;
    for (const container of seenBy) {
      for (const variable of exportAs) {
        const isNew = pod.addVariable(container, { name: variable, source: path! });
        if (isNew) recordOf(pod.workload).exported.push({ step, variable, container });
      }
    }
    if (appMount.readOnly) return;
    const what = prop === 'outputFiles' ? name : appMount.path;
    recordOf(pod.workload).handedOver.push({ step, what, mode, containers: seenBy });
  }

  /** Lets the kubelet read variables of containers in a file. */
  private exportKeys({ exportKeys = [], seenBy, name: path }: Output, directory: SharedDirectory): void {
    const { id: step, pod } = this.site;
    const { volume: volumeName } = directoryOf(directory)!;
    for (const container of seenBy) {
      for (const variable of exportKeys) {
        pod.addVariable(container, { name: variable, source: { volumeName, path, key: variable } });
        recordOf(pod.workload).exported.push({ step, variable, container, isInFile: true });
      }
    }
  }

  /** The directory that was given, or one of its own. */
  private directoryFor(given: IStorage | undefined): SharedDirectory {
    const known = this.made.get(given);
    if (known) return known;
    const made = given === undefined ? this.ownDirectory() : this.givenDirectory(given);
    this.made.set(given, made);
    return made;
  }

  /** What the directory of the step's own takes of the node's disk, if that is worth a request. */
  public get diskSpace(): Size | undefined {
    const mebibytes = this.ownOnes.some(({ inMemory }) => inMemory) ? 0 : this.ownSize;
    return mebibytes < LEAST_REQUESTED ? undefined : Size.gibibytes(Math.ceil(mebibytes / 1024));
  }

  /** Those without a directory share one of the step's own. */
  private get ownOnes(): readonly Output[] {
    return this.outputs.filter(({ directory }) => directory === undefined);
  }

  /** In mebibytes: room for what is written and, when the step runs again, for as much of old beside it. */
  private get ownSize(): number {
    const sum = this.ownOnes.reduce((total, { largest }) => total + largest, 0);
    return Math.max(64, Math.ceil(2 * sum / MEBIBYTE));
  }

  private ownDirectory(): SharedDirectory {
    const { scope, id } = this.site;
    const medium = this.ownOnes.some(({ inMemory }) => inMemory) ? EmptyDirMedium.MEMORY : undefined;
    return new SharedDirectory(scope, childName(id, 'files'), { medium, sizeLimit: Size.mebibytes(this.ownSize) });
  }

  /** What is known of a volume of others is known now that it is asked for. */
  private givenDirectory(given: IStorage): SharedDirectory {
    const index = [...this.made.keys()].filter(each => each !== undefined).length;
    const id = childName(this.site.id, index === 0 ? 'volume' : `volume-${index + 1}`);
    const directory = asDirectory(this.site, id, given);
    if (directory !== given) {
      this.outputs.filter(output => output.directory === given)
        .forEach(output => checkDirectory(this.site, output, directoryOf(directory)!, this.memory));
    }
    return directory;
  }
}
