import type { RunAs } from './run-as';

/** A container of the app, as the workload has it now. */
export interface AppContainer {
  /** Its name; a custom resource may need none. */
  readonly name?: string;
  /** Its image, if it is known now. */
  readonly image?: string;
  /** Who it runs as: `RunAs.inherited()` where it does not say so itself. */
  readonly runAs: RunAs;
}
