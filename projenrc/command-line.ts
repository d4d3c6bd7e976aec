import { javascript, type cdk8s } from 'projen';

/** What is made for `npx cdk8s-init-containers`: src/cli/, which jsii does not compile, but esbuild bundles. */
export function commandLine(project: cdk8s.ConstructLibraryCdk8s): void {
  project.compileTask.exec('tsx projenrc/bundle.ts', { name: 'bundle the command line' });
  project.tsconfig!.addExclude('src/cli');
  new javascript.TypescriptConfig(project, {
    fileName: 'src/cli/tsconfig.json',
    extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
    include: ['**/*.ts'],
    exclude: ['node_modules'],
    // The parser of shell programs is an ES module.
    compilerOptions: { noEmit: true, rootDir: '../..', module: 'node20' },
  });
  project.tsconfigDev.file.addOverride('compilerOptions.module', 'node20');
  project.eslint!.addOverride({
    files: ['src/cli/**'],
    rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] },
  });
  const { config } = project.jest!;
  config.transformIgnorePatterns = ['/node_modules/(?!unbash/)'];
  config.transform!['/unbash/.+\\.js$'] = ['ts-jest', { tsconfig: { allowJs: true }, diagnostics: false }];
}
