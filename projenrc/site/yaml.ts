import { isMap, isSeq, parseAllDocuments, visit } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fence } from './markdown';

/** A program of a step: its first line tells its name, behind whatever begins a block of text. */
const PROGRAM = /^ *(?:- |[\w.-]+: )\|-?\n( +)# cdk8s-init-containers ([\w-]+) .*\n(?:(?:\1.*)?\n)*/gm;

/** What stands in the place of a program: its text, or where that is. */
export type ShowProgram = (name: string, text: string) => string;

/** YAML as blocks of code, in which programs are shown as they are to be. */
export function foldedYaml(yaml: string, show: ShowProgram): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of yaml.matchAll(PROGRAM)) {
    const [text, , name] = match;
    const [head, ...program] = text.trimEnd().split('\n');
    parts.push(fence('yaml', yaml.slice(from, match.index) + head), show(name, dedent(program.join('\n'))));
    from = match.index + text.length;
  }
  if (from < yaml.length) parts.push(fence('yaml', yaml.slice(from)));
  return `<div class="yaml">\n\n${parts.join('\n')}\n</div>\n`;
}

const lengthOf = (text: string) => `${text.split('\n').length} lines of shell`;

/** Names the program only. */
export const programName: ShowProgram = (name, text) =>
  `<p class="program">… the program of ${name}, ${lengthOf(text)} …</p>\n`;

/** Shows a program, folded, where it stands first on a page. */
export function programText(): ShowProgram {
  const shown = new Set<string>();
  return (name, text) => {
    if (shown.has(text)) return `<p class="program">… the program of ${name}, as above …</p>\n`;
    shown.add(text);
    const code = `<pre v-pre tabindex="0">${escapeHtml(text)}</pre>\n`;
    return `<details class="program"><summary>the program of ${name}, ${lengthOf(text)}</summary>${code}</details>\n`;
  };
}

/** An empty line would end the HTML in Markdown. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/^$/gm, '&#32;');
}

export function dedent(text: string): string {
  const indents = text.split('\n').filter(line => line.trim() !== '').map(line => /^\s*/.exec(line)![0].length);
  const least = Math.min(...indents);
  return text.split('\n').map(line => line.slice(least)).join('\n');
}

/** The init containers of these names, as they stand in the YAML. */
export function initContainers(yaml: string, names: readonly string[]): string {
  const found: string[] = [];
  for (const document of parseAllDocuments(yaml)) {
    visit(document, {
      Pair(_, { key, value }) {
        if (String(key) !== 'initContainers' || !isSeq(value)) return;
        const items = value.items.filter(isMap).filter(item => names.includes(String(item.get('name'))));
        found.push(...items.map(item => textOf(item, yaml)));
      },
    });
  }
  return found.join('');
}

function textOf(item: YAMLMap, yaml: string): string {
  const [start, , end] = item.range!;
  return dedent(yaml.slice(yaml.lastIndexOf('\n', start) + 1, end));
}
