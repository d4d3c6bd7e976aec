import type { WantedObject } from './addresses';
import type { Cluster } from './cluster';
import { logged, type Place } from './containers';
import { oneLine } from './trouble';

/** What stands before the object in a line of ours: time, step, and that it gave up. */
const BEFORE = /^(\d{4}-\d\d-\d\dT\S+Z \S+: )?(gave up: )?/;

/** How much of its time the step had taken. */
const TIME = /, \d+ s of \d+ s$/;

/** What a step has said last of an object that it waits for, in its log or when it ended. */
export function reportOn(
  { kind, name, namespace }: WantedObject,
  place: Place,
  cluster: Cluster,
): string | undefined {
  const { status: { state, lastState }, pod } = place;
  const end = state?.terminated ?? lastState?.terminated;
  const begin = `${kind} ${name} in ${namespace ?? pod.metadata.namespace}: `;
  const about = (lines: readonly string[]) =>
    lines
      .map(line => oneLine(line).replace(BEFORE, ''))
      .filter(line => line.startsWith(begin))
      .at(-1);
  const line = about(logged(place, cluster)) ?? about((end?.message ?? '').split('\n'));
  return line?.slice(begin.length).replace(TIME, '');
}
