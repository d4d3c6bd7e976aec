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
export type Placement = Pick<kplus.ContainerProps, 'name' | 'volumeMounts' | 'command' | 'args' | 'envVariables' | 'resources'>;

const placements = new Attached<Placement[]>('placements');
const steps = new Attached<IConstruct[]>('steps');
const directories = new Attached<Directory[]>('directories');
const records = new Attached<Directory>('directory');
const marks = new Attached<true>('step');

/** Whether a construct is an init step, of any copy of this library. */
export function isStep(construct: IConstruct): boolean {
  return marks.of(construct) === true;
}

/** The steps of a workload in run order; the tree's order is another one. */
export function stepsOf(workload: IConstruct): readonly IConstruct[] {
  return steps.of(workload) ?? [];
}

/** Adds a step behind those that the workload already has. */
export function addStep(workload: IConstruct, step: IConstruct): void {
  marks.set(step, true);
  steps.set(workload, [...stepsOf(workload), step]);
}

/** The shared directories of a workload. */
export function directoriesOf(workload: IConstruct): readonly Directory[] {
  return directories.of(workload) ?? [];
}

/** What is known of a storage, if it is a shared directory, of any copy of this library. */
export function directoryOf(storage: object): Directory | undefined {
  return records.of(storage);
}

/** Adds a shared directory, which is known by itself and by its volume. */
export function addDirectory(storage: object, volume: object, directory: Directory): void {
  records.set(storage, directory);
  const { workload } = records.set(volume, directory);
  directories.set(workload, [...directoriesOf(workload), directory]);
}

/** What the library put into the containers of a workload. */
export function placementsOf(workload: IConstruct): readonly Placement[] {
  return placements.of(workload) ?? [];
}

/** Notes that something was put into a container, which must still be there in the end. */
export function addPlacement(workload: IConstruct, placement: Placement): void {
  placements.set(workload, [...placementsOf(workload), placement]);
}
