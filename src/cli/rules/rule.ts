import type { Severity } from '../finding';
import type { Container, Manifests, Pod } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';

/** What a rule found. */
export interface Hit {
  readonly container?: Container;
  readonly pod: Pod;
  /** The command that it is about. */
  readonly command?: ShellCommand;
  /** JSON pointer to what it is about, below the container or the pod spec: `/image`. */
  readonly at?: string;
  /** The end of a sentence that begins with the container, or the workload. */
  readonly message: string;
  /** What to do about it; a line of our code where a step does it. */
  readonly remedy: string;
  /** If it is another one than the rule's. */
  readonly severity?: Severity;
}

/** One thing that goes wrong with init containers. */
export interface Rule {
  /** By which it is switched off. */
  readonly name: string;
  /** A fact is an error if the pod never starts, else a warning; a doubt is an info. */
  readonly severity: Severity;
  /** Why it matters, in a sentence or two. */
  readonly reason: string;
  /** Init containers, or whole manifests, in which it finds something. */
  readonly fires: string;
  /** The same, but right. */
  readonly silent: string;
  find(manifests: Manifests): Hit[];
}
