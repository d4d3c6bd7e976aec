import type { PlacedFinding, Severity } from '../finding';

/** How much there is, and how much was found: `3 init containers: 1 error, 0 warnings, 2 notes`. */
export function summaryOf(what: string, found: readonly PlacedFinding[], areNotesShown: boolean): string {
  const count = (severity: Severity) => found.filter(each => each.severity === severity).length;
  const notes = count('info') > 0 && !areNotesShown ? ' (--notes shows them)' : '';
  return (
    `${what}: ${plural(count('error'), 'error')}, `
    + `${plural(count('warning'), 'warning')}, ${plural(count('info'), 'note')}${notes}\n`
  );
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
