import type { IConstruct } from 'constructs';
import { Own } from './own';

const steps = new Own<IConstruct[]>('steps');
const directories = new Own<string[]>('directories');
const marks = new Own<true>('step');

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

/** The volume names of a workload's shared directories. */
export function directoriesOf(workload: IConstruct): readonly string[] {
  return directories.of(workload) ?? [];
}

export function addDirectory(workload: IConstruct, volume: string): void {
  directories.set(workload, [...directoriesOf(workload), volume]);
}
