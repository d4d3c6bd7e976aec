import type { Size } from 'cdk8s';
import type { Output } from './output';
import type { Site } from './private/pod/site';
import { inWords, refuseWith } from './private/values/refuse';

const REMEDY = 'set maxSize, or give the step more memory in resources';

/** Those without a directory share one that the step makes. */
export function checkMedium(site: Site, outputs: readonly Output[]): void {
  const own = outputs.filter(({ directory }) => directory === undefined);
  if (!own.some(({ inMemory }) => inMemory)) return;
  const other = own.find(({ inMemory }) => !inMemory);
  if (other === undefined) return;
  refuseWith(site, other.prop, {
    must: 'all be in memory or all on the disk, because those without a directory share one',
    got: other.written,
    remedy: 'give it a directory',
  });
}

/** What a step writes into memory counts together, in however many directories. */
export function checkSum(site: Site, outputs: readonly Output[], memory?: Size): void {
  const sum = outputs.filter(({ inMemory }) => inMemory).reduce((total, { largest }) => total + largest, 0);
  if (!memory || sum < memory.toKibibytes() * 1024) return;
  refuseWith(site, 'maxSize', {
    must: `be in sum less than the step's memory limit of ${memory.toKibibytes()} KiB, `
      + 'because all of it is in memory',
    got: inWords(`${sum / 1024} KiB`),
    remedy: REMEDY,
  });
}

/** The kernel kills a step that writes more into memory than it may have. */
export function checkMemory(
  site: Site,
  largest: number,
  directory: string,
  memory?: Size,
): void {
  if (!memory || largest < memory.toKibibytes() * 1024) return;
  refuseWith(site, 'maxSize', {
    must: `be less than the step's memory limit of ${memory.toKibibytes()} KiB, `
      + `because ${directory} is in memory`,
    got: inWords(`${largest / 1024} KiB`),
    remedy: REMEDY,
  });
}
