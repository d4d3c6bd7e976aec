/**
 * Bundles the command line into one file, lib/cli/main.js, with the packages that it is made of, and their licences
 * into another one beside it.
 *
 * What it takes of the library it requires from lib/, as it does what its users install beside it. It is not
 * minified: what it prints when it fails unexpectedly can be read.
 */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { build, type Plugin } from 'esbuild';
import { BUNDLING } from './bundling';

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

/** The folders of the packages that files are of. */
function packagesOf(files: string[]): string[] {
  const folders = files.map(
    file => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '',
  );
  return [...new Set(folders)].filter(folder => folder !== '').sort();
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  if (file === undefined) {throw new Error(`${name} has no file with its licence, which we must pass on`);}
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

async function main(): Promise<void> {
  const { metafile } = await build({
    ...BUNDLING,
    outfile: MAIN,
    external: Object.keys(peerDependencies),
    plugins: [library],
    metafile: true,
  });
  chmodSync(MAIN, 0o755);
  const licences = packagesOf(Object.keys(metafile.inputs)).map(licenceOf);
  writeFileSync(
    join(dirname(MAIN), 'LICENSES.txt'),
    licences.join(`\n${'-'.repeat(80)}\n\n`),
  );
}

void main();
