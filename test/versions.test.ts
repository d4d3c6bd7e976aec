/** docs/versions.md says what the tests are run with. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { defaultImages } from './released-images';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/versions.md');
const { devDependencies, engines } = JSON.parse(read('package.json'));

/** What the page says of something in the column of each change. */
const testedWith = (name: string) => new RegExp(`^\\| ${name} \\| ([^|]+) \\|`, 'm').exec(page)?.[1];

test.each(['cdk8s', 'constructs', 'cdk8s-plus-28'])('docs/versions.md says the version of %s that is tested', name => {
  expect(testedWith(name)).toBe(`${devDependencies[name]}, the oldest that is allowed`);
});

test('docs/versions.md says the other versions of cdk8s-plus that are tested', () => {
  const others = Object.keys(devDependencies).flatMap(name => /^cdk8s-plus-(?!28)(\d+)$/.exec(name)?.[1] ?? []);

  expect(page).toContain(`| cdk8s-plus-${others.join(', -')}, whose workloads get steps |`);
});

test('docs/versions.md says the versions of Node that CI runs', () => {
  const ofWorkflows = [...read('.github/workflows/build.yml').matchAll(/node-version: (\d+)\.x/g)];
  const ofRun = [...read('.ci/run').matchAll(/\.ci\/node (\d+)/g)];
  const versions = [...new Set([...ofWorkflows, ...ofRun].map(([, version]) => version))].sort();

  expect(testedWith('Node')).toBe(versions.join(', '));
  expect(engines.node).toBe(`>= ${versions[0]}.0.0`);
});

test('docs/versions.md names the default images', () => {
  expect([...page.matchAll(/^\| `(docker[^`]+)` \|/gm)].map(([, image]) => image))
    .toEqual(defaultImages().map(image => image.split('@')[0]));
});
