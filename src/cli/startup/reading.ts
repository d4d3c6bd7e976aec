import type { Condition } from '../../condition';
import type { Endpoint } from '../../endpoint';
import type { Budget } from '../../private/step/step-record';
import type { ShellCommand } from '../shell/command';

/** An endpoint for which an init container waits. */
export interface ReadEndpoint {
  readonly endpoint: Endpoint;
  /** Whether the container goes on without it when its time is over. */
  readonly isOptional?: boolean;
  /** The command that asks. */
  readonly command?: ShellCommand;
}

/** What an init container waits for, and how long it may take. */
export interface Reading {
  readonly endpoints: readonly ReadEndpoint[];
  readonly conditions: readonly Condition[];
  /** How long it waits at most. */
  readonly limit: Budget;
  /** How long it may take as a whole. */
  readonly budget: Budget;
  /** Whether somebody wrote the budget, instead of the library. */
  readonly isBudgetWritten: boolean;
  /** Commands that wait for what is known in the pod only. */
  readonly unknown: readonly ShellCommand[];
}

/** A time in seconds, as somebody wrote it: one that is negative, or is no number, says nothing. */
export function secondsWritten(seconds: number): Budget {
  return seconds >= 0 ? seconds : 'unknown';
}

/** What can be made, if it is not refused. */
export function made<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
