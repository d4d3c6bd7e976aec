import type { PlacedFinding } from '../finding';
import { findingsBeside } from '../graph/checked';
import { graphOf, type ManifestGraph } from '../graph/graph';
import type { Container, Manifests } from '../manifests/pods';

/** What the rules find in synthesized manifests, and what their graph does that the synthesis has not said. */
export function unsaidIn(manifests: Manifests): PlacedFinding[] {
  const graph = graphOf(manifests);
  return [...findingsBeside(graph, manifests), ...newIn(graph, manifests)];
}

/** A program with steps of ours has been told already what follows from these alone. */
function newIn(graph: ManifestGraph, manifests: Manifests): readonly PlacedFinding[] {
  const { findings } = graph;
  if (!manifests.pods.some(({ initContainers }) => initContainers.some(isOurs))) return findings;
  const known = new Set(graphOf(manifests, isOurs).findings.map(textOf));
  return findings.filter(each => !known.has(textOf(each))).map(each => doubted(each, graph));
}

/** The program may have said of a step that others answer, which is not in the manifests. */
function doubted(finding: PlacedFinding, { waits }: ManifestGraph): PlacedFinding {
  const hasOurs = waits.get(finding)!.some(({ container }) => isOurs(container));
  return hasOurs ? { ...finding, severity: 'warning' } : finding;
}

function isOurs(container: Container): boolean {
  return container.isOurs;
}

function textOf({ path, message }: PlacedFinding): string {
  return `${path} ${message}`;
}
