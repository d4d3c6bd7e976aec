import { createHash } from 'crypto';

/**
 * A name for something that belongs to a step, at most as long as Kubernetes takes; a hash tells apart long
 * ids that begin alike.
 */
export function childName(id: string, suffix: string): string {
  const most = 62 - suffix.length;
  if (id.length <= most) return `${id}-${suffix}`;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, most - 9).replace(/-+$/, '')}-${hash}-${suffix}`;
}
