import type * as kplus from 'cdk8s-plus-28';
import type { AppMount } from './private/pod/app-mounts';

/** A file or folder that a step writes, as it was checked. */
export interface Output {
  readonly prop: 'outputFiles' | 'outputFolders';
  /** Where the step writes it. */
  readonly written: string;
  /** Where the step sees its directory, and its path in there; empty for the directory itself. */
  readonly mountPath: string;
  readonly name: string;
  /** In bytes; 0 where it is not known. */
  readonly largest: number;
  readonly mode?: number;
  /** What is written whenever the step ends well, by paths in the directory; empty where nobody knows before. */
  readonly entries?: readonly string[];
  /** The storage that the user gave for it. */
  readonly directory?: kplus.IStorage;
  /** Whether it is kept in memory. */
  readonly inMemory: boolean;
  /** Where the app finds it. */
  readonly path?: string;
  /** How the app sees it. */
  readonly appMount?: AppMount;
  /** The variables in which they find its path. */
  readonly exportAs?: readonly string[];
  /** The variables that they get from it. */
  readonly exportKeys?: readonly string[];
  /** The containers of the app that see it, or get variables from it. */
  readonly seenBy: readonly (string | undefined)[];
}
