import type { StartupFinding } from './finding';
import type { Workload } from './workloads';
import { fragmentOf } from '../pod/fragment';
import { isOnlyNamed } from '../pod/volume';

/** Parts of a fragment that hold something, and that the program has given to nobody. */
export function unreadParts(from: Workload): StartupFinding[] {
  const fragment = fragmentOf.of(from.pod.workload);
  if (!fragment) return [];
  const unread = partsWith(fragment.object.toJson().spec).filter(part => !fragment.partsRead.has(part));
  if (unread.length === 0) return [];
  return [{
    from,
    message: `has parts that nobody reads, and so no pod: ${unread.join(', ')}`,
    remedy: 'put them into the values of the chart, or wherever the parts go',
  }];
}

/** The parts that are not empty, as the program asks for them. */
function partsWith({ initContainers = [], volumes = [], containers }: any): string[] {
  const own = volumes.filter((volume: object) => !isOnlyNamed(volume));
  return [
    ...named('initContainers', initContainers),
    ...named('volumes', own),
    ...containers.flatMap(({ name, volumeMounts = [], env = [] }: any) => [
      ...named(`volumeMounts('${name}')`, volumeMounts),
      ...named(`env('${name}')`, env),
    ]),
  ];
}

function named(part: string, list: readonly unknown[]): string[] {
  return list.length > 0 ? [part] : [];
}
