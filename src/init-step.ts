import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import type { AppContainer } from './app-container';
import { ENDPOINT, type Endpoint } from './endpoint';
import { FILE_SOURCE, type FileSource } from './file-source';
import { defaultsAt, DEFAULT_TIMEOUT, isOwnShell } from './init-defaults';
import { OUTPUT_FILE, type OutputFile } from './output-file';
import { OUTPUT_FOLDER, type OutputFolder } from './output-folder';
import { Outputs } from './outputs';
import { stepSiteOf, type Site } from './private/pod/site';
import { requirePod } from './private/pod/workload-pod';
import { recordOf } from './private/pod/workload-record';
import { checkStartupAtSynth } from './private/startup/startup-validation';
import { lockedDown, STEP_FIELDS } from './private/step/container';
import { checkedDoubts, doubtsAboutUse } from './private/step/doubts';
import { fileMounts } from './private/step/input-files';
import { storageMounts } from './private/step/mounts';
import { addStep, type Budget } from './private/step/step-record';
import { storedKeys } from './private/step/stored-key';
import { endpointTarget } from './private/step/target';
import { nameOfClass } from './private/values/class-name';
import {
  checkKind, checkKinds, isGiven, listOf, mapOf, memberOf, objectOf, required, type Kinds,
} from './private/values/kind';
import { CONSTRUCT, DURATION, ENV_VALUE, FLAG, RESOURCES, STORAGE, TEXT } from './private/values/kinds';
import { secondsOrNone, wholeSeconds } from './private/values/quantity';
import { inWords, refuseAll, refuseWith } from './private/values/refuse';
import { RUN_AS } from './private/values/user';
import { programStart } from './program-start';
import { runBounded } from './programs';
import { RunAs } from './run-as';
import type { SharedDirectory, SharedFile } from './shared-directory';

/** What every step accepts. Whatever is left out comes from `InitDefaults`. */
export interface InitStepOptions {
  /**
   * The image to run, used exactly as written.
   *
   * @default - the tool image that the step needs, see `InitDefaultsProps`
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
   * `InitStep` with an image of its own
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
   * text and must outlive the pods; if it begins with `#!`, it can be run.
   *
   * @default - none
   * @throws when a path is not absolute, is taken by another one of the step or lies above one, or a shared
   * file belongs to another workload or is written by no earlier step
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

const PROPS: Kinds<InitStepProps> = {
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

/**
 * One init container that runs your own program; the base of every other step, also of your organisation's.
 *
 * Its scope is the workload (a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus 28 or
 * later, or any `ApiObject` with a pod template: a class of `cdk8s import`, an object of a `Helm` chart or an
 * `Include`, a custom resource) or any construct below it; its id is the container's name. Steps run in the
 * order in which they are created; when one fails, Kubernetes restarts it with back-off, and the app does not
 * start (in a pod with `restartPolicy: Never`, the pod fails).
 *
 * At synth the finished pod is checked: that no JSON patch took away what a step needs, names and paths are
 * unique, no file is read before it is written, and the steps hold at most 200 KiB of text, so that `kubectl
 * apply` can keep its copy.
 *
 * @throws when no scope above holds a pod template, or the id is not a container name or is taken
 * @example
 * const reports = new SharedDirectory(web, 'reports');
 * new InitStep(web, 'migrate', {
 *   image: 'flyway/flyway:10.17',
 *   command: ['flyway', 'migrate', '-outputFile=/reports/migration.json'],
 *   writes: { '/reports': reports },
 *   resources: {
 *     cpu: { request: kplus.Cpu.millis(100) },
 *     memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
 *   },
 *   runAs: RunAs.user(10001, 10001),
 *   timeout: Duration.minutes(3),
 * });
 * reports.file('migration.json').mountAt('/app/migration.json');
 */
export class InitStep extends Construct {
  /**
   * The steps of a workload in run order, as a copy.
   *
   * @param workload the workload or a construct below it
   * @throws when it is neither
   */
  public static of(workload: IConstruct): InitStep[] {
    checkKind({ of: 'InitStep' }, 'workload', required(CONSTRUCT), workload);
    const pod = requirePod({ of: 'InitStep', path: workload.node.path }, workload);
    return [...recordOf(pod.workload).steps] as InitStep[];
  }

  /**
   * The containers of the app that a workload has now, for steps that run in the image of one, as its user.
   *
   * @param workload the workload or a construct below it
   * @throws when it is neither
   */
  public static containersOf(workload: IConstruct): AppContainer[] {
    checkKind({ of: 'InitStep' }, 'workload', required(CONSTRUCT), workload);
    const pod = requirePod({ of: 'InitStep', path: workload.node.path }, workload);
    pod.refresh();
    return pod.containers.map(({ name, image, user: { uid, gid } }) => ({
      name,
      image,
      runAs: uid === undefined ? RunAs.inherited() : RunAs.user(uid, gid),
    }));
  }

  /** The container's name, for `kubectl logs <pod> -c <name>`. */
  public readonly containerName: string;

  /** The construct that holds the pod template. */
  public readonly workload: IConstruct;

  /**
   * The files that it writes, by their paths in the step. A path that is not among its `outputFiles` has none: in
   * TypeScript it is `undefined`, and what is called on it fails with a bare `TypeError`.
   */
  public readonly outputFiles: { [path: string]: SharedFile };

