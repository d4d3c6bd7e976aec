import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Endpoint } from './endpoint';
import { ENDPOINT } from './endpoint-kinds';
import { FILE_SOURCE, type FileSource } from './file-source';
import { OUTPUT_FILE, type OutputFile } from './output-file';
import { OUTPUT_FOLDER, type OutputFolder } from './output-folder';
import {
  listOf, mapOf, memberOf, objectOf, required, type Kinds,
} from './private/values/kind';
import {
  DURATION, ENV_VALUE, FLAG, RESOURCES, STORAGE, TEXT,
} from './private/values/kinds';
import { RUN_AS } from './private/values/user';
import type { RunAs } from './run-as';

/** What every step accepts. Whatever is left out comes from `InitDefaults`. */
export interface InitStepOptions {
  /**
   * The image to run, used exactly as written.
   *
   * @default - the tool image that the step needs, see `InitDefaultsProps`; for `CopyFromImage` the image of the
   * first container of the workload
   */
  readonly image?: string;

  /**
   * CPU and memory, replaced as a whole.
   *
   * @default - 10m and 16Mi requested, 500m and 64Mi allowed
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * More environment variables, e.g. a proxy. They join those of `InitDefaults`, name by name; of one name these win.
   *
   * Values reach the program as written: `$(X)` and `$$` are not expanded.
   *
   * @default - those of `InitDefaults`
   * @throws when a name is none, begins with `step_` or `var_` in a step of the library, or a value is longer
   * than 128 KiB
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * The user that the step runs as; set it to the app's user when the app must own the files (mode 0600). In
   * a pod with an
   * `fsGroup` that is not needed: there mode 0640 lets the app read them.
   *
   * @default - RunAs.user(65534, 65534) for the library's programs and images, RunAs.inherited() for an
   * `InitStep` or `CopyFromImage` with an image of its own, the user of the first container for a `CopyFromImage`
   * without one; `PrepareVolume` runs as user 0
   * @throws when it is given to a `PrepareVolume`
   */
  readonly runAs?: RunAs;
}

/** What an `InitStep` runs, reads and writes. */
export interface InitStepProps extends InitStepOptions {
  /**
   * Replaces the image's entry point.
   *
   * @default - the image's own
   * @throws when it is empty, or there is neither a command nor an `image` nor `args`
   */
  readonly command?: string[];

  /**
   * Arguments, passed as written: `$(X)` and `$$` reach the program unchanged.
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
   * Stops the program after this time (exit 124), in whole seconds. Needs `command`, because the image's entry point is
   * not known at synth, and an image with `sh` and `timeout`.
   *
   * @default - not bounded
   * @throws when there is no `command`, a name in `env` is no identifier (the shell that keeps the time may
   * lose such), or it is not between one second and one day
   */
  readonly timeout?: Duration;

  /**
   * Whether the image's file system may not be written.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Capabilities of the kernel that the program keeps, of those that the runtime gives to user 0; all others are
   * dropped. Pod Security "restricted" takes none but NET_BIND_SERVICE.
   *
   * @default - none
   * @throws when one is ALL
   */
  readonly capabilities?: kplus.Capability[];

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
   * Files that the program writes: path in this step -> who sees it. The step's
   * `outputFiles` are what later steps and mounts need.
   *
   * The folder of each (with a `fileName`: what is before that) is a shared directory, which is mounted there and
   * hides what the image has; those without a `directory` of their own share one. The program must write each file or
   * fail: of a file that is not there Kubernetes makes an empty folder in the app.
   *
   * @default - none
   * @throws when a path names no file in a folder, or two of them take each other's place
   */
  readonly outputFiles?: { [path: string]: OutputFile };

  /**
   * Folders that the program fills: path in the step -> who sees it. The step's `outputFolders` are what later steps
   * and mounts need.
   *
   * Each (with a `folder`: what is before that) is a shared directory, which is mounted there and hides what the image
   * has; those without a `directory` of their own share one.
   *
   * @default - none
   * @throws when a path is not absolute, or two of them take each other's place
   */
  readonly outputFolders?: { [path: string]: OutputFolder };

  /**
   * Endpoints that the program waits for, as the start-up graph is to know them. The library tries none of them here.
   *
   * @default - none
   */
  readonly waitsFor?: Endpoint[];

  /**
   * The limit that the program keeps by itself, in whole seconds, for the start-up graph to count.
   * `Duration.seconds(0)` is for one that ends at once.
   *
   * @default - `timeout`, or as long as it likes
   * @throws when there is a `timeout`, it is neither zero nor between one second and one day, or it is zero
   * although the step waits for something
   */
  readonly endsWithin?: Duration;

  /**
   * What is doubtful about how the step is used, for the findings of the start-up graph.
   *
   * @default - nothing
   * @throws when one is empty or has several lines
   */
  readonly warnings?: StepWarning[];
}

/** Something doubtful about how a step is used. */
export interface StepWarning {
  /** What is doubtful, in one line that ends a sentence begun with the step: 'asks a server that is slow'. */
  readonly message: string;
  /** What to do about it, in one line: 'ask the replica'. */
  readonly remedy: string;
}

export const STEP_OPTIONS: Kinds<InitStepOptions> = {
  image: TEXT,
  resources: RESOURCES,
  env: mapOf(ENV_VALUE),
  runAs: RUN_AS,
};

const STEP_WARNING: Kinds<StepWarning> = { message: required(TEXT), remedy: required(TEXT) };

export const INIT_STEP_PROPS: Kinds<InitStepProps> = {
  ...STEP_OPTIONS,
  command: listOf(TEXT),
  args: listOf(TEXT),
  reads: mapOf(STORAGE),
  writes: mapOf(STORAGE),
  timeout: DURATION,
  readOnlyRootFilesystem: FLAG,
  capabilities: listOf(memberOf(kplus.Capability)),
  files: mapOf(FILE_SOURCE),
  outputFiles: mapOf(objectOf(OUTPUT_FILE)),
  outputFolders: mapOf(objectOf(OUTPUT_FOLDER)),
  waitsFor: listOf(ENDPOINT),
  endsWithin: DURATION,
  warnings: listOf(objectOf(STEP_WARNING)),
};
