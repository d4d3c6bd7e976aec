import type { SyntaxNode } from 'unbash';
import type { ShellWord } from './word';

/** A command of a shell program, without what it is started by: of `timeout 5 nc -z db 5432` that is `nc`. */
export interface ShellCommand {
  /** Its name without a path; '' if it is not known before the program runs. */
  readonly name: string;
  readonly args: readonly ShellWord[];
  /** What it is started by, from the outside to the inside: `timeout`, `exec`, ... */
  readonly starters: readonly string[];
  readonly redirects: readonly { readonly operator: string; readonly target: ShellWord }[];
  /** As it is written. */
  readonly text: string;
  /** Where it begins in the text of the script. */
  readonly index: number;
  /** The parts of the program around it, from the outside to the command itself. */
  readonly around: readonly SyntaxNode[];
}

/** What starts no server, and takes no time that anybody looks at. */
export const HARMLESS = [
  'echo', 'printf', 'sleep', 'set', 'trap', 'date', 'true', ':', 'exit', 'export', '[', 'test', 'expr',
];

/** Its arguments that are no options, as far as they are known. */
export function operands({ args }: ShellCommand): (string | undefined)[] {
  return args
    .map(({ value }) => value)
    .filter(value => value === undefined || value === '-' || !/^[-+]/.test(value));
}

/**
 * Whether it has one of some options.
 *
 * @param short letters of options of one letter, which may stand together: `-fsSL`
 * @param long names of the others, with their `--`
 */
export function hasOption(
  { args }: ShellCommand,
  short: string,
  ...long: string[]
): boolean {
  const letters = new RegExp(`^-[A-Za-z0-9]*[${short}]`);
  return args.some(
    ({ text }) =>
      (short !== '' && letters.test(text))
      || long.some(each => text === each || text.startsWith(`${each}=`)),
  );
}

/** The value of an option: `-h db`, `-hdb`, `--host db` or `--host=db`. */
export function optionOf(
  { args }: ShellCommand,
  short: string | undefined,
  ...long: string[]
): ShellWord | undefined {
  for (const [index, { text, value = text }] of args.entries()) {
    if (value === `-${short}` || long.includes(value)) return args[index + 1];
    const prefix = [...long.map(each => `${each}=`), ...(short ? [`-${short}`] : [])].find(
      each => value.startsWith(each) && (each.length > 2 || !value.startsWith('--')),
    );
    if (prefix) {
      return {
        text: text.slice(prefix.length),
        value: value === text ? value.slice(prefix.length) : undefined,
      };
    }
  }
  return undefined;
}

/** What starts other commands, and how many words stand before them. */
const STARTERS: { readonly [name: string]: (words: readonly string[]) => number } = {
  'timeout': words =>
    optionsOf(words, ['-s', '-k', '--signal', '--kill-after'])
    + (words[0] === '-t' ? 2 : 1),
  'exec': words => optionsOf(words, ['-a']),
  'command': words => (words[0]?.startsWith('-') ? Infinity : 0),
  'nohup': () => 0,
  'time': words => optionsOf(words, []),
  'busybox': () => 0,
  'nice': words => optionsOf(words, ['-n']),
  'env': words => words.findIndex(word => !word.startsWith('-') && !word.includes('=')),
  'sudo': words => optionsOf(words, ['-u', '-g']),
  'su-exec': () => 1,
  'gosu': () => 1,
  'tini': words => optionsOf(words, []),
  'dumb-init': words => optionsOf(words, []),
};

function optionsOf(words: readonly string[], withValue: readonly string[]): number {
  let count = 0;
  while (words[count]?.startsWith('-')) {
    if (words[count] === '--') return count + 1;
    count += withValue.includes(words[count]) ? 2 : 1;
  }
  return count;
}

/** A command without what starts it. */
export function unwrapped(
  words: readonly ShellWord[],
): Pick<ShellCommand, 'name' | 'args' | 'starters'> {
  const [first, ...args] = words;
  const name = first?.value?.replace(/^.*\//, '') ?? '';
  const skipped = Object.hasOwn(STARTERS, name)
    ? STARTERS[name](args.map(({ text }) => text))
    : -1;
  if (skipped < 0 || skipped >= args.length) return { name, args, starters: [] };
  const inner = unwrapped(args.slice(skipped));
  return { ...inner, starters: [name, ...inner.starters] };
}
