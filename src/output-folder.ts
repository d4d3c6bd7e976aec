import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { listOf, memberOf, type Kinds } from './private/values/kind';
import { FLAG, NUMBER, SIZE, STORAGE, TEXT } from './private/values/kinds';

/** Where a folder that a step fills is kept, and who sees it. */
export interface OutputFolderOptions {
  /**
   * Absolute path at which the app sees the folder. What the image has there is hidden.
   *
   * @default - no app container sees it; later steps may
   * @throws when it is no absolute path, the workload has no container yet, or the path is taken, or lies
   * below a read-only mount or above another
   */
  readonly path?: string;

  /**
   * Names of the containers that see it.
   *
   * @default - the first container that the workload has now
   * @throws when one is not there or named twice, or there is no `path`
   */
  readonly containers?: string[];

  /**
   * Whether the app may only read. `false` needs `runAs` set to the app's user, or an `fsGroup` and files that it may
   * write.
   *
   * @default true
   * @throws when it is false and there is no `path`
   */
  readonly readOnly?: boolean;

  /**
   * Where to write to: a `SharedDirectory`, or a `Volume` of a claim, a host path, ... There a step replaces what it
   * writes and deletes nothing else.
   *
   * @default - a directory of the step's own, named `<id>-files`, with room for `maxSize` twice
   * @throws when it belongs to another workload
   */
  readonly directory?: kplus.IStorage;

  /**
   * Folder in the directory, made if it is missing. May hold `/`.
   *
   * @default - the directory itself
   * @throws when it is absolute or contains ".."
   */
  readonly folder?: string;

  /**
   * Of all files together. A directory of the step's own has room for twice as much, and from 512 MiB on (`maxSize` of
   * 256 MiB) the step requests that much ephemeral-storage, in whole GiB, unless it is in memory.
   *
   * @default - 1 MiB for each source of `CopyFiles`, 256 MiB in the other steps that fill a folder, not known in the
   * `outputFolders` of an `InitStep`
   * @throws when it is not in whole kibibytes, more than the `sizeLimit` of `directory`, or, with all else that the
   * step writes into memory, not less than its memory limit
   */
  readonly maxSize?: Size;
}

/** A folder that the program of a step fills. Its path in the step ends in `folder`, if there is one. */
export interface OutputFolder extends OutputFolderOptions {
  /**
   * Where the directory of the step's own is: on the node's disk, or in memory, which counts as the container's that
   * fills it.
   *
   * @default - on the disk
   * @throws when there is a `directory`, or another file or folder without one is kept elsewhere
   */
  readonly medium?: kplus.EmptyDirMedium;

  /**
   * The permissions that the program gives to the files in it, at most 0o777: where they differ, those of the file that
   * the fewest may read. The library does not set them: it warns of containers that see the folder and may not read the
   * file, where the users of both are known.
   *
   * @default - not known
   * @throws as in `OutputFile`
   */
  readonly mode?: number;

  /**
   * What the program writes into it whenever it ends well, files or whole folders, by their paths in it. Empty for a
   * program that replaces what nobody knows before: two of these in one directory are a warning.
   *
   * @default - not known
   * @throws when one is absolute or contains "..", or another step writes it to the directory, too
   */
  readonly entries?: string[];
}

export const OUTPUT_FOLDER_OPTIONS: Kinds<OutputFolderOptions> = {
  path: TEXT,
  containers: listOf(TEXT),
  readOnly: FLAG,
  directory: STORAGE,
  folder: TEXT,
  maxSize: SIZE,
};

export const OUTPUT_FOLDER: Kinds<OutputFolder> = {
  ...OUTPUT_FOLDER_OPTIONS,
  medium: memberOf(kplus.EmptyDirMedium),
  mode: NUMBER,
  entries: listOf(TEXT),
};
