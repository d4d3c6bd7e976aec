import type { UnknownWait } from './unknown-wait';
import { edgesFound } from '../../private/startup/finding';
import { StartupGraph, type Finding } from '../../startup-graph';
import type { PlacedFinding } from '../finding';
import { inWrittenOrder, isIgnored, placeOfCommand } from '../manifests/places';
import type { Container, Manifests, Pod } from '../manifests/pods';
import { shown } from '../rules/shown';
import { Startup, STARTUP, type ReadWait } from '../startup/startup';

/** Who waits for whom in manifests. */
export interface ManifestGraph {
  /** The graph of the library, in which the path of a workload is `shop/Deployment/web`. */
  readonly graph: StartupGraph;
  /** What is wrong or doubtful about it, in the order in which it is written. */
  readonly findings: readonly PlacedFinding[];
  /** The waits that are wrong, for each of the findings that are about some. */
  readonly waits: ReadonlyMap<PlacedFinding, readonly ReadWait[]>;
  /** What is worth knowing. */
  readonly notes: readonly PlacedFinding[];
  /** The waits of which nobody knows before the pod runs what they are for. */
  readonly unknown: readonly UnknownWait[];
}

/**
 * Makes the start-up graph of manifests that no program of this library need have made.
 *
 * @param counts the init containers to look at, which otherwise are all
 */
export function graphOf(manifests: Manifests, counts?: (container: Container) => boolean): ManifestGraph {
  const startup = new Startup(manifests, counts);
  const graph = StartupGraph.of(startup.root);
  const waits = new Map<PlacedFinding, readonly ReadWait[]>();
  const placed = (findings: readonly Finding[]) => inWrittenOrder(
    findings.filter(({ path }) => !isIgnored(podAt(startup, path), STARTUP)).map(each => {
      const found = placedIn(startup, each);
      waits.set(found, edgesFound.required(each).map(edge => startup.waitOf(edge)));
      return found;
    }),
    manifests,
  );
  return {
    graph,
    findings: placed(graph.findings()),
    waits,
    notes: placed(graph.notes()),
    unknown: unknownIn(startup),
  };
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
