import { Own } from './own';
import { mayHold, type Mount, type Pod, type PodContainer } from './pod';
import { directoriesOf } from './workload-record';

const checked = new Own<true>('checked');

/**
 * Has the finished pod of a workload checked at synth, once however many steps it has.
 *
 * cdk8s validates the whole app once per chart, so the result is kept until a container or a mount is added.
 */
export function checkWhenFinished(pod: Pod): void {
  if (checked.of(pod.workload)) return;
  checked.set(pod.workload, true);
  let seen = 0;
  let findings: string[] = [];
  pod.workload.node.addValidation({
    validate: () => {
      if (pod.size !== seen) findings = faultsOf(pod);
      seen = pod.size;
      return findings;
    },
  });
}

/** What Kubernetes would refuse, or worse, take. */
function faultsOf(pod: Pod): string[] {
  const all = [...pod.initContainers, ...pod.containers];
  return [
    ...repeated(all.map(container => container.name))
      .map(name => `has two containers named '${name}'; every init and app container of a pod needs a name of its own`),
    ...all.flatMap(container => repeated(container.mounts.map(mount => mount.path))
      .map(path => `mounts two volumes at ${path} in container '${container.name}'`)),
    ...pod.containers.flatMap(container => unwritten(pod, container)),
  ];
}

/** Files of shared directories that the app is shown although no step writes them: the kubelet would make a folder of each. */
function unwritten(pod: Pod, container: PodContainer): string[] {
  const directories = directoriesOf(pod.workload);
  const isUnwritten = (mount: Mount) => mount.readOnly && mount.subPath !== undefined
    && directories.some(each => each.volume === mount.volume && !mayHold(pod, each, mount.subPath!));
  return container.mounts
    .filter(isUnwritten)
    .map(mount => `shows ${mount.subPath} of directory '${mount.volume}' in container '${container.name}', but no step writes it; `
      + 'create the step that writes it');
}

function repeated(texts: string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
