import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build } from 'esbuild';
import { BUNDLING } from '../../projenrc/bundling';

/** Bundles the command line as the package has it, but with all that it takes, and returns the file. */
export async function bundled(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'command-line-')), 'main.js');
  await build({ ...BUNDLING, outfile, logLevel: 'error' });
  return outfile;
}
