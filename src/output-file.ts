import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { listOf, memberOf, type Kinds } from './private/values/kind';
import { FLAG, NUMBER, SIZE, STORAGE, TEXT } from './private/values/kinds';

/** Where a file that a step writes is kept, and who sees it. */
export interface OutputFileOptions {
  /**
   * Absolute path at which the app reads the file, e.g. '/etc/nginx/nginx.conf'. Only this file is mounted,
   * read-only; the folder around it stays visible.
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
   * Whether the app may only read. `false` mounts the folder that the file is in, which hides what the image has there,
   * because a file that is mounted alone cannot be replaced.
   *
   * @default true
   * @throws when it is false and there is no `path`, or that names the file otherwise than the directory
   */
  readonly readOnly?: boolean;

  /**
   * Where to write to: a `SharedDirectory`, to keep several files together or in memory, or a `Volume` of a claim, a
   * host path, ... There a step replaces what it writes and deletes nothing else.
   *
   * @default - a directory of the step's own, named `<id>-files`, with the id shortened if need be
   * @throws when it belongs to another workload, or another step writes a file of that name to it
   */
  readonly directory?: kplus.IStorage;
}

/** A file that the program of a step writes. */
export interface OutputFile extends OutputFileOptions {
  /**
   * Its name in the directory, with folders before it: the end of its path in the step. The program makes the folders.
   *
   * @default - the last part of the path
   * @throws when the path does not end in it
   */
  readonly fileName?: string;

  /**
   * The most that the program writes. The directory must have room for it; in one of the step's own there is twice as
   * much, for a new file beside the old one.
   *
   * @default - not known
   * @throws when it is not in whole kibibytes, more than the `sizeLimit` of `directory`, or, if that is in
   * memory, not less than the memory limit of the step
   */
  readonly maxSize?: Size;

  /**
   * The permissions that the program gives it, at most 0o777. The library does not set them: it warns of containers
   * that see the file and may not read it, where the users of both are known.
   *
   * @default - not known
   * @throws when the owner may not read, the group may more than the owner, others may more than the group,
   * or somebody may write or run what they may not read
   */
  readonly mode?: number;

  /**
   * Variables in which the containers that see the file find its path, unless they have them: 'SSL_CERT_FILE'.
   *
   * @default - none
   * @throws when one is no name of a variable, or exported for another file, or there is no `path`
   */
  readonly exportAs?: string[];

  /**
   * Variables that the containers get from the file, which has them in lines of the form `NAME='value'` (Kubernetes
   * 1.35). The container does not start if one of them is missing there, or empty. None of them needs a `path`.
   *
   * @default - none
   * @throws when `InitDefaults` promises no `kubernetesVersion` of at least 1.35, one is no name of a variable, a
   * container has it already, the workload has no container yet, or `directory` is no emptyDir of the library
   */
  readonly exportKeys?: string[];

  /**
   * Where the directory of the step's own is: on the node's disk, or in memory, which counts as the container's that
   * writes the file.
   *
   * @default - on the disk
   * @throws when there is a `directory`, or another file or folder without one is kept elsewhere
   */
  readonly medium?: kplus.EmptyDirMedium;
}

export const OUTPUT_FILE_OPTIONS: Kinds<OutputFileOptions> = {
  path: TEXT,
  containers: listOf(TEXT),
  readOnly: FLAG,
  directory: STORAGE,
};

export const OUTPUT_FILE: Kinds<OutputFile> = {
  ...OUTPUT_FILE_OPTIONS,
  fileName: TEXT,
  maxSize: SIZE,
  mode: NUMBER,
  exportAs: listOf(TEXT),
  exportKeys: listOf(TEXT),
  medium: memberOf(kplus.EmptyDirMedium),
};
