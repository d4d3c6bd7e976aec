import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { LANGUAGES, programsOf, stepsIn } from '../projenrc/site/languages';
import { siteLinks } from '../projenrc/site/links';
import { partsOf } from '../projenrc/site/markdown';
import { foldedYaml, programName } from '../projenrc/site/yaml';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pagesIn = (folder: string) => readdirSync(join(root, folder)).map(file => `${folder}/${file}`);
const steps = pagesIn('docs/steps');
const reference = [...pagesIn('docs/reference'), ...steps].map(read).join('\n');

/** The calls of our classes in an example, as it writes them. */
const calls = {
  Python: [...read('examples/python/every_step.py').matchAll(/\b(?:Endpoint|FileSource|FileTree|RunAs)\.\w+\(/g)],
  Java: [...read('examples/java/src/main/java/EveryStep.java').matchAll(/\b\w+\.Builder\.create\(/g)],
  Go: [...read('examples/go/every-step/main.go').matchAll(/(?<=\bic\.)(?:New\w+|[A-Z]\w*_\w+)\(/g)],
};

test.each(Object.entries(calls))('the reference has the calls of the example in %s, as written there', (_, found) => {
  const names = [...new Set(found.map(([call]) => call))].filter(call => !/^(?:Deployment|ApiObject)\b/.test(call));

  expect(names.length).toBeGreaterThan(5);
  expect(names.filter(name => !reference.includes(name))).toEqual([]);
});

test.each(steps)('%s shows its step in every language', file => {
  const code = partsOf(read(file)).flatMap(part => 'language' in part && part.language === 'ts' ? [part.code] : [])[0];
  const example = file.includes('generate-env') ? 'database-url' : 'every-step';

  expect([...stepsIn(programsOf(example), code).keys()]).toEqual([...LANGUAGES]);
});

test('of a step\'s YAML a program is folded up to its last line, and what follows is not', () => {
  const lines = ['# cdk8s-init-containers wait sha256:1 https://x', 'f() {', '  true', '}', '', 'f'];
  const program = lines.map(line => line === '' ? '\n' : `      ${line}\n`).join('');
  const yaml = `- command:\n    - sh\n    - |\n${program}  env: []\n`;

  expect(foldedYaml(yaml, programName)).toBe([
    '<div class="yaml">\n', '```yaml', '- command:', '    - sh', '    - |', '```\n',
    '<p class="program">… the program of wait, 6 lines of shell …</p>\n', '```yaml', '  env: []', '```\n', '</div>\n',
  ].join('\n'));
});

test('badges are left out of the site, and links to files on GitHub lead to its pages', () => {
  const repository = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';
  const text = '[![npm](https://img.example/npm)](https://npm.example)\n'
    + `[why](${repository}/blob/v0.1.0/docs/why.md#x), `
    + '[it](docs/steps/sidecar.md), [a program](examples/quickstart.ts), [a folder](test/lab)';

  expect(siteLinks(text, 'README.md')).toBe('[why](/why.md#x), [it](/steps/sidecar.md), '
    + `[a program](/examples/quickstart.md), [a folder](${repository}/blob/main/test/lab)`);
});
