import type { Finding, FindingSeverity } from '../startup-graph';

/** How bad something is, in the words of the library; what the command line calls a note is an info. */
export type Severity = `${FindingSeverity}`;

/** Where something is written. */
export interface Place {
  /** The file as it was named, `-` for the standard input. */
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
  /** The first column is 1. */
  readonly column: number;
}

/** What a rule found in a manifest: what the library's findings say, and where it stands in which file. */
export interface PlacedFinding extends Omit<Finding, 'severity'> {
  readonly severity: Severity;
  /** The name of the rule, by which it is switched off. */
  readonly rule: string;
  readonly place: Place;
}
