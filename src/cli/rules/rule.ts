import type { Place, Severity } from '../finding';
import { handWritten, type Container, type Manifests, type Pod } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';

/** What a rule found. */
export interface Hit {
  readonly container?: Container;
  readonly pod: Pod;
  /** The command that it is about. */
  readonly command?: ShellCommand;
  /** JSON pointer to what it is about, below the container or the pod spec: `/image`. */
  readonly at?: string;
  /** Where that is, if it is at neither of them. */
  readonly place?: Place;
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

/** What a rule says of a container. */
export type Said = Omit<Hit, 'container' | 'pod'>;

/** Asks about each init container that was written by hand. */
export function eachContainer(
  say: (container: Container, manifests: Manifests) => readonly Said[],
): Rule['find'] {
  return manifests =>
    handWritten(manifests).flatMap(container =>
      say(container, manifests).map(said => ({ ...said, container, pod: container.pod })),
    );
}

/** Says something of a command in a container, or nothing. */
type Say = (
  command: ShellCommand,
  container: Container,
  manifests: Manifests,
) => Said | undefined;

/** Asks about each command of the init containers that were written by hand; what is the same is said once. */
export function eachCommand(say: Say): Rule['find'] {
  return eachContainer((container, manifests) => {
    const said = container.commands.map(command => withCommand(command, say(command, container, manifests)));
    return said.filter((each, index) =>
      each !== undefined && said.findIndex(other => other?.message === each.message) === index) as Said[];
  });
}

/** The same, but says it once for each container: of the first command of which it is true. */
export function firstCommand(say: Say): Rule['find'] {
  return eachContainer((container, manifests) => {
    for (const command of container.commands) {
      const said = withCommand(command, say(command, container, manifests));
      if (said) return [said];
    }
    return [];
  });
}

function withCommand(command: ShellCommand, said: Said | undefined): Said | undefined {
  return said && { ...said, command };
}
