/**
 * The program that could not be run, in quotes as Go writes them, and what was done with it: all of the command, where
 * somebody put it in one text.
 */
const PROGRAM = new RegExp(
  'exec: "([^\\s"\\\\]*)((?:[^"\\\\]|\\\\.)*)"'
  + '(?:: (?:stat|fork/exec|chdir to cwd) .*?(?=: [a-z][a-z ]*(?:: unknown)?$))?',
  's',
);

/** What crun says of the same. */
const FILE = /`([^\s`]*)\s[^`]*`/g;

/** What a runtime says of a container that does not start, without arguments: passwords may be among them. */
export function withoutArguments(message: string): string {
  const cut = (first: string, rest: string) => rest === '' ? first : `${first} …`;
  return message
    .replace(PROGRAM, (_, first: string, rest: string) => `exec: "${cut(first, rest)}"`)
    .replace(FILE, (_, first: string) => `\`${cut(first, ' ')}\``);
}
