import type { IConstruct, IValidation } from 'constructs';
import { otherAccounts } from './accounts';
import { lostVariables } from './lost-variables';
import { directoriesOfOthers, mountFaultsOf, repeated } from './mount-faults';
import {
  containerInWords, type Pod, type PodContainer, type PodContents,
} from './pod';
import { synthesisOf } from './synthesis';
import { recordOf, type Placement } from './workload-record';
import { memoizeLongTexts } from '../values/memoize-long-texts';

/**
 * kubectl keeps a copy of what it applies in an annotation. All annotations of an object may have 256 KiB;
 * the rest of the object needs some.
 */
const MOST_KIBIBYTES = 200;

/**
 * Has the finished pod of a workload checked at synth, once however many steps it has.
 *
 * cdk8s validates the whole app once per chart, so the result is kept until a container, a mount or a JSON
 * patch is added.
 */
export function checkWhenFinished(pod: Pod): void {
  const record = recordOf(pod.workload);
  if (record.isChecked) return;
  record.isChecked = true;
  pod.workload.node.addValidation(new FinishedPod(pod));
}

/** A class, not an object of closures, because it is asked once per workload and chart. */
class FinishedPod implements IValidation {
  private readonly root: IConstruct;
  private synthesis?: object;
  private seen?: number;
  private findings: string[] = [];

  public constructor(private readonly pod: Pod) {
    this.root = pod.workload.node.root;
  }

  public validate(): string[] {
    const synthesis = synthesisOf(this.root);
    if (synthesis && synthesis === this.synthesis) return this.findings;
    this.synthesis = synthesis;
    const size = synthesis ? undefined : this.pod.size;
    if (synthesis || size !== this.seen) this.findings = faultsOf(this.pod, this.pod.finished());
    this.seen = size;
    return this.findings;
  }
}

/** What Kubernetes would refuse, or worse, take. */
function faultsOf(pod: Pod, finished: PodContents): string[] {
  // Asked once each: a workload of cdk8s-plus lists them anew each time.
  const { initContainers, containers, isForWindows, kubeletMounts } = finished;
  const all = [...initContainers, ...containers];
  const isPatched = finished !== pod;
  const record = recordOf(pod.workload);
  return [
    ...repeated(all.flatMap(container => container.name ?? [])).map(
      name =>
        `has two containers named '${name}'; every init and app container of a pod needs a name of its own`,
    ),
    ...isForWindows && record.steps.length > 0 ? ['is for Windows, but steps are Linux containers'] : [],
    ...isPatched ? lostTo(finished, record.placements) : [],
    ...otherAccounts(pod, finished, record.accounts),
    ...lostVariables(containers, record.exported),
    ...directoriesOfOthers(pod.workload, isPatched ? [...pod.initContainers, ...pod.containers] : all),
    ...mountFaultsOf({ initContainers, containers, kubeletMounts }, record),
    ...tooMuchText(record.placements),
  ];
}

/** What the library placed, and a JSON patch of the user took away. */
function lostTo(
  { initContainers, containers, volumes }: PodContents,
  placements: readonly Placement[],
): string[] {
  const all = [...initContainers, ...containers];
  return placements.flatMap(placement => lost(placement, all, volumes));
}

function lost(
  { name, volumeMounts = [], resources = {} }: Placement,
  all: PodContainer[],
  volumes: string[],
): string[] {
  const container = containerInWords(name);
  const left = all.filter(each => each.name === name);
  if (left.length === 0) {
    return [`has lost ${container} to a JSON patch; patch fields of it, not the list`];
  }
  if (left.some(each => each.lacksQuantities) && Object.keys(resources).length > 0) {
    return [`has lost the resources of ${container} to a JSON patch; patch fields of it, not the list`];
  }
  const mounts = left.flatMap(each => each.mounts);
  return volumeMounts.flatMap(({ path, volume }) => [
    ...(mounts.some(mount => mount.path === path && mount.volume === volume.name)
      ? []
      : [
        `has lost the mount of volume '${volume.name}' at ${path} in ${container} `
          + 'to a JSON patch; add to the list, do not replace it',
      ]),
    ...(volumes.includes(volume.name)
      ? []
      : [
        `has lost volume '${volume.name}', which ${container} mounts, `
          + 'to a JSON patch; add to the list, do not replace it',
      ]),
  ]);
}

/** More text than kubectl can apply. */
function tooMuchText(placed: readonly Placement[]): string[] {
  const kibibytes = Math.ceil(placed.reduce((sum, each) => sum + bytesOfTexts(each), 0) / 1024);
  return kibibytes <= MOST_KIBIBYTES
    ? []
    : [
      `holds ${kibibytes} KiB of text in its steps, but at most ${MOST_KIBIBYTES} KiB can be applied; `
          + 'put the largest into a ConfigMap and use FileSource.fromConfigMap',
    ];
}

function bytesOfTexts({ command = [], args = [], envVariables = {} }: Placement): number {
  let bytes = 0;
  for (const text of command) bytes += bytesInAnnotation(text);
  for (const text of args) bytes += bytesInAnnotation(text);
  for (const name of Object.keys(envVariables)) {
    const { value } = envVariables[name];
    if (typeof value === 'string') bytes += bytesInAnnotation(value);
  }
  return bytes;
}

/** How long a text is as Go writes it in JSON, where `<`, `>` and `&` take six bytes each. */
const bytesInAnnotation = memoizeLongTexts(text =>
  text.length < 1024
    ? text.length
    : Buffer.byteLength(JSON.stringify(text)) + 5 * (text.split(/[<>&]/).length - 1),
);
