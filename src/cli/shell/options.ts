import type { Command, ParsedScript } from 'unbash';

/** The options of a shell that decide what becomes of a failure. */
export interface FailureOptions {
  /** Whether it ends at the first command that fails. */
  readonly errexit: boolean;
  /** Whether a pipe fails if a command fails that is not its last. */
  readonly pipefail: boolean;
}

/** What stands behind the name of a shell, or behind `set`. */
export interface ReadOptions {
  readonly options: FailureOptions;
  /** Whether `-c` is among them: the program itself is the first operand. */
  readonly hasText: boolean;
  /** The index of the first operand. */
  readonly behind: number;
}

const NONE: FailureOptions = { errexit: false, pipefail: false };

/** These are followed by a word of their own. */
const WITH_VALUE = ['--rcfile', '--init-file'];

/** Reads options in their order: `-euo pipefail -c` switches on, `+e` off again. */
export function readOptions(words: readonly string[], before = NONE): ReadOptions {
  const options = { ...before };
  let hasText = false;
  let behind = 0;
  while (/^[-+]./.test(words[behind] ?? '')) {
    const word = words[behind++];
    if (word === '--') break;
    if (word.startsWith('--')) {
      behind += WITH_VALUE.includes(word) ? 1 : 0;
      continue;
    }
    const isOn = word.startsWith('-');
    for (const letter of word.slice(1)) {
      const name = /[oO]/.test(letter) ? words[behind++] : undefined;
      if (letter === 'c') hasText = true;
      if (letter === 'e' || name === 'errexit') options.errexit = isOn;
      if (name === 'pipefail') options.pipefail = isOn;
    }
  }
  return { options, hasText, behind };
}

/** What the commands on the outermost level of a program leave: `set`, and `trap 'exit 1' ERR` of bash. */
export function optionsSetBy(program: ParsedScript, before: FailureOptions): FailureOptions {
  return program.commands.reduce(
    (options, { command }) => command.type === 'Command' ? after(command, options) : options,
    before,
  );
}

function after({ name, args }: Command, before: FailureOptions): FailureOptions {
  const words = args.map(({ text }) => text);
  if (name?.value === 'set') return readOptions(words, before).options;
  const isTrap = name?.value === 'trap' && words.includes('ERR');
  return isTrap && /\bexit\b/.test(words[0]) ? { ...before, errexit: true } : before;
}
