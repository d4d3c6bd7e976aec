import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { exampleNames, exampleProgram } from './examples';
import { goldenFiles, goldenYaml } from './golden';

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every example has its golden YAML', () => {
  expect(goldenFiles()).toEqual(exampleNames.map(name => `${name}.k8s.yaml`));
});

test.each(exampleNames)('example %s synthesizes to its golden YAML', name => {
  process.env.CDK8S_OUTDIR = join(folder, name);

  jest.requireActual(exampleProgram(name));

  expect(readdirSync(join(folder, name))).toEqual([`${name}.k8s.yaml`]);
  expect(readFileSync(join(folder, name, `${name}.k8s.yaml`), 'utf8')).toBe(goldenYaml(name));
});

test.each(exampleNames)('example %s is complete in itself: it imports packages alone', name => {
  const imported = [...readFileSync(exampleProgram(name), 'utf8').matchAll(/^(?:import|}) .*from '(.*)';$/gm)];

  expect(imported.map(match => match[1]).filter(each => each.startsWith('.'))).toEqual([]);
});
