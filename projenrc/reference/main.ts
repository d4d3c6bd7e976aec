/**
 * Writes the reference from what jsii compiled last: docs/reference/, a page for each type, and on the pages of the
 * steps what stands behind the heading 'Options'.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { typeNamed, typeNames } from './assembly';
import { REFERENCE, STEPS, type Group, type Page } from './groups';
import { kebabCase } from './names';
import { referencePage, stepOptions, type PlaceOf } from './page';

const FOLDER = 'docs/reference';
const STEPS_FOLDER = 'docs/steps';
const OPTIONS = '\n## Options\n';

const fileOf = ([main]: Page) => `${kebabCase(main)}.md`;

/** In which folder and file each type stands, and whether the page is called after it. */
const places = new Map([
  ...STEPS.pages.map(page => [STEPS_FOLDER, page] as const),
  ...REFERENCE.flatMap(({ pages }) => pages.map(page => [FOLDER, page] as const)),
].flatMap(([folder, page]) => page.map((type): [string, [string, Page]] => [type, [folder, page]])));

function placesFrom(folder: string, from: Page): PlaceOf {
  return type => {
    const [where, page] = places.get(type)!;
    const file = where === folder ? fileOf(page) : `../${where.replace('docs/', '')}/${fileOf(page)}`;
    const heading = type === `${page[0]}Props` ? 'options' : type.toLowerCase();
    return (page === from ? '' : file) + (type === page[0] && page !== from ? '' : `#${heading}`);
  };
}

function listOf({ title, pages }: Group, folder: string): string {
  const rows = pages.map(page => `| [\`${page[0]}\`](${folder}${fileOf(page)}) | ${summaryOf(page[0])} |\n`);
  return `\n## ${title}\n\n| | |\n|---|---|\n${rows.join('')}`;
}

function summaryOf(type: string): string {
  return typeNamed(type).docs?.summary?.replaceAll('|', '\\|') ?? '';
}

const HEAD = `# Reference

Every class with its options, their defaults, what happens at run time, and what is refused at synth. Calls are shown
in TypeScript, Python, Java and Go; options have the names of TypeScript: in Python they are written
\`success_threshold\`, in Go \`SuccessThreshold\`, and in Java each is a method of a builder. How the
languages differ otherwise: [languages.md](../languages.md).
`;

const left = typeNames.filter(type => !places.has(type));
if (left.length > 0) throw new Error(`groups.ts gives no page to ${left.join(', ')}`);

for (const page of STEPS.pages) {
  const file = `${STEPS_FOLDER}/${fileOf(page)}`;
  const [head] = readFileSync(file, 'utf8').split(OPTIONS);
  writeFileSync(file, `${head}${OPTIONS}\n${stepOptions(page, placesFrom(STEPS_FOLDER, page))}`);
}

for (const file of readdirSync(FOLDER)) rmSync(`${FOLDER}/${file}`);
for (const page of REFERENCE.flatMap(({ pages }) => pages)) {
  writeFileSync(`${FOLDER}/${fileOf(page)}`, referencePage(page, placesFrom(FOLDER, page)));
}
const lists = [listOf(STEPS, '../steps/'), ...REFERENCE.map(group => listOf(group, ''))];
writeFileSync(`${FOLDER}/README.md`, HEAD + lists.join(''));
