import { readFile } from 'fs/promises';
import { unsaidIn } from './unsaid';
import { warningLine } from '../../private/startup/finding';
import type { PlacedFinding } from '../finding';
import { manifestsOf } from '../manifests/manifest';
import { podsOf, type Manifests } from '../manifests/pods';

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
    const constructPath = metadata[resource]?.path ?? path;
    logger.log(warningLine({ path: constructPath, message: `${path} ${message}`, remedy }));
  }
  const errors = found.filter(({ severity }) => severity === 'error');
  errors.forEach(each => report.addViolation(violationOf(each)));
  report.submit(errors.length > 0 ? 'failure' : 'success');
}

/** A finding, and the name of the object that it is about. */
interface FoundInObject extends PlacedFinding {
  readonly resource: string;
}

function findingsOf(manifests: Manifests): FoundInObject[] {
  return unsaidIn(manifests).map(each => ({ ...each, resource: resourceOf(each.path, manifests) }));
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
