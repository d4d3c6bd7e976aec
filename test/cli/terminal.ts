import { createColors } from 'picocolors';
import { run } from '../../src/cli/program';

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, without colours. */
export async function runCommand(
  args: readonly string[],
  input = '',
  colors = createColors(false),
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    print: text => {
      written.stdout += text;
    },
    complain: text => {
      written.stderr += text;
    },
    input: () => Promise.resolve(input),
    colors,
  });
  return { code, ...written };
}
