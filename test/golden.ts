import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

const folder = join(__dirname, 'golden');

/** The examples, all of which have their YAML in `test/golden`. */
export const exampleNames = readdirSync(folder).map(file => file.replace('.k8s.yaml', ''));

/** The YAML of an example, which `test/examples.test.ts` keeps equal to what the example synthesizes. */
export function example(name: string): string {
  return readFileSync(join(folder, `${name}.k8s.yaml`), 'utf8');
}

/** The same as objects. */
export function exampleManifests(name: string): any[] {
  return parseAllDocuments(example(name)).map(document => document.toJS());
}

/** The pod spec in a manifest, if its kind has one. */
export function podSpecIn({ kind, spec }: any): any | undefined {
  if (kind === 'Pod') return spec;
  return (kind === 'CronJob' ? spec.jobTemplate.spec : spec)?.template?.spec;
}
