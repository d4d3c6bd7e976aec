import type { Workload } from './workloads';

/** Something wrong or doubtful about how a workload starts. */
export interface StartupFinding {
  readonly from: Workload;
  /** The construct path of the step that it is about, if it is about one alone. */
  readonly at?: string;
  /** Others that it is true of, too. */
  readonly others?: readonly Workload[];
  /** The end of a sentence that begins with the workload. */
  readonly message: string;
  readonly remedy: string;
}
