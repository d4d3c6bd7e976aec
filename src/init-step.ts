import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import { defaultsAt } from './init-defaults';
import { podForStep, requirePod, requireSamePod, writersOf } from './private/pod/find-pod';
import { checkWhenFinished } from './private/pod/finished-pod';
import type { Pod } from './private/pod/pod';
import { addPlacement, addStep, directoryOf, stepsOf } from './private/pod/workload-record';
import { containerProps } from './private/step/container';
import { setTimeoutOf } from './private/step/wait-record';
import { checkEnvName, checkEnvValue, checkImage, checkPath } from './private/values/checks';
import { wholeSeconds } from './private/values/quantity';
import { inWords, placeOf, refuse, refuseAll, type Place } from './private/values/refuse';
import { runBounded } from './programs';
import { RunAs } from './run-as';

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
   * @throws when a name is none, begins with `step_` or `var_` in a step of the library, or a value is longer than 128 KiB
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * The user that the step runs as; set it to the app's user when the app must own the files (mode 0600). In a pod with an
   * `fsGroup` that is not needed: there mode 0640 lets the app read them.
   *
   * @default - RunAs.user(65534, 65534) for the library's programs and images, RunAs.inherited() for an `InitStep` with an image of its own
   */
  readonly runAs?: RunAs;
}

/** What an `InitStep` runs, reads and writes. */
export interface InitStepProps extends InitStepOptions {
  /**
   * Replaces the image's entry point.
   *
   * @default - the image's own
   * @throws when it is empty
   */
  readonly command?: string[];

  /**
   * Arguments, passed as written: `$(X)` and `$$` reach the program unchanged.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Storage to read: path in this step -> `SharedDirectory` or `Volume` (of a claim, a ConfigMap, ...); mounted read-only.
   *
   * @default - none
   * @throws when a path is not absolute, is written too or lies above another one of the step, or a directory belongs to another workload or is
   * written by no earlier step
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
   * @throws when there is no `command`, a name in `env` is no identifier (the shell that keeps the time may lose such), or it is not between one
   * second and one day
   */
  readonly timeout?: Duration;

  /**
   * Whether the image's file system may not be written.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;
}

/**
 * One init container that runs your own program; the base of every other step, also of your organisation's.
 *
 * Its scope is the workload (a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus 28 or later, or any `ApiObject`
 * with a pod template: a class of `cdk8s import`, an object of a `Helm` chart or an `Include`, a custom resource) or any construct
 * below it; its id is the container's name. Steps run in the order in which they are created; when one fails,
 * Kubernetes restarts it with back-off, and the app does not start (in a pod with `restartPolicy: Never`, the pod fails).
 *
 * At synth the finished pod is checked: that no JSON patch took away what a step needs, names and paths are unique, no file is read
 * before it is written, and the steps hold at most 200 KiB of text, so that `kubectl apply` can keep its copy.
 *
 * @throws when no scope above holds a pod template, or the id is not a container name or is taken
 * @example
 * const reports = new SharedDirectory(web, 'reports');
 * new InitStep(web, 'migrate', {
 *   image: 'flyway/flyway:10.17',
 *   command: ['flyway', 'migrate', '-outputFile=/reports/migration.json'],
 *   writes: { '/reports': reports },
 *   resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) } },
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
    return [...stepsOf(requirePod({ of: 'InitStep', path: workload.node.path }, workload).workload)] as InitStep[];
  }

  /** The container's name, for `kubectl logs <pod> -c <name>`. */
  public readonly containerName: string;

  /** The construct that holds the pod template. */
  public readonly workload: IConstruct;

  /** Everything is passed as data: nothing overridable is called while the step is being constructed. */
  public constructor(scope: Construct, id: string, props: InitStepProps) {
    super(scope, id);
    const place = placeOf(new.target.name || 'InitStep', scope, id);
    const pod = podForStep(place, scope, id);
    checkStorage(place, pod, props);
    checkImage(place, 'image', props.image);

    const defaults = defaultsAt(scope);
    const env = { ...defaults.env, ...props.env };
    for (const [name, { value }] of Object.entries(env)) {
      checkEnvName(place, 'env', name);
      checkEnvValue(place, 'env', name, value);
    }
    if (props.timeout !== undefined) checkPassedOn(place, Object.keys(env));
    const runAs = props.runAs ?? (props.image === undefined ? defaults.runAs : RunAs.inherited());
    const container = containerProps({
      name: id,
      image: props.image ?? defaults.shellImage,
      imagePullPolicy: defaults.imagePullPolicy,
      ...program(place, id, props),
      env,
      reads: props.reads ?? {},
      writes: props.writes ?? {},
      resources: props.resources ?? defaults.resources,
      user: runAs.uid,
      group: runAs.gid,
      ensureNonRoot: runAs.uid === undefined ? pod.ensureNonRoot : runAs.uid !== 0,
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? true,
    });
    pod.addInitContainer(container);
    addPlacement(pod.workload, container);
    this.containerName = id;
    this.workload = pod.workload;
    addStep(pod.workload, this);
    if (props.timeout !== undefined) setTimeoutOf(this, wholeSeconds(place, 'timeout', props.timeout), true);
    checkWhenFinished(pod);
  }
}

function checkStorage(place: Place, pod: Pod, { reads = {}, writes = {} }: InitStepProps): void {
  for (const [prop, storage] of [['reads', reads], ['writes', writes]] as const) {
    for (const [path, each] of Object.entries(storage)) {
      checkPath(place, prop, path);
      const directory = directoryOf(each);
      if (directory) requireSamePod(place, prop, pod, directory);
    }
  }
  const twice = Object.keys(reads).find(path => path in writes);
  if (twice) refuse(place, 'reads', 'name other paths than writes', twice);
  const inner = [...Object.keys(reads), ...Object.keys(writes)].find(path => Object.keys(reads).some(outer => path.startsWith(`${outer}/`)));
  if (inner !== undefined) refuse(place, 'reads', 'hold no other path of the step below them, because they are read-only', inner);
  for (const each of Object.values(reads)) {
    const directory = directoryOf(each);
    if (directory && writersOf(pod.initContainers, directory.volume) === 0) {
      refuseAll(place, `reads directory '${directory.volume}', but no earlier step writes it`, 'create the step that writes it first');
    }
  }
}

/** The shell that keeps a time limit passes on what it could have set itself; of the others dash loses each. */
function checkPassedOn(place: Place, names: string[]): void {
  const lost = names.find(name => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (lost === undefined) return;
  refuse(place, 'env', 'have names of letters, digits and _ when there is a timeout', lost,
    'the shell that keeps the time may not pass on others, so leave timeout out');
}

/** The user's program as written, or with a time limit around it. */
function program(place: Place, id: string, { command, args, timeout }: InitStepProps): { command?: string[]; args?: string[] } {
  if (command?.length === 0) refuse(place, 'command', 'hold a program', inWords('none'), "leave it out for the image's own");
  if (timeout === undefined) return { command, args };
  if (command === undefined) {
    return refuse(place, 'timeout', 'come with a command', inWords(timeout.toHumanString()), "the image's own program is not known at synth, so nothing can stop it");
  }
  return { command: ['sh', '-c', runBounded()], args: [id, `${wholeSeconds(place, 'timeout', timeout)}`, ...command, ...args ?? []] };
}
