import { javascript, type cdk8s } from 'projen';

const FOLDER = 'site/playground';

/** What its page is made of, and what stands in for Node where the library runs in a browser. */
const PACKAGES = [
  '@codemirror/commands@^6.11.1',
  '@codemirror/lang-javascript@^6.2.5',
  '@codemirror/lang-yaml@^6.1.3',
  '@codemirror/language@^6.13.1',
  '@codemirror/state@^6.7.6',
  '@codemirror/view@^6.43.15',
  '@lezer/highlight@^1.2.3',
  '@noble/hashes@^2.4.0',
  '@viz-js/viz@^3.31.0',
  'fast-deep-equal@^3.1.3',
  'ipaddr.js@^2.5.0',
  'path-browserify@^1.0.1',
  'sucrase@^3.35.1',
];

/** The page that runs check, graph and programs in the browser: bundled by esbuild, and not a part of the package. */
export function playground(project: cdk8s.ConstructLibraryCdk8s): void {
  project.addDevDeps(...PACKAGES);
  project.addTask('playground', {
    description: 'Bundle the playground page into site/public/playground/',
    exec: `tsx ${FOLDER}/build.ts`,
  });
  new javascript.TypescriptConfig(project, {
    fileName: `${FOLDER}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
    include: ['**/*.ts'],
    exclude: ['node_modules'],
    compilerOptions: {
      noEmit: true,
      rootDir: '../..',
      module: 'esnext',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      lib: ['es2022', 'dom', 'dom.iterable'],
      paths: { 'cdk8s-init-containers': ['../../src/index.ts'] },
    },
  });
  // It has the types of a browser, which the tests and tools have not.
  project.tsconfigDev.addExclude(`../${FOLDER}`);
  project.eslint!.addLintPattern(FOLDER);
  project.eslint!.addOverride({
    files: [`${FOLDER}/**`],
    rules: {
      'import/order': 'off',
      // The nearest package.json is that of the site, which has others; the build finds what is missing.
      'import/no-extraneous-dependencies': 'off',
      // The build makes these.
      'import/no-unresolved': ['error', { ignore: ['^examples:'] }],
    },
  });
  project.gitignore.addPatterns('/site/public/playground/');
}
