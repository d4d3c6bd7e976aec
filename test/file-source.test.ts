import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import { FileSource, GenerateConfig } from '../src';

const folder = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The text that a program gets. */
function textOf(template: FileSource): string {
  const web = deployment();
  new GenerateConfig(web, 'generate', { template });
  return podSpec(web).initContainers[0].env.find(({ name }: any) => name === 'step_template').value;
}

test('a FileSource reads its file when it is made, byte for byte, at an absolute or a relative path', () => {
  const path = join(folder, 'app.conf');
  writeFileSync(path, '\ufeffgrüß dich\r\n\n');
  const sources = [path, relative(process.cwd(), path)].map(FileSource.fromFile);
  writeFileSync(path, 'changed');

  expect(sources.map(textOf)).toEqual(['\ufeffgrüß dich\r\n\n', '\ufeffgrüß dich\r\n\n']);
  expect(sources.map(({ description }) => description))
    .toEqual([`file ${path}`, `file ${relative(process.cwd(), path)}`]);
});

test('a FileSource of inline text is described without the text', () => {
  expect(FileSource.inline('password = secret').description).toBe('inline text');
});

test('a file source has the text that is known at synth, and no other', () => {
  const configMap = kplus.ConfigMap.fromConfigMapName(new Chart(Testing.app(), 'shop'), 'texts', 'texts');

  expect(FileSource.inline('x').text).toBe('x');
  expect(FileSource.fromConfigMap(configMap, 'key').text).toBeUndefined();
});
