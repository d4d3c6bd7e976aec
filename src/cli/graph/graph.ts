import { StartupGraph, type Finding } from '../../startup-graph';
import type { Place, PlacedFinding } from '../finding';
import { inWrittenOrder, isIgnored, placeOfCommand } from '../manifests/places';
import type { Container, Manifests, Pod } from '../manifests/pods';
import { shown } from '../rules/shown';
import { Startup, STARTUP } from '../startup/startup';

/** Who waits for whom in manifests. */
export interface ManifestGraph {
  /** The graph of the library, in which the path of a workload is `shop/Deployment/web`. */
  readonly graph: StartupGraph;
  /** What is wrong or doubtful about it, in the order in which it is written. */
  readonly findings: readonly PlacedFinding[];
  /** What is worth knowing. */
  readonly notes: readonly PlacedFinding[];
  /** The waits of which nobody knows before the pod runs what they are for. */
  readonly unknown: readonly UnknownWait[];
}

/** A wait of which only the pod knows what it is for. */
export interface UnknownWait {
  /** The path of the init container. */
  readonly path: string;
  /** The command, without passwords. */
  readonly command: string;
  readonly place: Place;
}

/**
 * Makes the start-up graph of manifests that no program of this library need have made.
 *
 * @param counts the init containers to look at, which otherwise are all
 */
export function graphOf(manifests: Manifests, counts?: (container: Container) => boolean): ManifestGraph {
  const startup = new Startup(manifests, counts);
  const graph = StartupGraph.of(startup.root);
  const placed = (findings: readonly Finding[]) => inWrittenOrder(
    findings.filter(({ path }) => !isIgnored(podAt(startup, path), STARTUP)).map(each => placedIn(startup, each)),
    manifests,
  );
  return {
    graph,
    findings: placed(graph.findings()),
    notes: placed(graph.notes()),
    unknown: unknownIn(startup),
  };
}

/** Whether the graph of the same manifests says what a rule of `check` has found. */
export function isSaidByGraph({ rule, severity }: PlacedFinding): boolean {
  return severity === 'error' && ['circle-of-waits', 'waits-for-itself'].includes(rule);
}

function placedIn(startup: Startup, finding: Finding): PlacedFinding {
  const { pointer, pod: { manifest } } = startup.steps.get(finding.path)?.container
    ?? { pointer: '/metadata/name', pod: podAt(startup, finding.path) };
  return { ...finding, rule: STARTUP, place: manifest.placeOf(pointer) };
}

function podAt({ pods, steps }: Startup, path: string): Pod {
  return steps.get(path)?.container.pod ?? pods.get(path)!;
}

function unknownIn({ steps }: Startup): UnknownWait[] {
  return [...steps].flatMap(([path, { container, reading }]) => reading.unknown.map(command => ({
    path,
    command: shown(command, container),
    place: placeOfCommand(container, command),
  })));
}
