import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { API_ACCESS, type ApiAccess } from './api-access';
import type { Condition } from './condition';
import { CONDITION } from './condition-kinds';
import type { Endpoint } from './endpoint';
import { ENDPOINT } from './endpoint-kinds';
import { OUTPUT_FILE, type OutputFile } from './output-file';
import { OUTPUT_FOLDER, type OutputFolder } from './output-folder';
import {
  listOf, mapOf, memberOf, objectOf, required, type Kinds,
} from './private/values/kind';
import { DURATION, NUMBER, TEXT } from './private/values/kinds';
import { PROGRAM_OPTIONS, type ProgramOptions } from './program-options';
import { SIDECAR_PROBES, type SidecarProbes } from './sidecar-probes';

/** What an `InitStep` runs, reads and writes. */
export interface InitStepProps extends ProgramOptions {
  /**
   * Takes all of the app container of this name but its command, arguments, ports and probes: image, variables, mounts,
   * working directory, resources, user, and whether its file system may be written. What is written here wins,
   * variable by variable and mount by mount; `InitDefaults` do not.
   *
   * It is read now. cdk8s-plus calls the first container 'main'.
   *
   * @default - none
   * @throws when there is none of that name, it has no image, there is neither a `command` nor `args`, or it mounts a
   * file that no earlier step writes
   */
  readonly likeContainer?: string;

  /**
   * Keeps the program running beside the app, with these probes (`{}` for none): a native sidecar (`restartPolicy:
   * Always`, Kubernetes 1.29 and later). The next step starts when this one has started, or when its `startup` probe
   * succeeds. What it `reads` may be written later, also by the app. Kubernetes starts it again whenever it ends, and
   * ends it behind the app; a Job is complete without it.
   *
   * @default - the next step starts when the program has ended well
   * @throws when `InitDefaults` names an older `kubernetesVersion`, or there is a `timeout`, `retryInterval`,
   * `endsWithin`, `waitsFor`, `outputFiles` or `outputFolders`
   */
  readonly keepsRunning?: SidecarProbes;

  /**
   * Stops the program after this time (exit 124), in whole seconds, with all its tries if there is a `retryInterval`.
   * Needs `command`, because the image's entry point is not known at synth, and an image with `sh` and `timeout`.
   *
   * @default - not bounded; with a `retryInterval` that of `InitDefaults`
   * @throws when there is no `command`, a name in `env` is no identifier (the shell that keeps the time may
   * lose such), or it is not between one second and one day
   */
  readonly timeout?: Duration;

  /**
   * Runs the program again, this long after it failed, until it exits 0, in whole seconds. Each failure is logged with
   * the last line that it printed, which is the reason of the step when time is over. Needs `date`, `sleep` and `tr` in
   * the image, too.
   *
   * @default - not again: Kubernetes restarts the step, with back-off
   * @throws when there is no `command`, there is an `endsWithin`, it is longer than the `timeout`, or a variable of
   * `env` begins with `step_` or `var_`
   */
  readonly retryInterval?: Duration;

  /**
   * Limit of one run, in whole seconds: one that hangs is stopped, and tried again.
   *
   * @default - what is left of `timeout`
   * @throws when it is longer than the `timeout`, or there is no `retryInterval`
   */
  readonly attemptTimeout?: Duration;

  /**
   * Exit codes that no further try can cure: the step fails with them at once. 126 and 127 always are: the program
   * cannot be run, or is not there.
   *
   * @default - no others
   * @throws when one is not between 1 and 255, or there is no `retryInterval`
   */
  readonly finalExitCodes?: number[];

  /**
   * Capabilities of the kernel that the program keeps, of those that the runtime gives to user 0; all others are
   * dropped. Pod Security "restricted" takes none but NET_BIND_SERVICE.
   *
   * @default - none
   * @throws when one is ALL
   */
  readonly capabilities?: kplus.Capability[];

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
   * Conditions that the program waits for, as the start-up graph is to know them, and a Role of `apiAccess` is to name
   * their objects. The library asks for none of them here.
   *
   * @default - none
   * @throws when one is there twice
   */
  readonly conditions?: Condition[];

  /**
   * Lets the program ask the API server, e.g. by kubectl: `{}`.
   *
   * @default - no token is mounted
   */
  readonly apiAccess?: ApiAccess;

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

const STEP_WARNING: Kinds<StepWarning> = { message: required(TEXT), remedy: required(TEXT) };

export const INIT_STEP_PROPS: Kinds<InitStepProps> = {
  ...PROGRAM_OPTIONS,
  likeContainer: TEXT,
  keepsRunning: objectOf(SIDECAR_PROBES),
  timeout: DURATION,
  retryInterval: DURATION,
  attemptTimeout: DURATION,
  finalExitCodes: listOf(NUMBER),
  capabilities: listOf(memberOf(kplus.Capability)),
  outputFiles: mapOf(objectOf(OUTPUT_FILE)),
  outputFolders: mapOf(objectOf(OUTPUT_FOLDER)),
  waitsFor: listOf(ENDPOINT),
  conditions: listOf(CONDITION),
  apiAccess: objectOf(API_ACCESS),
  endsWithin: DURATION,
  warnings: listOf(objectOf(STEP_WARNING)),
};
