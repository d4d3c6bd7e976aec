import type { ManifestGraph } from './graph';
import { findingsIn } from '../check/check';
import type { PlacedFinding } from '../finding';
import type { Manifests } from '../manifests/pods';
import { RULES } from '../rules';
import { circleOfWaits } from '../rules/circle-of-waits';
import type { Hit, Rule } from '../rules/rule';
import { waitsForItself } from '../rules/waits-for-itself';
import type { ReadWait } from '../startup/startup';

/** What `check` finds in manifests and their graph does not say, of the same wait, in other words. */
export function findingsBeside(graph: ManifestGraph, manifests: Manifests): PlacedFinding[] {
  const said = new Set(errorsOf(graph).map(keyOf));
  const isSaid = (hit: Hit) => (hit.severity ?? 'error') === 'error' && said.has(keyOf(hit));
  const besideGraph = (rule: Rule): Rule =>
    ({ ...rule, find: each => rule.find(each).filter(hit => !isSaid(hit)) });
  return findingsIn(
    manifests,
    RULES.map(rule => ([circleOfWaits, waitsForItself].includes(rule) ? besideGraph(rule) : rule)),
  );
}

/** The waits for which something can never start. */
function errorsOf({ findings, waits }: ManifestGraph): ReadWait[] {
  return findings.flatMap(each => (each.severity === 'error' ? waits.get(each)! : []));
}

/** A step of ours has no command. */
function keyOf({ container, command }: Partial<ReadWait>): unknown {
  return command ?? container;
}
