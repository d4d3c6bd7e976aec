import { readdirSync } from 'fs';
import { join } from 'path';
import { LANGUAGES, highlighting, madeIn, programsOf, stepsIn } from './languages';
import type { Code } from './languages';
import { fence, folded } from './markdown';
import { ROOT, read } from './pages';
import { foldedYaml, initContainers, programName, programText } from './yaml';

/** The examples that have YAML. */
export const examples: readonly string[] = readdirSync(join(ROOT, 'test/golden'))
  .map(file => file.replace('.k8s.yaml', '')).sort();

const yamlOf = (example: string) => read(`test/golden/${example}.k8s.yaml`);
const squeezed = (text: string) => text.split('\n').map(line => line.trimEnd()).filter(line => line !== '').join('\n');

let tabs = 0;

/** Code in tabs, one for each language, that need no JavaScript. */
function inTabs(code: Code): string {
  const languages = LANGUAGES.filter(language => code.has(language));
  if (languages.length === 1) return fence('ts', code.get('TypeScript')!);
  const name = `languages-${tabs++}`;
  const buttons = languages.map((language, index) =>
    `<input type="radio" name="${name}" id="${name}-${language}" value="${language}"${index === 0 ? ' checked' : ''}>`
    + `<label for="${name}-${language}">${language}</label>`);
  const programs = languages.map(language =>
    `<div class="language">\n\n${fence(highlighting(language), code.get(language)!)}\n</div>\n`);
  return `<div class="languages">\n${buttons.join('\n')}\n${programs.join('')}</div>\n`;
}

/** TypeScript of a page: in all languages, with its YAML and a link to the whole, if it is quoted from an example. */
export function quotation(code: string, page: string): string {
  const example = quotedExample(code, page);
  if (example === undefined) return fence('ts', code);
  const programs = programsOf(example);
  const whole = squeezed(programs.get('TypeScript')!) === squeezed(code);
  const shown = inTabs(whole ? programs : stepsIn(programs, code));
  return `${shown}\n${yamlBeside(example, whole, code)}`;
}

/** The example that a page quotes: of several one that it links to. */
function quotedExample(code: string, page: string): string | undefined {
  const holding = examples.filter(example => squeezed(read(`examples/${example}.ts`)).includes(squeezed(code)));
  return holding.find(example => page.includes(`${example}.ts`)) ?? holding[0];
}

function yamlBeside(example: string, whole: boolean, code: string): string {
  const link = `[The whole program and its YAML](/examples/${example}.md)\n`;
  const yaml = whole ? yamlOf(example) : initContainers(yamlOf(example), madeIn(code).map(({ id }) => id));
  if (yaml === '') return `${link}\n`;
  return `${folded('The YAML that it makes', foldedYaml(yaml, programName), 'made')}\n${link}\n`;
}

/** A page with a program in each of its languages, and beside it what it makes. */
export function examplePage(example: string): string {
  const about = /^\/\*\*([^]*?)\*\//.exec(read(`examples/${example}.ts`))?.[1] ?? '';
  const text = about.split('\n').map(line => line.replace(/^\s*\*? ?/, '')).join('\n').trim();
  return `---\npageClass: example\naside: false\n---\n\n# ${example}\n\n${text}\n\n`
    + `<div class="beside">\n<div>\n\n${inTabs(programsOf(example))}\n</div>\n<div>\n\n`
    + `${foldedYaml(yamlOf(example), programText())}\n</div>\n</div>\n`;
}
