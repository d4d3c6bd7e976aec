import * as kplus from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import type { AppContainer } from './app-container';
import { defaultsAt, DEFAULT_TIMEOUT } from './init-defaults';
import { INIT_STEP_PROPS, type InitStepProps } from './init-step-props';
import { secondsToStart, sidecarFields } from './keeps-running';
import { Outputs } from './outputs';
import { budgetIn, ownProgram, type StepDefaults } from './own-program';
import type { ContainerFields } from './private/pod/pod';
import { stepSiteOf, type Site } from './private/pod/site';
import { requirePod } from './private/pod/workload-pod';
import { recordOf } from './private/pod/workload-record';
import { checkStartupAtSynth } from './private/startup/startup-validation';
import { accessMounts, checkAccess, grantAccess } from './private/step/api-access';
import {
  awaitedCondition, conditionInText, conditionInWords, type AwaitedCondition,
} from './private/step/condition';
import { doubtsAboutConditions } from './private/step/condition-doubts';
import { lockedDown, stepFields } from './private/step/container';
import { checkedDoubts, doubtsAboutUse } from './private/step/doubts';
import { fileMounts } from './private/step/input-files';
import { likenessOf, mountsLike } from './private/step/like-container';
import { storageMounts } from './private/step/mounts';
import { addStep } from './private/step/step-record';
import { storedKeys } from './private/step/stored-key';
import { endpointTarget } from './private/step/target';
import { nameOfClass } from './private/values/class-name';
import {
  checkKinds, checkNames, isObject, requireKind,
} from './private/values/kind';
import { CONSTRUCT } from './private/values/kinds';
import { propNames } from './private/values/prop-names';
import { inWords, refuse } from './private/values/refuse';
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
    if (props.retryInterval) props = { ...props, timeout: props.timeout ?? defaults.timeout };
    const like = likenessOf(site, props.likeContainer);
    const { memory } = props.resources ?? like?.resources ?? defaults.resources;
    const outputs = new Outputs(site, props, memory?.limit);
    const sidecar = sidecarFields(site, props);
    const budget = sidecar ? secondsToStart(sidecar) : budgetIn(site, props);
    const targets = (props.waitsFor ?? []).map(endpoint => endpointTarget.required(endpoint));
    const conditions = awaitedConditions(site, props);
    const doubts = checkedDoubts(site, props.warnings);
    const container = joinPod(site, { ...props, sidecar }, outputs, { ...defaults, like });
    const warnings = [
      ...doubtsAboutUse(props, container), ...doubtsAboutConditions(conditions), ...outputs.doubts(), ...doubts,
    ];
    super(scope, id);
    this.containerName = id;
    this.workload = site.pod.workload;
    const { clusterDomain, warnings: warningPolicy } = defaults;
    const keys = storedKeys(container.envVariables, props.files, volumesRead(props, container));
    const isBudgetWritten = (props.timeout ?? props.endsWithin) !== DEFAULT_TIMEOUT;
    addStep(this, site, {
      container, budget, isBudgetWritten, targets, conditions, warnings, warningPolicy, clusterDomain, keys,
    });
    grantAccess(this, site, props.apiAccess, conditions);
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

/** What it waits for, each condition once. */
function awaitedConditions(
  site: Site,
  { conditions = [], apiAccess }: InitStepProps,
): AwaitedCondition[] {
  const awaited = conditions.map(condition => awaitedCondition.required(condition));
  const { namespace } = site.pod;
  const texts = awaited.map(condition => conditionInText(condition, namespace));
  const twice = awaited.find((_, index) => texts.indexOf(texts[index]) < index);
  if (twice) refuse(site, 'conditions', 'be different', inWords(conditionInWords(twice)));
  checkAccess(site, apiAccess, awaited);
  return awaited;
}

/** The volumes of its `reads`. */
function volumesRead(
  { reads = {} }: InitStepProps,
  { volumeMounts = [] }: kplus.ContainerProps,
): kplus.Volume[] {
  return volumeMounts.filter(({ path }) => path in reads).map(({ volume }) => volume);
}

/** All that can be refused happens here, before there is a construct; nothing of what is refused stays in the pod. */
function joinPod(
  site: Site,
  props: InitStepProps & { readonly sidecar?: ContainerFields },
  outputs: Outputs,
  defaults: StepDefaults,
): kplus.ContainerProps {
  const { command, args, files } = ownProgram(site, props, defaults);
  const own = [
    ...storageMounts('writes', props.writes),
    ...outputs.mounts(),
    ...storageMounts(props.sidecar ? 'readsLater' : 'reads', props.reads),
    ...fileMounts(site, { ...props.files, ...files }),
    ...accessMounts(props.apiAccess),
  ];
  const { like } = defaults;
  const mounts = [...own, ...mountsLike(site, like, own)];
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
