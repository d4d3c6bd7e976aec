/**
 * Keeps the programs of the steps out of snapshots of jest and vitest, as `Manifests.withoutPrograms` does:
 * `expect.addSnapshotSerializer(serializer)`, or this module among `snapshotSerializers` of their configuration.
 */
import { holdsProgram, withoutPrograms } from './manifests';

export const test = holdsProgram;

export function print(value: unknown, printed: (value: unknown) => string): string {
  return printed(withoutPrograms(value));
}
