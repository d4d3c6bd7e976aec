/** Tables as Markdown, and what is said of our rows in them. */
export interface Table {
  readonly title: string;
  readonly text: string;
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  /** What is wanted of our rows. */
  readonly wanted: readonly Wanted[];
}

type Row = readonly string[];

export interface Wanted {
  /** Which rows, if not all of ours, by their first cell. */
  readonly of?: RegExp;
  readonly column: number;
  /** The largest number that is wanted in the cell, or what the cell must look like. */
  readonly is: number | RegExp;
}

const isOurs = (row: Row) => row.some(cell => cell.startsWith('this library'));

function meets(cell: string, wanted: number | RegExp): boolean {
  return typeof wanted === 'number' ? Number.parseFloat(cell) <= wanted : wanted.test(cell);
}

function missesOf({ head, rows, wanted }: Table): string[] {
  // a table without a name of ours is about us alone
  const ours = rows.some(isOurs) ? rows.filter(isOurs) : rows;
  return ours.flatMap(row => wanted
    .filter(({ of, column }) => (of?.test(row[0]) ?? true) && row[column] !== '')
    .filter(({ column, is }) => !meets(row[column], is))
    .map(({ column }) => `${row[0]}: ${head[column]} ${row[column]}`));
}

function verdict(table: Table): string {
  const misses = missesOf(table);
  return misses.length === 0 ? 'Reached.' : `**Falls short:** ${misses.join('; ')}.`;
}

/** @param measured when and on what, of a table that is written alone */
export function markdown(table: Table, measured = ''): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  const { title, text, head, rows } = table;
  if (rows.length === 0) return `## ${title}\n\n${text}\n`;
  return [
    `## ${title}`,
    '',
    [text, ...table.wanted.length === 0 ? [] : [verdict(table)], measured].join(' ').trim(),
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
  ].join('\n');
}

/** The table that is measured in a cluster, by itself. */
export const KUBELET_TITLE = 'Init containers 1 to 8 in one pod, on a real kubelet';

/** The section of a document that has this title, or nothing. */
export function sectionOf(document: string, title: string): string {
  const from = document.indexOf(`## ${title}\n`);
  if (from < 0) return '';
  const to = document.indexOf('\n## ', from);
  return document.slice(from, to < 0 ? undefined : to + 1).trimEnd() + '\n';
}

/** A document with a section in place of the one of its title, or else before what is measured in a cluster. */
export function replaceSection(document: string, title: string, section: string): string {
  const known = sectionOf(document, title);
  if (known !== '') return document.replace(known, () => section);
  const last = sectionOf(document, KUBELET_TITLE);
  if (last === '') return `${document.trimEnd()}\n\n${section}`;
  return document.replace(last, () => `${section}\n${last}`);
}
