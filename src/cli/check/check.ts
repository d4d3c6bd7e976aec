import type { PlacedFinding, Place } from '../finding';
import { inWrittenOrder, isIgnored, placeOfCommand } from '../manifests/places';
import type { Manifests } from '../manifests/pods';
import { RULES } from '../rules';
import type { Hit, Rule } from '../rules/rule';

/** What the rules find, in the order in which it is written. */
export function findingsIn(
  manifests: Manifests,
  rules: readonly Rule[] = RULES,
): PlacedFinding[] {
  const found = rules.flatMap(rule =>
    rule
      .find(manifests)
      .filter(({ pod }) => !isIgnored(pod, rule.name))
      .map(hit => findingOf(rule, hit)),
  );
  return inWrittenOrder(found, manifests);
}

function findingOf(rule: Rule, hit: Hit): PlacedFinding {
  const { severity = rule.severity, message, remedy } = hit;
  return {
    severity,
    rule: rule.name,
    path: pathOf(hit),
    message,
    remedy,
    place: hit.place ?? placeOf(hit),
  };
}

function pathOf({ pod: { namespace, kind, name }, container }: Hit): string {
  return [namespace, kind, name, container?.name]
    .filter(each => each !== undefined)
    .join('/');
}

function placeOf({ pod, container, command, at = '' }: Hit): Place {
  if (command && container) return placeOfCommand(container, command);
  return pod.manifest.placeOf(`${container?.pointer ?? pod.pointer}${at}`);
}
