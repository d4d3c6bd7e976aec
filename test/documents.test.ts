import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { StartupGraph } from '../src';
import { exampleNames } from './examples';
import { goldenYaml } from './golden';
import { exampleApps } from './startup/examples';

const root = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const pages = (readdirSync(join(root, 'docs'), { recursive: true }) as string[]).filter(file => file.endsWith('.md'));
const documents = ['README.md', 'CONTRIBUTING.md', 'site/home.md', ...pages.map(file => `docs/${file}`)];
/** The reference quotes comments of the source, whose code jsii-rosetta compiles. */
const written = documents.filter(file => !file.startsWith('docs/reference/'));

/** A code block: the document that holds it, how it begins, and its text. */
type Block = [file: string, firstLine: string, text: string];

/** The code blocks of one language in all documents. */
function blocks(language: string, files = written): Block[] {
  const block = new RegExp(`^\`\`\`${language}(?: nofixture)?\n([^]*?)^\`\`\``, 'gm');
  return files.flatMap(file => [...read(file).matchAll(block)]
    .map(([, text]): Block => [file, text.trim().split('\n')[0], text]));
}

/** A text without empty lines. */
function squeezed(text: string): string {
  return text.split('\n').map(line => line.trimEnd()).filter(line => line !== '').join('\n');
}

/** The texts of the programs in a folder and below. */
function programs(folder: string, extension: RegExp): string[] {
  const files = readdirSync(join(root, folder), { recursive: true }) as string[];
  return files.filter(file => extension.test(file)).map(file => read(folder, file));
}

test.each(blocks('ts'))('%s quotes TypeScript from an example, to the letter: %s', (_, __, block) => {
  const examples = programs('examples', /\.ts$/).map(squeezed);

  expect(examples.filter(text => text.includes(squeezed(block)))).not.toEqual([]);
});

test('the first program of the README and of docs/start.md is the whole of examples/quickstart.ts', () => {
  const first = ['README.md', 'docs/start.md'].map(file => blocks('ts', [file])[0][2]);

  expect(first).toEqual([read('examples/quickstart.ts'), read('examples/quickstart.ts')]);
});

test('docs/examples.md lists every example, and none that is not there', () => {
  const listed = [...read('docs/examples.md').matchAll(/^\| \[([\w-]+)\]\(/gm)].map(([, name]) => name);

  expect(listed.sort()).toEqual([...exampleNames, 'unit-test'].sort());
});

describe.each(['python', 'java', 'go'])('in %s', language => {
  test.each(blocks(language))('%s quotes an example, to the letter: %s', (_, __, block) => {
    const examples = programs(`examples/${language}`, /\.(py|java|go)$/);

    expect(examples.filter(text => text.includes(block))).not.toEqual([]);
  });
});

test('docs/languages.md quotes what users read of their mistakes', () => {
  const quoted = blocks('text', ['docs/languages.md']).map(([, , block]) => block);

  expect(quoted).toEqual([read('test/languages/refusals.txt')]);
});

const graphs = [...exampleApps().values()].map(app => StartupGraph.of(app));

test.each(blocks('mermaid'))('%s shows the start-up of an example: %s', (_, __, block) => {
  expect(graphs.map(graph => graph.toMermaid())).toContain(block);
});

test.each(blocks('text', ['docs/startup-graph.md']))('%s shows the order of an example: %s', (_, __, block) => {
  expect(graphs.map(graph => graph.toText())).toContain(block);
});

/** Whether all lines stand in a text in this order, others between them. */
function standIn(text: string, lines: string[]): boolean {
  let rest = text.split('\n');
  return lines.every(line => {
    const at = rest.indexOf(line);
    rest = rest.slice(at + 1);
    return at >= 0;
  });
}

test.each(blocks('yaml'))('%s quotes YAML that an example makes: %s', (_, __, block) => {
  const lines = block.split('\n').filter(line => line.trim() !== '' && !line.includes('…'));

  expect(exampleNames.filter(name => standIn(goldenYaml(name), lines))).not.toEqual([]);
});

/** Text of awk without the fields that it reads: `status("active")`, `at["reason"]`. */
function withoutFields(text: string): string {
  return text.replace(/\w+[([][^()[\]]*[)\]]/g, '');
}

/** The words in which a program says why a condition is not met, or cannot be. */
function reasonsIn(file: string): string[] {
  const calls = [...read('src/programs', file).matchAll(/report\("(?:unmet|failed|error)",([^]*?)\n {2,}(?=\w|\})/g)];
  const words = calls.flatMap(([, given]) => [...withoutFields(given).matchAll(/"([^"]+)"/g)]);
  return words.map(([, text]) => text.trim()).filter(text => /[a-z]{3}/.test(text));
}

test.each(['judge-answer.sh', 'judge-completed.sh', 'judge-met.sh', 'judge-rolled-out.sh'])(
  'docs/debugging.md explains each reason of %s', file => {
    const reasons = reasonsIn(file);
    const page = read('docs', 'debugging.md');

    expect(reasons).not.toEqual([]);
    expect(reasons.filter(reason => !page.includes(reason))).toEqual([]);
  },
);

test.each(documents)('the links of %s lead somewhere', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(match => match[1]);

  expect(links.filter(link => !existsSync(join(root, file, '..', link)))).toEqual([]);
});
