import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { Pod } from './pod';
import { Attached } from '../values/attached';

/** One shared directory. */
export interface Directory {
  readonly workload: IConstruct;
  /** The name of its volume. */
  readonly volume: string;
  /** The volume itself. */
  readonly storage: kplus.Volume;
  /** Whether others may write to it, too: it may hold something before the first step writes. */
  readonly isOfOthers: boolean;
  /** What it may hold, in bytes. */
  readonly sizeLimit: number;
  /** Whether what it holds counts against the memory of the step that writes it. */
  readonly inMemory: boolean;
  /** The files of which it is known that a step writes them, by name. */
  readonly files: Map<string, WrittenFile>;
  /**
   * What is known to be written to it, files and whole folders, by path -> step. The empty path stands for what nobody
   * knows before.
   */
  readonly entries: Map<string, string>;
  /** The folders in it whose files have known permissions. */
  readonly filled: FilledFolder[];
}

/** A folder of a shared directory, or all of that, as far as the step says that fills it. */
export interface FilledFolder {
  /** Its path in the directory, which may be empty. */
  readonly name: string;
  /** The step, by the name of its container. */
  readonly step: string;
  /** The permissions of the file in it that the fewest may read. */
  readonly mode: number;
}

/** A file of a shared directory, as far as the step says that writes it. */
export interface WrittenFile {
  /** The step, by the name of its container. */
  readonly step: string;
  /** Its permissions. */
  readonly mode?: number;
  /** The most that the step writes, in bytes. */
  readonly maxSize?: number;
  /** Whether the kubelet reads it, for variables of the app. */
  readonly isRead?: boolean;
}

/** A file or folder that a step gives to the app to change. */
export interface HandedOver {
  /** The step, by the name of its container. */
  readonly step: string;
  /** The file or folder, by the path at which the app sees it. */
  readonly what: string;
  /** Its permissions, if it is a file of which they are known. */
  readonly mode?: number;
  /** The containers of the app that may change it. */
  readonly containers: readonly (string | undefined)[];
}

/** A variable that a step gave to a container of the app. */
export interface ExportedVariable {
  /** The step, by the name of its container. */
  readonly step: string;
  readonly variable: string;
  readonly container: string | undefined;
  /** Whether the kubelet reads it in a file. */
  readonly isInFile?: boolean;
}

/** An account that a step was told its pod runs as. */
export interface ToldAccount {
  /** The step, by the name of its container. */
  readonly step: string;
  readonly name: string;
}

/** What the library put into a container of a workload, or made it of. */
export type Placement = Pick<
  kplus.ContainerProps,
  'name' | 'volumeMounts' | 'command' | 'args' | 'envFrom' | 'envVariables' | 'resources' | 'securityContext'
>;

/** What the library knows of a workload. */
export interface WorkloadRecord {
  /** Its pod, which is read and changed in one place however many steps it has. */
  pod?: Pod;
  /** Its steps in run order; the tree's order is another one. */
  readonly steps: IConstruct[];
  readonly directories: Directory[];
  readonly handedOver: HandedOver[];
  readonly exported: ExportedVariable[];
  readonly accounts: ToldAccount[];
  /** The volumes in which its steps find texts that are known at synth, by name. */
  readonly textVolumes: Map<string, kplus.Volume>;
  /** What must still be in its containers in the end. */
  readonly placements: Placement[];
  /** Whether its finished pod is checked at synth. */
  isChecked: boolean;
}

const workloads = new Attached<WorkloadRecord>('workload', 1);
const directories = new Attached<Directory>('directory', 2);

/** The record of a workload, which begins empty. */
export function recordOf(workload: IConstruct): WorkloadRecord {
  return (
    workloads.of(workload)
    ?? workloads.set(workload, {
      steps: [],
      directories: [],
      handedOver: [],
      exported: [],
      accounts: [],
      textVolumes: new Map(),
      placements: [],
      isChecked: false,
    })
  );
}

/** The pod of a workload that was asked for before. */
export function keptPodOf(construct: IConstruct): Pod | undefined {
  return workloads.of(construct)?.pod;
}

/** Keeps the pod of a workload for all who ask for it later. */
export function keepPod(pod: Pod): Pod {
  recordOf(pod.workload).pod = pod;
  return pod;
}

/** What is known of a storage, if it is a shared directory, of any copy of this library. */
export function directoryOf(storage: object): Directory | undefined {
  return directories.of(storage);
}

/** The volume of a storage, which makes none where there is one. */
export function volumeOf(storage: kplus.IStorage): kplus.Volume {
  return directoryOf(storage)?.storage ?? storage.asVolume();
}

/** Forgets a shared directory that is of no use. */
export function removeDirectory({ workload, volume }: Directory): void {
  const { directories: known } = recordOf(workload);
  known.splice(known.findIndex(each => each.volume === volume), 1);
}

/** Adds a shared directory to its workload. It is known by itself and by its volume. */
export function addDirectory(storage: object, directory: Directory): void {
  directories.set(storage, directory);
  directories.set(directory.storage, directory);
  recordOf(directory.workload).directories.push(directory);
}

/** A step of a workload, by the name of its container. */
export function stepOf(workload: IConstruct, name: string | undefined): IConstruct | undefined {
  return recordOf(workload).steps.find(({ node }) => node.id === name);
}

/** Knows a storage for the directory that a volume of others is to a workload: the same for each storage of it. */
export function adoptDirectory(
  storage: object,
  workload: IConstruct,
  volume: kplus.Volume,
): Directory {
  const { directories: known } = recordOf(workload);
  const same = directoryOf(volume) ?? known.find(each => each.isOfOthers && each.volume === volume.name);
  if (same) return directories.set(storage, same);
  const directory: Directory = {
    workload,
    volume: volume.name,
    storage: volume,
    isOfOthers: true,
    sizeLimit: Infinity,
    inMemory: false,
    files: new Map(),
    entries: new Map(),
    filled: [],
  };
  known.push(directory);
  return directories.set(storage, directory);
}
