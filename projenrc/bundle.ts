/**
 * Bundles the command line into one file, lib/cli/main.js, with the packages that it is made of, and their licences
 * into another one beside it.
 *
 * What it takes of the library it requires from lib/, as it does what its users install beside it. It is not
 * minified: what it prints when it fails unexpectedly can be read.
 */
import { chmodSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { build, type Plugin } from 'esbuild';
import { BUNDLING } from './bundling';
import { licencesOf } from './licences';

const SOURCES = resolve('src');
const COMMAND_LINE = join(SOURCES, 'cli');
const MAIN = 'lib/cli/main.js';

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Leaves out what jsii has compiled. */
const library: Plugin = {
  name: 'library',
  setup(bundling) {
    bundling.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const module = resolve(resolveDir, path);
      const isOfLibrary =
        module.startsWith(`${SOURCES}/`) && !module.startsWith(`${COMMAND_LINE}/`);
      return isOfLibrary
        ? { path: relative(COMMAND_LINE, module), external: true }
        : undefined;
    });
  },
};

async function main(): Promise<void> {
  const { metafile } = await build({
    ...BUNDLING,
    outfile: MAIN,
    external: Object.keys(peerDependencies),
    plugins: [library],
    metafile: true,
  });
  chmodSync(MAIN, 0o755);
  const licences = licencesOf([metafile], ({ name }) => {
    throw new Error(`${name} has no file with its licence, which we must pass on`);
  });
  writeFileSync(join(dirname(MAIN), 'LICENSES.txt'), licences);
}

void main();
