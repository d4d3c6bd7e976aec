#!/usr/bin/env node
import { run } from './program';
import { processTerminal } from './terminal';
import type { ValidationContext } from './validation/validate';

/** For InitContainersValidation of the library, which finds what is bundled here only. */
export async function validate(context: ValidationContext): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  await (require('./validation/validate') as typeof import('./validation/validate')).validate(context);
}

function runHere(): void {
  // Whoever reads the output may have enough: `check … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  void run(process.argv.slice(2), processTerminal()).then(code => {
    process.exitCode = code;
  });
}

if (require.main === module) runHere();
