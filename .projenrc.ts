import { cdk8s, javascript } from 'projen';
import { commandLine } from './projenrc/command-line';
import { commands } from './projenrc/commands';
import { issueForms } from './projenrc/issues';
import { layerRules } from './projenrc/layers';
import { playground } from './projenrc/playground';
import { releases } from './projenrc/releases';
import { workflowOptions, workflows } from './projenrc/workflows';

const cdk8sPlus = 'cdk8s-plus-28@^2.5.6';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-init-containers',
  description: 'Init containers for cdk8s that wait, download and generate configuration: '
    + 'bounded in time, safe to run again, and able to say why they failed.',
  keywords: [
    'cdk8s', 'cdk8s-plus', 'kubernetes', 'k8s', 'init-container', 'initContainers', 'sidecar', 'wait-for',
    'configuration',
  ],
  homepage: 'https://github.com/cdk8s-init-containers/cdk8s-init-containers#readme',
  bugsUrl: 'https://github.com/cdk8s-init-containers/cdk8s-init-containers/issues',
  author: 'cdk8s-init-containers contributors',
  authorAddress: 'cdk8s-init-containers@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-init-containers/cdk8s-init-containers.git',
  defaultReleaseBranch: 'main',
  majorVersion: 0,
  license: 'Apache-2.0',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,

  // constructs 10.5 adds IConstruct.with, with which the published Go package of cdk8s-plus no longer compiles.
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.4.0',
  jsiiVersion: '~6.0.0',
  minNodeVersion: '20.0.0',
  ...workflowOptions,
  // The next one takes Node 22; we support 20.
  bumpPackage: 'commit-and-tag-version@^12',
  nextVersionCommand: 'tsx projenrc/changelog.ts version',
  peerDeps: [cdk8sPlus],
  bin: { 'cdk8s-init-containers': 'lib/cli/main.js' },
  excludeTypescript: ['src/cli/**'],
  devDeps: [
    '@jsii/spec@^1.140.0',
    '@kubernetes/client-node@^1.4.0',
    '@mermaid-js/mermaid-cli@^11.17.0',
    'cdk8s-cli@^2.205.0',
    'cdk8s-plus-29@^2.6.0',
    'cdk8s-plus-31@^2.6.43',
    'cdk8s-plus-33@^2.5.57',
    'cdk8s-plus-34@^2.0.54',
    'commander@^13.1.0',
    'dns-packet@^5.6.1',
    'esbuild@~0.28.2',
    'fast-check@^4.10.0',
    'picocolors@^1.1.1',
    'puppeteer@^24.43.1',
    'tsx@^4.23.1',
    'unbash@^6.0.4',
    'yaml@^2.9.0',
    '@types/dns-packet@^5.6.5',
    '@types/node@^20',
  ],

  publishToPypi: { distName: 'cdk8s-init-containers', module: 'cdk8s_init_containers', trustedPublishing: true },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk8s-init-containers',
    mavenArtifactId: 'cdk8s-init-containers',
    javaPackage: 'io.github.cdk8sinitcontainers',
  },
  publishToNuget: { dotNetNamespace: 'Cdk8sInitContainers', packageId: 'Cdk8sInitContainers', trustedPublishing: true },
  publishToGo: {
    moduleName: 'github.com/cdk8s-init-containers/cdk8s-init-containers-go',
    packageName: 'cdk8sinitcontainers',
  },

  // docs/reference/ takes its place: projenrc/reference/.
  docgen: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  githubOptions: { mergify: false, pullRequestLint: false },
  sampleCode: false,

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(cluster|faults|kills|pictures|protocols|site)/'],
      modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/.released/'],
      setupFiles: ['<rootDir>/test/properties.ts'],
      moduleNameMapper: {
        '^cdk8s-init-containers$': '<rootDir>/src/index.ts',
        '^cdk8s-init-containers/lib/(.*)$': '<rootDir>/src/$1',
      },
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'bench', 'examples', 'projenrc'],
    ignorePatterns: ['src/programs/fragments.ts', '*.js', '*.d.ts', 'node_modules/'],
    commandOptions: { fix: false },
  },
  gitignore: [
    '/manifests/', '.jsii.tabl.json', '/site/.pages/', '/site/.cache/', '/site/dist/', '/site/public/',
  ],
});

layerRules(project);
project.eslint!.addRules({ '@stylistic/max-len': ['error', { code: 120 }], 'no-nested-ternary': 'error' });
project.eslint!.addOverride({ files: ['src/**'], rules: { 'max-params': ['error', 4] } });
commands(project);
commandLine(project);
playground(project);
workflows(project);
issueForms(project);
releases(project);

project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript', {
  project: ['./tsconfig.json', './examples/tsconfig.json'],
  noWarnOnMultipleProjects: true,
});
project.eslint!.addOverride({ files: ['examples/*.ts'], rules: { 'import/order': 'off' } });
project.tsconfigDev.addInclude('../examples/**/*.ts');
project.tsconfigDev.addInclude('../bench/**/*.ts');
project.tsconfigDev.file.addOverride('compilerOptions.paths', {
  'cdk8s-init-containers': ['../src/index.ts'],
  'cdk8s-init-containers/lib/*': ['../src/*'],
});
project.tryFindObjectFile('package.json')!.addOverride('jest.testMatch', ['<rootDir>/@(test|examples)/**/*.test.ts']);
const notPublished = [
  '/bench/', '/site/', '/rosetta/', '/.ci/', '/.cache/', '/.npmrc', '/.released/', '/CONTRIBUTING.md', '/SECURITY.md',
  '/CODE_OF_CONDUCT.md', '/examples/tsconfig.json', '/manifests/', '/.puppeteerrc.cjs', '.jsii.tabl.json',
  '*.tsbuildinfo',
];
notPublished.forEach(pattern => project.addPackageIgnore(pattern));
project.gitignore.addPatterns('!/.released/.jsii');
project.synth();
