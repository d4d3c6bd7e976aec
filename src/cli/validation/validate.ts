import { readFile } from 'fs/promises';
import type { PlacedFinding } from '../finding';
import { findingsBeside } from '../graph/checked';
import { graphOf, type ManifestGraph } from '../graph/graph';
import { manifestsOf } from '../manifests/manifest';
import { podsOf, type Container, type Manifests } from '../manifests/pods';

/** A thing that cdk8s-cli is told to be wrong. */
interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: ReadonlyArray<{
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }>;
}

/** What cdk8s-cli gives to validations, as far as it is used here. */
export interface ValidationContext {
  /** The files that were synthesized. */
  readonly manifests: readonly string[];
  /** The construct path of each object, by its name. */
  readonly metadata: { readonly [name: string]: { readonly path: string } };
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure'): void;
  };
}

/** Has the report of a synthesis say what is wrong with the init containers that were written by hand. */
export async function validate({ manifests, metadata, logger, report }: ValidationContext): Promise<void> {
  const texts = await Promise.all(manifests.map(file => readFile(file, 'utf8')));
  const found = findingsOf(podsOf(texts.flatMap((text, index) => manifestsOf(manifests[index], text))));
  for (const { path, message, remedy, resource } of found.filter(({ severity }) => severity === 'warning')) {
    logger.log(`warning: [${metadata[resource]?.path ?? path}] ${path} ${message}; ${remedy}`);
  }
  const errors = found.filter(({ severity }) => severity === 'error');
  errors.forEach(each => report.addViolation(violationOf(each)));
  report.submit(errors.length > 0 ? 'failure' : 'success');
}

/** A finding, and the name of the object that it is about. */
interface FoundInObject extends PlacedFinding {
  readonly resource: string;
}

/** What the rules find, and what the start-up graph does that the synthesis itself has not said. */
function findingsOf(manifests: Manifests): FoundInObject[] {
  const graph = graphOf(manifests);
  const found = [...findingsBeside(graph, manifests), ...newIn(graph, manifests)];
  return found.map(each => ({ ...each, resource: resourceOf(each.path, manifests) }));
}

/** A program with steps of ours has been told already what follows from these alone. */
function newIn({ findings }: ManifestGraph, manifests: Manifests): readonly PlacedFinding[] {
  const isOurs = (container: Container) => container.isOurs;
  if (!manifests.pods.some(({ initContainers }) => initContainers.some(isOurs))) return findings;
  const known = new Set(graphOf(manifests, isOurs).findings.map(textOf));
  return findings.filter(each => !known.has(textOf(each)));
}

function textOf({ path, message }: PlacedFinding): string {
  return `${path} ${message}`;
}

/** The name of the object that a path leads to, or into. */
function resourceOf(path: string, { pods }: Manifests): string {
  return pods.find(({ kind, name }) => `/${path}/`.includes(`/${kind}/${name}/`))?.name ?? path;
}

function violationOf({ rule, path, message, remedy, resource, place: { file, line } }: FoundInObject): Violation {
  return {
    ruleName: rule,
    recommendation: `${path} ${message}`,
    fix: remedy,
    violatingResources: [{ resourceName: resource, locations: [`line ${line}`], manifestPath: file }],
  };
}
