import type { Place } from '../finding';

/** A wait of which only the pod knows what it is for. */
export interface UnknownWait {
  /** The path of the init container. */
  readonly path: string;
  /** The command, without passwords. */
  readonly command: string;
  readonly place: Place;
}

/** What is said of such a wait, behind its path. */
export function inWords({ command }: UnknownWait): string {
  return `waits for what only the pod knows: ${command}`;
}
