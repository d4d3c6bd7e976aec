import * as kplus from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import type { AppContainer } from './app-container';
import { defaultsAt, DEFAULT_TIMEOUT, isOwnShell } from './init-defaults';
import { INIT_STEP_PROPS, type InitStepProps } from './init-step-props';
import { Outputs } from './outputs';
import type { Likeness } from './private/pod/likeness';
import { stepSiteOf, type Site } from './private/pod/site';
import { requirePod } from './private/pod/workload-pod';
import { recordOf } from './private/pod/workload-record';
import { checkStartupAtSynth } from './private/startup/startup-validation';
import { lockedDown, stepFields } from './private/step/container';
import { checkedDoubts, doubtsAboutUse } from './private/step/doubts';
import { fileMounts } from './private/step/input-files';
import { likenessOf, mountsLike } from './private/step/like-container';
import { storageMounts } from './private/step/mounts';
import { addStep, type Budget } from './private/step/step-record';
import { storedKeys } from './private/step/stored-key';
import { endpointTarget } from './private/step/target';
import { nameOfClass } from './private/values/class-name';
import {
  checkKinds, checkNames, isGiven, isObject, requireKind,
} from './private/values/kind';
import { CONSTRUCT } from './private/values/kinds';
import { propNames } from './private/values/prop-names';
import { secondsOrNone, wholeSeconds } from './private/values/quantity';
import { inWords, refuseAll, refuseWith } from './private/values/refuse';
import { programStart } from './program-start';
import { runBounded } from './programs';
import { RunAs } from './run-as';
import type { SharedDirectory, SharedFile } from './shared-directory';

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
    requireKind({ of: 'InitStep' }, 'workload', CONSTRUCT, workload);
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
    requireKind({ of: 'InitStep' }, 'workload', CONSTRUCT, workload);
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
    const site = named(stepSiteOf(nameOfClass(new.target), scope, id), props);
    props = checkKinds(site, props, INIT_STEP_PROPS);
    if (new.target === InitStep) checkNames(site, props, INIT_STEP_PROPS);
    const defaults = defaultsAt(scope);
    const like = likenessOf(site, props.likeContainer);
    const { memory } = props.resources ?? like?.resources ?? defaults.resources;
    const outputs = new Outputs(site, props, memory?.limit);
    const budget = budgetIn(site, props);
    const targets = (props.waitsFor ?? []).map(endpoint => endpointTarget.required(endpoint));
    const doubts = checkedDoubts(site, props.warnings);
    const container = joinPod(site, props, outputs, { ...defaults, like });
    const warnings = [...doubtsAboutUse(props, container), ...doubts];
    super(scope, id);
    this.containerName = id;
    this.workload = site.pod.workload;
    const { clusterDomain, warnings: warningPolicy } = defaults;
    const keys = storedKeys(container.envVariables, props.files, volumesRead(props, container));
    const isBudgetWritten = (props.timeout ?? props.endsWithin) !== DEFAULT_TIMEOUT;
    addStep(this, site, {
      container, budget, isBudgetWritten, targets, warnings, warningPolicy, clusterDomain, keys,
    });
    const { files, folders } = outputs.publish();
    this.outputFiles = Object.freeze(files);
    this.outputFolders = Object.freeze(folders);
    checkStartupAtSynth(this.workload);
  }
}

/** A step that passes properties up under other names has them refused under its own. */
function named(site: Site, props: InitStepProps): Site {
  return Object.assign(site, {
    names: isObject(props) ? propNames.of(props) : undefined,
  });
}

/** The volumes of its `reads`. */
function volumesRead(
  { reads = {} }: InitStepProps,
  { volumeMounts = [] }: kplus.ContainerProps,
): kplus.Volume[] {
  return volumeMounts.filter(({ path }) => path in reads).map(({ volume }) => volume);
}

/** What a step is where its properties do not say it. */
type Defaults = ReturnType<typeof defaultsAt> & { readonly like?: Likeness };

/** All that can be refused happens here, before there is a construct; nothing of what is refused stays in the pod. */
function joinPod(
  site: Site,
  props: InitStepProps,
  outputs: Outputs,
  defaults: Defaults,
): kplus.ContainerProps {
  checkRunsSomething(site, props, defaults);
  const { command, args, files } = boundedProgram(site, props, defaults);
  const own = [
    ...storageMounts('writes', props.writes),
    ...outputs.mounts(),
    ...storageMounts('reads', props.reads),
    ...fileMounts(site, { ...props.files, ...files }),
  ];
  const { like } = defaults;
  const mounts = [...own, ...mountsLike(like, own)];
  const wishes = { ...props, like, command, args, mounts };
  try {
    const { diskSpace } = outputs;
    const container = lockedDown(site, { ...wishes, diskSpace }, defaults);
    site.pod.addInitContainer(container, stepFields(wishes));
    mounts.forEach(mount => mount.provide?.());
    return container;
  } catch (error) {
    outputs.withdraw();
    throw error;
  }
}

/** How long a step may take, as far as anybody says. */
function budgetIn(
  site: Site,
  { timeout, endsWithin, waitsFor = [] }: InitStepProps,
): Budget {
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
function checkRunsSomething(
  site: Site,
  { likeContainer, image, command, args }: InitStepProps,
  defaults: Defaults,
): void {
  if (likeContainer !== undefined && ![command, args].some(isGiven)) {
    refuseAll(site, 'has likeContainer but no command, so it would run the app itself', "write command: ['...']");
  }
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
  checkPassedOn(site, { ...defaults.env, ...defaults.like?.env, ...env });
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
