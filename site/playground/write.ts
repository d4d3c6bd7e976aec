import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { licencesOf } from '../../projenrc/licences';

const HERE = 'site/playground';

/** The texts of files of a folder, by their names or as `keyOf` says. */
function textsOf(folder: string, pattern: RegExp, keyOf: (file: string) => string): { [key: string]: string } {
  const files = readdirSync(folder).filter(file => pattern.test(file)).sort();
  return Object.fromEntries(files.map(file => [keyOf(file), readFileSync(join(folder, file), 'utf8')]));
}

/** What programs can be chosen, the shortest way in first. */
function programs(): { [name: string]: string } {
  const all = textsOf('examples', /^[\w-]+\.ts$/, file => file.replace('.ts', ''));
  // One wants another cdk8s-plus than the playground has.
  const { quickstart, 'newer-cdk8s-plus': _, ...others } = all;
  return { quickstart, ...others };
}

const MODULES: { readonly [name: string]: () => object } = {
  programs: () => ({ PROGRAMS: programs() }),
  files: () => ({ FILES: textsOf('examples', /\.(conf|yaml)$/, file => `/examples/${file}`) }),
  manifests: () => ({ MANIFESTS: textsOf('test/cli/tutorials', /\.yaml$/, file => file.replace('.yaml', '')) }),
};

/** Puts the examples of the repository into the bundles that import them. */
const examples: Plugin = {
  name: 'examples',
  setup(bundling) {
    bundling.onResolve({ filter: /^examples:/ }, ({ path }) => ({ path: path.split(':')[1], namespace: 'examples' }));
    bundling.onLoad({ filter: /./, namespace: 'examples' }, ({ path }) => ({
      contents: JSON.stringify(MODULES[path]()).replace(/^\{"(\w+)":(.*)\}$/s, 'export const $1 = $2;'),
    }));
  },
};

/** What stands in for modules of Node. */
const NODE = Object.fromEntries(
  ['child_process', 'crypto', 'fs', 'net', 'os', 'util'].map(name => [name, `./${HERE}/node/${name}.ts`]),
);

const COMMON = {
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  plugins: [examples],
} satisfies BuildOptions;

function bundle(entry: string, outfile: string, options: BuildOptions = {}): BuildOptions {
  return { ...COMMON, entryPoints: [`${HERE}/${entry}`], outfile, ...options };
}

/** The scripts of the page. */
function bundles(folder: string): BuildOptions[] {
  return [
    bundle('page/theme.ts', `${folder}/theme.js`),
    bundle('page/main.ts', `${folder}/page.js`),
    bundle('draw/main.ts', `${folder}/draw.js`),
    bundle('engine/main.ts', `${folder}/engine.js`, {
      // What is refused is told by the names of classes.
      keepNames: true,
      // InitContainersValidation loads the command line, which is for cdk8s-cli.
      external: ['./src/cli/main'],
      // cdk8s loads files by a script beside it.
      define: { __dirname: '"/"' },
      alias: { ...NODE, 'path': 'path-browserify', 'cdk8s-init-containers': './src/index.ts' },
    }),
  ];
}

/** Writes the playground into a folder: a page of static files that may stand below any address. */
export async function writePlayground(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['index.html', 'style.css']) copyFileSync(join(HERE, file), join(folder, file));
  const built = await Promise.all(bundles(folder).map(each => build({ ...each, metafile: true })));
  const licences = licencesOf(built.map(({ metafile }) => metafile), ({ repository }) => `See ${repository?.url}`);
  writeFileSync(join(folder, 'LICENSES.txt'), licences);
}
