import type * as kplus from 'cdk8s-plus-28';
import { FILE_SOURCE, type FileSource } from './file-source';
import { listOf, mapOf, type Kinds } from './private/values/kind';
import { ENV_FROM, FLAG, STORAGE, TEXT } from './private/values/kinds';
import { STEP_OPTIONS, type InitStepOptions } from './step-options';

/** What a container with a program of yours runs, reads and writes. */
export interface ProgramOptions extends InitStepOptions {
  /**
   * Replaces the image's entry point.
   *
   * @default - the image's own
   * @throws when it is empty, or there is neither a command nor an `image` nor `args`
   */
  readonly command?: string[];

  /**
   * Arguments, passed as written: without `expandVariables`, `$(X)` and `$$` reach the program unchanged.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Storage to read: path in this step -> `SharedDirectory` or `Volume` (of a claim, a ConfigMap, ...);
   * mounted read-only.
   *
   * @default - none
   * @throws when a path is not absolute, is written too or lies above another one of the step, or a directory
   * belongs to another workload or is written by no earlier step
   */
  readonly reads?: { [path: string]: kplus.IStorage };

  /**
   * Storage to write: path in this step -> `SharedDirectory` or `Volume`.
   *
   * @default - none
   * @throws when a path is not absolute, or a directory belongs to another workload
   */
  readonly writes?: { [path: string]: kplus.IStorage };

  /**
   * Whether the image's file system may not be written.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Files to read, e.g. a script: path in this step -> text. Each is mounted alone and read-only; the folder around it
   * stays visible.
   *
   * A text that is known at synth is put into an immutable ConfigMap of the chart, which is named by a hash of the
   * text and must outlive the pods; if it begins with `#!`, it can be run. Of a text that is optional the folder is
   * mounted, and hides what the image has there: the file is not there if the text is missing.
   *
   * @default - none
   * @throws when a path is not absolute, is taken by another one of the step or lies above one, a text is one of
   * `FileSource.concat` that is not known at synth, an optional one is in no folder of its own, or a shared file
   * belongs to another workload or is written by no earlier step
   */
  readonly files?: { [path: string]: FileSource };

  /**
   * All keys of ConfigMaps and Secrets as variables, as cdk8s-plus makes them of `Env.fromConfigMap` and
   * `Env.fromSecret`. Of one name in two the later wins, and `env` wins over both.
   *
   * @default - none
   */
  readonly envFrom?: kplus.EnvFrom[];

  /**
   * The folder in which the program starts.
   *
   * @default - the image's own
   * @throws when it is not absolute
   */
  readonly workingDir?: string;

  /**
   * Lets Kubernetes replace `$(NAME)` of a variable in `command`, `args` and `env`, in whatever order `env` is written;
   * `$$` is a `$`. A name that the step does not have stays as it is.
   *
   * @default false: all texts reach the program as written
   * @throws when variables refer to each other in a circle
   */
  readonly expandVariables?: boolean;
}

export const PROGRAM_OPTIONS: Kinds<ProgramOptions> = {
  ...STEP_OPTIONS,
  command: listOf(TEXT),
  args: listOf(TEXT),
  reads: mapOf(STORAGE),
  writes: mapOf(STORAGE),
  readOnlyRootFilesystem: FLAG,
  files: mapOf(FILE_SOURCE),
  envFrom: listOf(ENV_FROM),
  workingDir: TEXT,
  expandVariables: FLAG,
};
