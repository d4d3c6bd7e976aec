import { createColors } from 'picocolors';

/** How commands end: nothing is wrong, something is, or they could not do what they were asked for. */
export enum ExitCode {
  NOTHING_FOUND = 0,
  FOUND = 1,
  WRONG_USE = 2,
}

/** What a command reads and writes, so that tests can stand in for it. */
export interface Terminal {
  readonly colors: ReturnType<typeof createColors>;
  /** Writes to the standard output. */
  print(text: string): void;
  /** Writes to the standard error. */
  complain(text: string): void;
  /** Reads the standard input to its end. */
  input(): Promise<string>;
}

/** Something that whoever called the command must mend; it ends with exit code 2 and without a stack trace. */
export class WrongUse extends Error {}

/** The terminal of this process. Picocolors looks at NO_COLOR, FORCE_COLOR and whether somebody reads it. */
export function processTerminal(): Terminal {
  return {
    print: text => void process.stdout.write(text),
    complain: text => void process.stderr.write(text),
    input: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    },
    colors: createColors(),
  };
}
