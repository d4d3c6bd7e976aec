import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

const FOLDER = join(__dirname, 'golden');

/** The files in `test/golden`. */
export function goldenFiles(): string[] {
  return readdirSync(FOLDER);
}

/** The YAML of an example, which `test/examples.test.ts` keeps equal to what the example synthesizes. */
export function goldenYaml(example: string): string {
  return readFileSync(join(FOLDER, `${example}.k8s.yaml`), 'utf8');
}

/** The YAML of an example as objects. */
export function goldenManifests(example: string): any[] {
  return parseAllDocuments(goldenYaml(example)).map(document => document.toJS());
}
