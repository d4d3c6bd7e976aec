#!/usr/bin/env node
import { run } from './program';
import { processTerminal } from './terminal';

// Whoever reads the output may have enough: `check … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void run(process.argv.slice(2), processTerminal()).then(code => {
  process.exitCode = code;
});
