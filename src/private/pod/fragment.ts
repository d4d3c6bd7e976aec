import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Pod } from './pod';
import { Attached } from '../values/attached';
import { refuseAll, type Place } from '../values/refuse';

/** A pod that the program only writes parts of, for a chart or another tool to put in. */
export interface Fragment {
  /** Holds the parts, and is written nowhere. */
  readonly object: ApiObject;
  /** The parts that the program has read, as it asks for them. */
  readonly partsRead: Set<string>;
}

/** The fragment that a construct is. */
export const fragmentOf = new Attached<Fragment>('fragment', 1);

/** Whether a construct is a pod of which only parts are known. */
export function isFragment(workload: IConstruct): boolean {
  return fragmentOf.of(workload) !== undefined;
}

/** Refuses what would be missing in parts that the program has read already. */
export function requireUnread(place: Place, { workload }: Pod): void {
  const { partsRead = new Set() } = fragmentOf.of(workload) ?? {};
  if (partsRead.size === 0) return;
  refuseAll(
    place,
    `comes too late: ${[...partsRead].join(', ')} of ${workload.node.path} was read before`,
    'read the parts of a PodFragment when all of its steps are there',
  );
}
