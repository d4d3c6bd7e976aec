import type { Arrow, Box, Drawing } from './drawing';

/** Writes a drawing as a Mermaid flowchart. */
export function mermaid({ charts, outside, arrows }: Drawing): string {
  const node = ({ id, name, kind }: Box) => `${id}["${inMermaid(name)}<br>${inMermaid(kind!)}"]`;
  const arrow = ({ from, to, label, onlyName }: Arrow) =>
    `${from.id} ${onlyName ? '-.->' : '-->'}|"${inMermaid(label)}"| ${to.id}`;
  return [
    'flowchart LR',
    ...charts.flatMap(({ name, boxes }, index) => (name === '' ? boxes.map(box => `  ${node(box)}`) : [
      `  subgraph c${index + 1}["${inMermaid(name)}"]`,
      ...boxes.map(box => `    ${node(box)}`),
      '  end',
    ])),
    ...outside.map(({ id, name }) => `  ${id}(["${inMermaid(name)}"]):::outside`),
    ...unique(arrows.map(each => `  ${arrow(each)}`)),
    ...outside.length > 0 ? ['  classDef outside stroke-dasharray: 4 4'] : [],
    '',
  ].join('\n');
}

/** Writes a drawing in Graphviz's DOT language. */
export function dot({ charts, outside, arrows }: Drawing): string {
  const node = ({ id, name, kind }: Box) => `${id} [label=${inDot(name, kind!)}]`;
  const arrow = ({ from, to, label, onlyName }: Arrow) =>
    `${from.id} -> ${to.id} [label=${inDot(label)}${onlyName ? ', style=dashed' : ''}]`;
  return [
    'digraph startup {',
    '  rankdir=LR',
    '  node [shape=box]',
    ...charts.flatMap(({ name, boxes }, index) => (name === '' ? boxes.map(box => `  ${node(box)}`) : [
      `  subgraph cluster_${index + 1} {`,
      `    label=${inDot(name)}`,
      ...boxes.map(box => `    ${node(box)}`),
      '  }',
    ])),
    ...outside.map(({ id, name }) => `  ${id} [label=${inDot(name)}, shape=ellipse, style=dashed]`),
    ...unique(arrows.map(each => `  ${arrow(each)}`)),
    '}',
    '',
  ].join('\n');
}

function unique(lines: string[]): string[] {
  return [...new Set(lines)];
}

/** What Mermaid would take for HTML, or at the beginning for an item of a list of Markdown. */
const SPECIAL = /[^A-Za-z0-9 ,./:_-]|^-(?= )|(?<=^\d+)\.(?= )/gu;

/** Mermaid takes characters that are written as numbers for nothing else. */
function inMermaid(text: string): string {
  return text.replace(SPECIAL, character => `#${character.codePointAt(0)};`);
}

function inDot(...lines: string[]): string {
  return `"${lines.map(line => line.replace(/[\\"]/g, '\\$&')).join('\\n')}"`;
}
