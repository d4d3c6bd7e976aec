import type { Found, Mistake, Report } from './report';
import { findingsIn } from '../../../src/cli/check/check';
import type { PlacedFinding } from '../../../src/cli/finding';
import { findingsBeside } from '../../../src/cli/graph/checked';
import { graphOf } from '../../../src/cli/graph/graph';
import { inWords, type UnknownWait } from '../../../src/cli/graph/unknown-wait';
import { manifestsOf, UnreadableManifest } from '../../../src/cli/manifests/manifest';
import { podsOf, type Manifests } from '../../../src/cli/manifests/pods';
import type { StartupGraph } from '../../../src/startup-graph';

/** What `check` and `graph` say of manifests. */
export function check(text: string): Report {
  const manifests = read(text);
  if ('message' in manifests) return { findings: [], mistake: manifests };
  const made = graphOf(manifests);
  const { graph, findings, notes, unknown } = made;
  const all = [...findings, ...findingsBeside(made, manifests), ...notes].map(found);
  return {
    findings: [...all, ...unknown.map(unknownWait)].sort((one, other) => one.line! - other.line!),
    ...pictureOf(graph),
  };
}

/** What `check` says of what a program has made. */
export function foundIn(yaml: string): Found[] {
  const manifests = read(yaml);
  return 'message' in manifests ? [] : findingsIn(manifests).map(found);
}

/** The picture and the order, where there is a pod at all. */
export function pictureOf(graph: StartupGraph): Pick<Report, 'dot' | 'order'> {
  return graph.order().length === 0 ? {} : { dot: graph.toDot(), order: graph.toText() };
}

function read(text: string): Manifests | Mistake {
  try {
    return podsOf(manifestsOf('manifests', text));
  } catch (error) {
    if (!(error instanceof UnreadableManifest)) throw error;
    return { message: error.reason, line: error.place.line };
  }
}

function unknownWait(wait: UnknownWait): Found {
  const { path, place: { line } } = wait;
  return { severity: 'info', path, message: inWords(wait), line };
}

function found({ severity, path, message, remedy, rule, place: { line } }: PlacedFinding): Found {
  return { severity, path, message, remedy, rule, line };
}
