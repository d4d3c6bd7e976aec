import type { Owner } from './cluster';
import type { StepState } from './pod-state';
import type { LogOf, Unread } from './snapshot';
import type { Foreign } from './targets';
import type { Trouble } from './trouble';

/** Why pods do not start: what `--format json` prints. */
export interface Diagnosis {
  /** How many pods were looked at. */
  readonly pods: number;
  readonly notStarted: number;
  /** What is ill first, and of that what holds up the most. */
  readonly causes: readonly Cause[];
  /** From what does not start down to what is ill. */
  readonly tree: readonly Held[];
  readonly unread: readonly Unread[];
}

export interface Cause extends Trouble {
  /** What it is the trouble of; of what is missing, who waits for it. */
  readonly of: readonly Owner[];
  /** How many other pods wait for it. */
  readonly holdsUp: number;
}

/** Workloads that do not start for the same reason. */
export interface Held {
  readonly owners: readonly Owner[];
  readonly pods: readonly string[];
  /** When the first of them became so. */
  readonly since?: string;
  /** That of the first of them. */
  readonly step?: StepState;
  /** The names of the steps that they are in. */
  readonly steps: readonly string[];
  readonly waitsFor: readonly Wait[];
  readonly trouble?: Trouble;
  /** It stands in the tree with all that it waits for, above. */
  readonly isAbove: boolean;
}

export interface Wait {
  readonly shown: string;
  readonly about?: string;
  readonly ready?: number;
  readonly pods?: number;
  /** A container that is none of our steps names it in its command. */
  readonly isGuess: boolean;
  readonly trouble?: Trouble;
  readonly behind: readonly Held[];
}

/** A diagnosis, and what must be read to make it whole. */
export interface Findings {
  readonly diagnosis: Diagnosis;
  readonly logs: readonly LogOf[];
  readonly namespaces: readonly Foreign[];
}
