import type { Edge } from './plan';

/** Who waits in which step for what, as most findings begin. */
export function waitInWords({ wait, address }: Edge): string {
  return `waits in step '${wait.step.node.id}' for ${address}`;
}

/** The workloads of which one must answer. */
export function backendsInWords({ backends }: Edge): string {
  return listed(backends.map(each => each.path), 'or');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

/** Seconds as people say them. */
export function inTime(seconds: number): string {
  if (seconds === Infinity) return 'no time limit';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [
    [hours, 'h'],
    [minutes, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 s'
  );
}
