import { oneLine } from './trouble';

/** A line of our programs: time, step, text. */
const OURS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+: /;

/** That it goes on says less than what it has found. */
const GOES_ON = /^still (waiting|copying|unpacking|cloning)/;

/** What a stack trace ends with. */
const FRAME = /^\s+(at|File|\.\.\.|in)\b|^\s*\^+\s*$/;

/** The last line of a log that says something, without what stands in each line of it. */
export function lastLine(log: readonly string[]): string | undefined {
  const lines = log.filter(line => line.trim() !== '' && !FRAME.test(line));
  const texts = lines.map(line => oneLine(line.replace(OURS, '')));
  const telling = texts.filter(text => !GOES_ON.test(text));
  return telling.at(-1) ?? texts.at(-1);
}
