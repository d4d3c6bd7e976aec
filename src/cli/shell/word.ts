import type { Assignment, Word, WordPart } from 'unbash';

/** A word of a shell program. */
export interface ShellWord {
  /** As it is written. */
  readonly text: string;
  /** What it comes to, if that is known before the program runs. */
  readonly value?: string;
}

/** What a variable holds, if that is known before the program runs. */
export type Variables = (name: string) => string | undefined;

/** A word of a program, with the variables replaced that are known. */
export function wordOf(word: Word | Assignment, variables: Variables): ShellWord {
  if (word.type === 'Assignment') return { text: word.text };
  return {
    text: word.text,
    value: word.parts ? valueOf(word.parts, variables) : word.value,
  };
}

function valueOf(parts: readonly WordPart[], variables: Variables): string | undefined {
  const values = parts.map(part => valueOfPart(part, variables));
  return values.includes(undefined) ? undefined : values.join('');
}

function valueOfPart(part: WordPart, variables: Variables): string | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value;
    case 'DoubleQuoted':
      return valueOf(part.parts, variables);
    case 'SimpleExpansion':
      return variables(part.text.slice(1));
    case 'ParameterExpansion':
      return isPlain(part) ? variables(part.parameter) : undefined;
    case 'BraceExpansion':
      return part.text;
    default:
      return undefined;
  }
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?}`: where the variable is known, it counts. */
function isPlain({
  prefix,
  index,
  operation,
}: Extract<WordPart, { type: 'ParameterExpansion' }>): boolean {
  return (
    prefix === undefined
    && index === undefined
    && (operation === undefined
      || (operation.type === 'Default' && /^:?[-?]$/.test(operation.operator)))
  );
}
