import type { PlacedFinding, Place } from '../finding';
import type { Manifests, Pod } from '../manifests/pods';
import { RULES } from '../rules';
import type { Hit, Rule } from '../rules/rule';

/** On an object or a pod template: the names of rules that leave it alone, separated by commas. */
export const IGNORE = 'cdk8s-init-containers/ignore';

/** What the rules find, in the order in which it is written. */
export function findingsIn(
  manifests: Manifests,
  rules: readonly Rule[] = RULES,
): PlacedFinding[] {
  const files = [...new Set(manifests.all.map(manifest => manifest.placeOf('').file))];
  const orderOf = ({ place }: PlacedFinding) =>
    files.indexOf(place.file) * 1e9 + place.line * 1e3 + Math.min(place.column, 999);
  return rules
    .flatMap(rule =>
      rule
        .find(manifests)
        .filter(({ pod }) => !isIgnored(pod, rule))
        .map(hit => findingOf(rule, hit)),
    )
    .sort((one, other) => orderOf(one) - orderOf(other));
}

function isIgnored({ manifest, annotations }: Pod, { name }: Rule): boolean {
  const ofObject = manifest.object.metadata?.annotations ?? {};
  return [ofObject, annotations].some(each => String(each[IGNORE] ?? '').split(/[\s,]+/).includes(name));
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
  const script = container?.script;
  if (command && script) {
    return script.manifest.placeOf(script.pointer, script.writtenAt(command.index));
  }
  const first = command && container?.argv[0]?.pointer;
  return pod.manifest.placeOf(first ?? `${container?.pointer ?? pod.pointer}${at}`);
}