  /** The directories that hold the folders that it fills, by their paths in the step. */
  public readonly outputFolders: { [path: string]: SharedDirectory };

  /** Everything is passed as data: nothing overridable is called while the step is being constructed. */
  public constructor(scope: Construct, id: string, props: InitStepProps) {
    const site = stepSiteOf(nameOfClass(new.target), scope, id);
    props = checkKinds(site, props, PROPS);
    const defaults = defaultsAt(scope);
    const { memory } = props.resources ?? defaults.resources;
    const outputs = new Outputs(site, props, memory?.limit);
    const budget = budgetIn(site, props);
    const targets = (props.waitsFor ?? []).map(endpoint => endpointTarget.required(endpoint));
    const doubts = checkedDoubts(site, props.warnings);
    const container = joinPod(site, props, outputs, defaults);
    const warnings = [...doubtsAboutUse(props, container.securityContext?.user), ...doubts];
    super(scope, id);
    this.containerName = id;
    this.workload = site.pod.workload;
    const { clusterDomain, warnings: warningPolicy } = defaults;
    const keys = storedKeys(container.envVariables, props.files);
    const isBudgetWritten = (props.timeout ?? props.endsWithin) !== DEFAULT_TIMEOUT;
    addStep(this, site, {
      container, budget, isBudgetWritten, targets, warnings, warningPolicy, clusterDomain, keys,
    });
    const { files, folders } = outputs.publish();
    this.outputFiles = files;
    this.outputFolders = folders;
    checkStartupAtSynth(this.workload);
  }
}

type Defaults = ReturnType<typeof defaultsAt>;

/** All that can be refused happens here, before there is a construct; nothing of what is refused stays in the pod. */
function joinPod(
  site: Site,
  props: InitStepProps,
  outputs: Outputs,
  defaults: Defaults,
): kplus.ContainerProps {
  checkRunsSomething(site, props, defaults);
  const { command, args, files } = boundedProgram(site, props, defaults);
  const mounts = [
    ...storageMounts('writes', props.writes),
    ...outputs.mounts(),
    ...storageMounts('reads', props.reads),
    ...fileMounts(site, { ...props.files, ...files }),
  ];
  const { image, env, resources, runAs, readOnlyRootFilesystem, capabilities } = props;
  try {
    const user = { runAs, readOnlyRootFilesystem, capabilities };
    const wishes = { image, command, args, env, mounts, resources, ...user };
    const container = lockedDown(site, wishes, defaults);
    site.pod.addInitContainer(container, STEP_FIELDS);
    mounts.forEach(mount => mount.provide?.());
    return container;
  } catch (error) {
    outputs.withdraw();
    throw error;
  }
}

/** How long a step may take, as far as anybody says. */
function budgetIn(site: Site, { timeout, endsWithin, waitsFor = [] }: InitStepProps): Budget {
  if (timeout && endsWithin) {
    refuseAll(site, 'has both timeout and endsWithin', 'timeout is enough: the library keeps it');
  }
  if (endsWithin) {
    const seconds = secondsOrNone(site, 'endsWithin', endsWithin);
    if (seconds === 0 && waitsFor.length > 0) refuseAtOnce(site);
    return seconds;
  }
  return timeout ? wholeSeconds(site, 'timeout', timeout) : 'unbounded';
}

function refuseAtOnce(site: Site): never {
  return refuseWith(site, 'endsWithin', {
    must: 'be more than no time for a step that waits for something',
    got: inWords('0 s'),
    remedy: 'name the longest that it waits, or leave it out',
  });
}

/** The library's own shell image has no entry point: without a word to run its shell ends at once. */
function checkRunsSomething(site: Site, { image, command, args }: InitStepProps, defaults: Defaults): void {
  if ([image, command, args].some(isGiven) || !isOwnShell(defaults)) return;
  refuseAll(site, 'has neither image nor command, so it would do nothing', "write command: ['sh', '-c', '...']");
}

/** The user's program as written, or with a time limit around it. */
function boundedProgram(
  site: Site,
  { command, args, timeout, env }: InitStepProps,
  defaults: Defaults,
): Pick<InitStepProps, 'command' | 'args' | 'files'> {
  if (command?.length === 0) {
    refuseWith(site, 'command', {
      must: 'hold a program',
      got: inWords('none'),
      remedy: "leave it out for the image's own",
    });
  }
  if (timeout === undefined) return { command, args };
  if (command === undefined) {
    return refuseWith(site, 'timeout', {
      must: 'come with a command',
      got: inWords(timeout.toHumanString()),
      remedy: "the image's own program is not known at synth, so nothing can stop it",
    });
  }
  checkPassedOn(site, { ...defaults.env, ...env });
  const start = programStart(runBounded(), defaults.programs);
  return { ...start, args: [site.id, `${timeout.toSeconds()}`, ...command, ...args ?? []] };
}

/** Some shells pass on no variable whose name is no identifier, and the program would miss it without a word. */
function checkPassedOn(site: Site, env: object): void {
  const lost = Object.keys(env).find(name => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (lost === undefined) return;
  refuseWith(site, 'env', {
    must: 'have names of letters, digits and _ when there is a timeout',
    got: lost,
    remedy: 'the shell that keeps the time may not pass on others, so leave timeout out',
  });
}
