import type { cdk8s } from 'projen';

/** What the README and CONTRIBUTING.md tell people to run. */
export function commands(project: cdk8s.ConstructLibraryCdk8s): void {
  const programs = project.addTask('programs', {
    description: 'Make the TypeScript constants of the shell programs',
    exec: 'tsx projenrc/programs.ts',
  });
  project.preCompileTask.spawn(programs);

  project.addTask('synth', {
    description: 'Synthesize every example to manifests/ and print its steps and what is to be known of its start',
    exec: 'tsx --tsconfig examples/tsconfig.json projenrc/synth.ts',
  });
  const golden = project.addTask('golden', {
    description: 'Write what examples and programs are now to test/golden/ and .released/, to be read and committed',
  });
  golden.spawn(programs);
  golden.exec('tsx --tsconfig examples/tsconfig.json projenrc/synth.ts test/golden');
  golden.exec('tsx projenrc/changed-programs.ts');

  project.addTask('digests', {
    description: 'Ask registries for the newest patches of the images, and with --write raise them wherever they stand',
    exec: 'tsx projenrc/digests.ts',
    receiveArgs: true,
  });

  const docgen = project.addTask('docgen', {
    description: 'Write the reference of what was compiled last, the rules of check and the pictures into docs/',
    exec: 'tsx projenrc/reference/main.ts',
  });
  docgen.exec('tsx projenrc/check-page.ts');
  docgen.exec('tsx projenrc/pictures/main.ts');
  project.postCompileTask.spawn(docgen);

  const compat = project.tasks.tryFind('compat')!;
  compat.reset('jsii-diff .released . --keys', { name: 'compare the interface with that of the last release' });
  compat.description = 'Refuse changes of the interface that would break programs written for the last release';
  project.addTask('compat:release', {
    description: 'Keep the interface, the programs and the default images as those of the last release, in .released/',
    exec: 'tsx projenrc/released.ts',
  });

  project.testTask.reset();
  project.testTask.spawn(project.preCompileTask);
  project.testTask.spawn(project.compileTask);
  project.testTask.spawn(project.postCompileTask);
  project.testTask.spawn(compat);
  project.testTask.exec('tsc --project test/tsconfig.json', { name: 'compile tests and examples strictly' });
  project.testTask.exec('tsc --project site/playground/tsconfig.json', { name: 'compile the playground strictly' });
  project.testTask.exec('jsii-rosetta extract --strict', { name: 'compile the examples of the documentation' });
  project.testTask.spawn(project.tasks.tryFind('eslint')!);
  project.testTask.exec('jest', { receiveArgs: true });

  project.addTask('test:unit', {
    description: 'Run the tests that need no shell',
    exec: 'jest --testPathIgnorePatterns /node_modules/ '
      + '"<rootDir>/test/(cluster|faults|kills|pictures|programs|protocols|site)/" --ci',
    receiveArgs: true,
  });

  project.addTask('test:properties', {
    description: 'Run the tests of properties that need no shell with new inputs, which the other commands never try',
    env: { NEW_INPUTS: '1' },
    exec: 'jest --ci test/wrong-types.property test/endpoint.property test/startup/order test/private/escape',
    receiveArgs: true,
  });

  project.addTask('test:newest', {
    description: 'Run the tests that need no shell with the newest cdk8s, cdk8s-plus-28, cdk8s-plus-34 and constructs',
    exec: '.ci/newest',
  });

  project.addTask('test:faults', {
    description: 'Run the programs through the whole matrix of faults, '
      + 'as root in containers and a network of their own',
    exec: testsIn('@(programs|faults)', 'test/lab/enter jest', NO_CONTAINER),
    receiveArgs: true,
  });

  project.addTask('test:kills', {
    description: 'Kill every step that fills a volume at 50 instants of its run (KILLS), and run it again',
    exec: testsIn('kills', 'test/lab/enter jest'),
    receiveArgs: true,
  });

  project.addTask('test:moving', {
    description: 'Run the same with the newest curl that there is',
    env: { LAB_KINDS: 'moving' },
    exec: testsIn('@(programs|faults)', 'test/lab/enter jest', NO_CONTAINER),
    receiveArgs: true,
  });

  project.addTask('test:protocols', {
    description: 'Ask real servers in their protocols, in each of their states: PostgreSQL, MariaDB, Redis, ...',
    exec: testsIn('protocols', 'test/lab/enter jest'),
    receiveArgs: true,
  });

  const bench = project.addTask('bench', {
    description: 'Measure the programs and the library beside what people use today, and write docs/benchmarks.md',
  });
  bench.spawn(project.compileTask);
  bench.exec('test/lab/enter tsx bench/main.ts', { receiveArgs: true });

  project.addTask('bench:kubelet', {
    description: 'Measure in the cluster of KUBECONFIG what one more init container costs, into docs/benchmarks.md',
    exec: 'tsx bench/kubelet.ts',
  });

  project.addTask('test:pictures', {
    description: 'Draw the start-up of every example with Graphviz and Mermaid',
    exec: testsIn('pictures'),
    receiveArgs: true,
  });

  site(project);

  const languages = project.addTask('test:languages', {
    description: 'Build the package for Python, Java and Go, run the examples there, '
      + 'and compare what they make with TypeScript',
  });
  languages.spawn(project.compileTask);
  languages.exec('test/languages/run', { receiveArgs: true });

  project.addTask('test:cluster', {
    description: 'Run the examples in the cluster of KUBECONFIG',
    exec: testsIn('cluster', 'jest --runInBand'),
    receiveArgs: true,
  });
}

/** The documentation as a site, whose generator has packages of its own in site/. */
function site(project: cdk8s.ConstructLibraryCdk8s): void {
  const build = project.addTask('site', {
    description: 'Build the documentation site into site/dist/; SITE_BASE is the folder below which it is served',
  });
  const stale = '! [ site/node_modules/.package-lock.json -nt site/package-lock.json ]';
  build.exec('npm ci --prefix site', { condition: stale });
  build.exec('tsx site/playground/build.ts', { condition: '[ -e site/playground/build.ts ]' });
  build.exec('tsx projenrc/site/main.ts');
  build.exec('site/node_modules/.bin/vitepress build site');

  project.addTask('test:site', {
    description: 'Read the built site in Chromium: links, search, languages, dark, narrow, without JavaScript',
    exec: testsIn('site'),
    receiveArgs: true,
  });
}

/**
 * The tests of folders that `npm test` leaves out.
 *
 * --ci ends the list of patterns: what people add is a test to run, not one more to ignore.
 */
/** The text of a program is the same everywhere: `npm test` has looked at it. */
const NO_CONTAINER = ['test/programs/lint.test.ts'];

function testsIn(folders: string, jest = 'jest', ignored: readonly string[] = []): string {
  const tests = `"<rootDir>/test/${folders}/**/*.test.ts"`;
  return `${jest} --testMatch ${tests} --testPathIgnorePatterns ${['/node_modules/', ...ignored].join(' ')} --ci`;
}
