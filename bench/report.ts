/** Tables as Markdown. */
export interface Table {
  readonly title: string;
  readonly text: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function markdown({ title, text, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = rows.length === 0 ? [] : ['', line(head), line(head.map(() => '---')), ...rows.map(line)];
  return [`## ${title}`, '', text, ...table, ''].join('\n');
}
