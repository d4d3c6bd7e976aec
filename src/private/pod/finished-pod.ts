import type { IValidation } from 'constructs';
import { mayHold, writersOf } from './directory-use';
import { lacksMountPoint, type Mount, type VolumeMount } from './mount';
import type { Pod, PodContainer, PodContents } from './pod';
import { recordOf, type Directory, type Placement } from './workload-record';
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
  private seen = 0;
  private findings: string[] = [];

  public constructor(private readonly pod: Pod) {}

  public validate(): string[] {
    const { size } = this.pod;
    if (size !== this.seen) this.findings = faultsOf(this.pod, this.pod.finished());
    this.seen = size;
    return this.findings;
  }
}

/** What Kubernetes would refuse, or worse, take. */
function faultsOf({ workload }: Pod, finished: PodContents): string[] {
  const { initContainers, containers, volumes } = finished;
  const all = [...initContainers, ...containers];
  const { placements: placed, directories } = recordOf(workload);
  return [
    ...repeated(all.map(container => container.name)).map(
      name =>
        `has two containers named '${name}'; every init and app container of a pod needs a name of its own`,
    ),
    ...all.flatMap(container =>
      repeated(container.mounts.map(mount => mount.path)).map(
        path => `mounts two volumes at ${path} in container '${container.name}'`,
      ),
    ),
    ...placed.flatMap(placement => lost(placement, all, volumes)),
    ...all.flatMap(container => withoutMountPoint(container, finished.kubeletMounts, placed)),
    ...initContainers.flatMap((container, index) =>
      readTooEarly(container, directories, initContainers.slice(0, index)),
    ),
    ...containers.flatMap(container => unwritten(container, directories, initContainers)),
    ...tooMuchText(placed),
  ];
}

/** What the library placed, and a JSON patch of the user took away. */
function lost(
  { name, volumeMounts = [] }: Placement,
  all: PodContainer[],
  volumes: string[],
): string[] {
  const mounts = all
    .filter(container => container.name === name)
    .map(container => container.mounts);
  if (mounts.length === 0) {
    return [`has lost container '${name}' to a JSON patch; patch fields of it, not the list`];
  }
  return volumeMounts.flatMap(({ path, volume }) => [
    ...(mounts.flat().some(mount => mount.path === path && mount.volume === volume.name)
      ? []
      : [
        `has lost the mount of volume '${volume.name}' at ${path} in container '${name}' `
          + 'to a JSON patch; add to the list, do not replace it',
      ]),
    ...(volumes.includes(volume.name)
      ? []
      : [
        `has lost volume '${volume.name}', which container '${name}' mounts, `
          + 'to a JSON patch; add to the list, do not replace it',
      ]),
  ]);
}

/** Mounts below a read-only one in which no mount point can be made, if the library placed one of the two. */
function withoutMountPoint(
  { name, mounts }: PodContainer,
  kubeletMounts: readonly Mount[],
  placed: readonly Placement[],
): string[] {
  const ours = placed
    .filter(placement => placement.name === name)
    .flatMap(({ volumeMounts = [] }) => volumeMounts.map(mount => mount.path));
  const isOurs = ({ path }: Mount) => ours.includes(path);
  const all = [...mounts, ...kubeletMounts];
  return all.filter(outer => outer.readOnly).flatMap(outer =>
    all
      .filter(inner => (isOurs(inner) || isOurs(outer)) && lacksMountPoint(inner, outer))
      .map(inner => withoutMountPointInWords(inner, outer, name)),
  );
}

function withoutMountPointInWords(inner: Mount, outer: Mount, container: string): string {
  const named = ({ volume, path }: Mount) => (volume === undefined ? path : `volume '${volume}'`);
  return inner.volume === undefined
    ? `mounts ${named(outer)} read-only at ${outer.path} in container '${container}', `
      + `above ${named(inner)}, which the kubelet mounts; mount it elsewhere`
    : `mounts ${named(inner)} at ${inner.path} in container '${container}', `
      + `below ${named(outer)}, which is read-only; mount it elsewhere`;
}

/** Shared directories that an init container only reads, although none before it writes them. */
function readTooEarly(
  { name, mounts }: PodContainer,
  directories: readonly Directory[],
  earlier: PodContainer[],
): string[] {
  return mounts
    .filter(
      mount =>
        mount.readOnly
        && directories.some(each => each.volume === mount.volume)
        && writersOf(earlier, mount.volume) === 0,
    )
    .map(
      mount =>
        `reads directory '${mount.volume}' in init container '${name}', `
        + 'but none before it writes it; create the step that writes it first',
    );
}

/**
 * Files of shared directories that the app is shown although no step writes them: the kubelet would make a
 * folder of each.
 */
function unwritten(
  { name, mounts }: PodContainer,
  directories: readonly Directory[],
  initContainers: PodContainer[],
): string[] {
  const isUnwritten = (mount: VolumeMount) =>
    mount.readOnly
    && mount.subPath !== undefined
    && directories.some(
      each => each.volume === mount.volume && !mayHold(initContainers, each, mount.subPath!),
    );
  return mounts
    .filter(isUnwritten)
    .map(
      mount =>
        `shows ${mount.subPath} of directory '${mount.volume}' in container '${name}', `
        + 'but no step writes it; create the step that writes it',
    );
}

/** More text than kubectl can apply. */
function tooMuchText(placed: readonly Placement[]): string[] {
  const texts = placed
    .flatMap(({ command = [], args = [], envVariables = {} }) => [
      ...command,
      ...args,
      ...Object.values(envVariables).map(each => each.value),
    ])
    .filter(text => typeof text === 'string');
  const kibibytes = Math.ceil(texts.reduce((sum, text) => sum + bytesInAnnotation(text), 0) / 1024);
  return kibibytes <= MOST_KIBIBYTES
    ? []
    : [
      `holds ${kibibytes} KiB of text in its steps, but at most ${MOST_KIBIBYTES} KiB can be applied; `
          + 'put the largest into a ConfigMap and use FileSource.fromConfigMap',
    ];
}

/** How long a text is as Go writes it in JSON, where `<`, `>` and `&` take six bytes each. */
const bytesInAnnotation = memoizeLongTexts(text =>
  text.length < 1024
    ? text.length
    : Buffer.byteLength(JSON.stringify(text)) + 5 * (text.split(/[<>&]/).length - 1),
);

function repeated(texts: string[]): string[] {
  return new Set(texts).size === texts.length
    ? []
    : [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
