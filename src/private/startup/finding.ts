import type { IConstruct } from 'constructs';
import type { Edge } from './edge';
import type { Workload } from './workloads';
import { Attached } from '../values/attached';

/** Something wrong or doubtful about how a workload starts. */
export interface StartupFinding {
  readonly from: Workload;
  /** The step that it is about, if it is about one alone. */
  readonly step?: IConstruct;
  /** Others that it is true of, too. */
  readonly others?: readonly Workload[];
  /** The waits that are wrong, where it is about some. */
  readonly edges?: readonly Edge[];
  /** The end of a sentence that begins with the workload. */
  readonly message: string;
  readonly remedy: string;
}

/** The construct path of what it is about. */
export function pathOf({ from, step }: StartupFinding): string {
  return step?.node.path ?? from.path;
}

/** A warning as the synthesis prints it. */
export function warningLine({ path, message, remedy }: {
  readonly path: string; readonly message: string; readonly remedy: string;
}): string {
  return `warning: [${path}] ${message}; ${remedy}`;
}

/** The waits that a finding is about, on what the program is given of it. */
export const edgesFound = new Attached<readonly Edge[]>('edges', 1);
