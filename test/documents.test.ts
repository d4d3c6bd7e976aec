import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { StartupGraph } from '../src';
import { example, exampleNames } from './golden';
import { exampleApps } from './startup/examples';

const root = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map(file => `docs/${file}`)];

/** The code blocks of one language in all documents, with the document that holds each. */
function blocks(language: string): [string, string][] {
  return documents.flatMap(file => [...read(file).matchAll(new RegExp(`^\`\`\`${language}(?: nofixture)?\n([^]*?)^\`\`\``, 'gm'))]
    .map(match => [file, match[1]] as [string, string]));
}

test.each(blocks('ts'))('%s quotes TypeScript from an example, to the letter', (_, block) => {
  const squeezed = (text: string) => text.split('\n').map(line => line.trimEnd()).filter(line => line !== '').join('\n');
  const examples = readdirSync(join(root, 'examples')).filter(file => file.endsWith('.ts')).map(file => squeezed(read('examples', file)));

  expect(examples.filter(text => text.includes(squeezed(block)))).not.toEqual([]);
});

const programs = (folder: string) => (readdirSync(join(root, folder), { recursive: true }) as string[]).filter(file => /\.(py|java|go)$/.test(file));

test.each(['python', 'java', 'go'].flatMap(language => blocks(language).map(([file, block]) => [file, language, block])))('%s quotes %s from an example, to the letter', (_, language, block) => {
  const folder = `examples/${language}`;

  expect(programs(folder).filter(file => read(folder, file).includes(block))).not.toEqual([]);
});

test('docs/languages.md quotes what users read of their mistakes', () => {
  expect(blocks('text').filter(([file]) => file === 'docs/languages.md').map(([, block]) => block)).toEqual([read('test/languages/refusals.txt')]);
});

const graphs = [...exampleApps().values()].map(app => StartupGraph.of(app));

test.each(blocks('mermaid'))('%s shows the start-up of an example', (_, block) => {
  expect(graphs.map(graph => graph.toMermaid())).toContain(block);
});

test.each(blocks('text').filter(([file]) => file === 'docs/startup-graph.md'))('%s shows the order of an example', (_, block) => {
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

test.each(blocks('yaml'))('%s quotes YAML that an example makes', (_, block) => {
  const lines = block.split('\n').filter(line => line.trim() !== '' && !line.includes('…'));

  expect(exampleNames.filter(name => standIn(example(name), lines))).not.toEqual([]);
});

test.each(documents)('the links of %s lead somewhere', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(match => match[1]);

  expect(links.filter(link => !existsSync(join(root, file, '..', link)))).toEqual([]);
});

test('API.md has the methods of the constructs that we support, not those of newer ones', () => {
  const ids = [...read('API.md').matchAll(/id="cdk8s-init-containers\.InitStep\.(\w+)"/g)].map(([, name]) => name);

  expect(ids).toEqual(['Initializer', 'toString', 'createRoot', 'isConstruct', 'of']);
});
