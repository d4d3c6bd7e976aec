/** When a step is killed: instants that are spread over its run, the same ones in each run of the tests. */
import { createHash } from 'crypto';

/** How many there are in each test. */
export const KILLS = Number.parseInt(process.env.KILLS ?? '50', 10);

/** Other seeds give other instants: what fails with one is seen again with it. */
const SEED = process.env.KILLS_SEED ?? '1';

/** Parts of a run, from 0 to its end, one in each stretch of the same length. */
export function instants(name: string): number[] {
  return Array.from({ length: KILLS }, (_, index) => (index + chance(`${SEED} ${name} ${index}`)) / KILLS);
}

/** A number from 0 to below 1 that a text leads to. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE() / 2 ** 32;
}
