import type { CircleLink } from './judged';
import type { Manifests } from '../manifests/pods';

const known = new WeakMap<Manifests, CircleLink[][]>();

/**
 * The circles of waits in manifests. They lead through Services: where there is none, the library is not asked, which
 * takes longer to load than all rules need.
 */
export function circlesOf(manifests: Manifests): CircleLink[][] {
  const circles = known.get(manifests) ?? circlesIn(manifests);
  known.set(manifests, circles);
  return circles;
}

function circlesIn(manifests: Manifests): CircleLink[][] {
  const mayWait = manifests.pods.some(({ initContainers }) => initContainers.length > 0);
  if (!mayWait || manifests.all.every(({ kind }) => kind !== 'Service')) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const judged = require('./judged') as typeof import('./judged');
  return judged.circlesIn(manifests);
}
