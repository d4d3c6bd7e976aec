import type { Edge } from './edge';
import { makerOf } from '../pod/cdk8s-internals';
import type { ServiceManifest } from '../step/service-manifest';
import { budgetOf, escapeOf } from '../step/step-record';

/** What to do about a finding where the program cannot know better than its author. */
export function unlessOthersAnswer({ wait: { step } }: Edge): string {
  return escapeOf(step)
    ?? 'or write .answeredByOthers() behind the endpoint if something answers there that this program does not make';
}

/** Who waits in which step for what, as most findings begin. */
export function waitInWords({ wait, address }: Edge): string {
  return `waits in step '${wait.step.node.id}' for ${address}`;
}

/** The workloads of which one must answer. */
export function backendsInWords({ backends }: Edge): string {
  return listed(backends.map(each => each.path), 'or');
}

/** Who waits for whom in which step. */
export function edgeInWords(edge: Edge): string {
  const { from, wait: { step }, address } = edge;
  return `${from.path} waits for ${backendsInWords(edge)} in step '${step.node.id}' (${address})`;
}

/** The most that a step waits. */
export function limitInWords({ wait: { step, timeout } }: Edge): string {
  return timeout === Infinity && budgetOf(step) === 'unknown' ? 'unknown time' : inTime(timeout);
}

/** The path of a Service as the program has it. */
export function pathOf({ object }: Pick<ServiceManifest, 'object'>): string {
  return makerOf(object).node.path;
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
