import {
  idsOf, inWords, isShutOut, ownerOf, userOf,
} from './file-access';
import type { StartupFinding } from './finding';
import { listed } from './wording';
import type { Workload } from './workloads';
import type { PodContainer, PodContents } from '../pod/pod';
import { recordOf, stepOf, type HandedOver } from '../pod/workload-record';
import { mayAccess } from '../values/file-mode';
import type { User } from '../values/user';

/** Files that a step hands over for the app to change, and that are not the app's to change. */
export function unwritableFiles(from: Workload): StartupFinding[] {
  const { handedOver } = recordOf(from.pod.workload);
  if (handedOver.length === 0) return [];
  const finished = from.pod.finished();
  return handedOver.flatMap(each => unwritable(from, each, finished));
}

function unwritable(
  from: Workload,
  handed: HandedOver,
  pod: PodContents,
): StartupFinding[] {
  const { step, what, mode } = handed;
  const shutOut = shutOutOf(handed, pod);
  if (shutOut.length === 0) return [];
  return [{
    from,
    step: stepOf(from.pod.workload, step),
    message: `lets ${listed(shutOut.map(each => inWords(each, pod.user)))} change ${what}, `
      + `but it belongs to user ${writerOf(handed, pod)!.uid}`,
    remedy: `run the step as RunAs.user(${idsOf(userOf(shutOut[0], pod.user))})`
      + (mode === undefined ? '' : ', or give the pod an fsGroup and the file the mode 0o660'),
  }];
}

function writerOf({ step }: HandedOver, pod: PodContents): User | undefined {
  const writer = pod.initContainers.find(({ name }) => name === step);
  return writer && ownerOf(writer, pod.user);
}

function shutOutOf(handed: HandedOver, pod: PodContents): PodContainer[] {
  const owner = writerOf(handed, pod);
  if (owner?.uid === undefined) return [];
  const { mode, containers } = handed;
  const may = (who: 'group' | 'others', access: 'read' | 'write') =>
    (mode === undefined ? who === 'group' && pod.user.fsGroup !== undefined : mayAccess(who, mode, access));
  return pod.containers.filter(container => {
    const reader = userOf(container, pod.user);
    const isOut = (access: 'read' | 'write') =>
      isShutOut(reader, { owner, byGroup: may('group', access), byOthers: may('others', access) }, pod.user);
    // Who may not even read is told of that.
    const isTold = mode !== undefined && isOut('read');
    return containers.includes(container.name) && !isTold && isOut('write');
  });
}
