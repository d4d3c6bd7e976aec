import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, posix } from 'path';

export const ROOT = join(__dirname, '../..');

/** Files beside docs/ that are pages, too, if they are there. */
const OTHERS: readonly (readonly [source: string, page: string])[] = [
  ['site/home.md', 'index.md'],
  ['README.md', 'overview.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
  ['SECURITY.md', 'security.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['CODE_OF_CONDUCT.md', 'code-of-conduct.md'],
];

export const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
export const exists = (file: string) => existsSync(join(ROOT, file));

/** docs/cookbook/README.md: cookbook/index.md. */
function pageOf(source: string): string {
  if (source === 'docs/examples.md') return 'examples/index.md';
  return source.replace('docs/', '').replace(/README\.md$/, 'index.md');
}

function documents(): string[] {
  const files = readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[];
  return files.filter(file => file.endsWith('.md')).map(file => `docs/${file.replaceAll('\\', '/')}`).sort();
}

/** Which page each file of the repository becomes. */
export const pages: ReadonlyMap<string, string> = new Map([
  ...OTHERS.filter(([source]) => exists(source)),
  ...documents().map((source): [string, string] => [source, pageOf(source)]),
]);

/** A file of the repository, as a file next to it names it. */
export function fileFrom(source: string, link: string): string {
  return posix.normalize(posix.join(posix.dirname(source), link));
}
