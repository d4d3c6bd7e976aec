import type { Container, Manifests, Pod } from './pods';
import type { Place, PlacedFinding } from '../finding';
import type { ShellCommand } from '../shell/command';

/** On an object or a pod template: the names of rules that leave it alone, separated by commas. */
export const IGNORE = 'cdk8s-init-containers/ignore';

/** Whether a pod has a rule leave it alone. */
export function isIgnored({ annotations }: Pod, rule: string): boolean {
  return String(annotations[IGNORE] ?? '')
    .split(/[\s,]+/)
    .includes(rule);
}

/** Where a command of a container is written. */
export function placeOfCommand({ script, argv, pointer, pod }: Container, { index }: ShellCommand): Place {
  if (script) return script.manifest.placeOf(script.pointer, index);
  return pod.manifest.placeOf(argv[0]?.pointer ?? pointer);
}

/** Findings in the order in which it is written what they are about. */
export function inWrittenOrder(findings: readonly PlacedFinding[], { all }: Manifests): PlacedFinding[] {
  const files = [...new Set(all.map(manifest => manifest.placeOf('').file))];
  const orderOf = ({ place }: PlacedFinding) =>
    files.indexOf(place.file) * 1e9 + place.line * 1e3 + Math.min(place.column, 999);
  return [...findings].sort((one, other) => orderOf(one) - orderOf(other));
}
