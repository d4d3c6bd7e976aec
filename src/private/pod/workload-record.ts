import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { Attached } from '../values/attached';

/** One shared directory. */
export interface Directory {
  readonly workload: IConstruct;
  /** The name of its volume. */
  readonly volume: string;
  /** What it may hold, in bytes. */
  readonly sizeLimit: number;
  /** Whether what it holds counts against the memory of the step that writes it. */
  readonly inMemory: boolean;
  /** The files of which it is known that a step writes them. */
  readonly files: Set<string>;
}

/** What the library put into a container of a workload, or made it of. */
export type Placement =
  Pick<kplus.ContainerProps, 'name' | 'volumeMounts' | 'command' | 'args' | 'envVariables' | 'resources'>;

/** What the library knows of a workload. */
export interface WorkloadRecord {
  /** Its steps in run order; the tree's order is another one. */
  readonly steps: IConstruct[];
  readonly directories: Directory[];
  /** What must still be in its containers in the end. */
  readonly placements: Placement[];
  /** Whether its finished pod is checked at synth. */
  isChecked: boolean;
}

const workloads = new Attached<WorkloadRecord>('workload', 1);
const directories = new Attached<Directory>('directory', 1);

/** The record of a workload, which begins empty. */
export function recordOf(workload: IConstruct): WorkloadRecord {
  return workloads.of(workload)
    ?? workloads.set(workload, { steps: [], directories: [], placements: [], isChecked: false });
}

/** What is known of a storage, if it is a shared directory, of any copy of this library. */
export function directoryOf(storage: object): Directory | undefined {
  return directories.of(storage);
}

/** Adds a shared directory to its workload. It is known by itself and by its volume. */
export function addDirectory(storage: object, volume: object, directory: Directory): void {
  directories.set(storage, directory);
  directories.set(volume, directory);
  recordOf(directory.workload).directories.push(directory);
}
