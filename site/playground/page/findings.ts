import { element } from './element';
import type { Found } from '../engine/report';

const WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;

type Severity = Found['severity'];

/** What was found, worst first: notes stand behind the rest, closed. */
export function findingsList(findings: readonly Found[], select: (line: number) => void): HTMLElement[] {
  const of = (...severities: Severity[]) => findings.filter(({ severity }) => severities.includes(severity));
  const list = (found: readonly Found[]) => element('ul', {}, ...found.map(each => item(each, select)));
  const bad = [...of('error'), ...of('warning')];
  const notes = of('info');
  const closed = () => element('details', {}, element('summary', {}, plural(notes.length, 'note')), list(notes));
  return [...bad.length > 0 ? [list(bad)] : [], ...notes.length > 0 ? [closed()] : []];
}

/** How many there are of each kind. */
export function summary(findings: readonly Found[]): string {
  const counts = (Object.keys(WORDS) as Severity[]).map(severity =>
    plural(findings.filter(each => each.severity === severity).length, WORDS[severity]));
  return counts.join(', ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function item({ severity, path, message, remedy, rule, line }: Found, select: (line: number) => void): HTMLElement {
  return element('li', { className: severity },
    element('p', { className: 'head' },
      element('strong', {}, WORDS[severity]),
      ...line === undefined ? [] : [' ', lineButton(line, select)],
      ...rule === undefined ? [] : [` ${rule}`],
    ),
    element('p', {}, element('code', {}, path), ` ${message}`),
    ...remedy === undefined ? [] : [element('p', { className: 'remedy' }, remedy)],
  );
}

/** Leads to a line of the text. */
export function lineButton(line: number, select: (line: number) => void): HTMLElement {
  return element('button', { type: 'button', onclick: () => select(line) }, `line ${line}`);
}
