import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { example, exampleNames } from './golden';

const examples = join(__dirname, '..', 'examples');
const folder = mkdtempSync(join(tmpdir(), 'examples-'));

afterAll(() => rmSync(folder, { recursive: true }));

test('every example has its golden YAML', () => {
  const programs = readdirSync(examples).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const runnable = programs.filter(file => readFileSync(join(examples, file), 'utf8').includes('app.synth()'));

  expect(exampleNames).toEqual(runnable.map(file => file.replace('.ts', '')));
});

test.each(exampleNames)('%s synthesizes to its golden YAML', name => {
  process.env.CDK8S_OUTDIR = join(folder, name);

  jest.requireActual(join(examples, `${name}.ts`));

  expect(readdirSync(join(folder, name))).toEqual([`${name}.k8s.yaml`]);
  expect(readFileSync(join(folder, name, `${name}.k8s.yaml`), 'utf8')).toBe(example(name));
});
