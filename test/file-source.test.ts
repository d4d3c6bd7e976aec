import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
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

test('a file is read at synth, byte for byte, when the source is made, at an absolute or a relative path', () => {
  const path = join(folder, 'app.conf');
  writeFileSync(path, '\ufeffgrüß dich\r\n\n');
  const sources = [path, relative(process.cwd(), path)].map(FileSource.fromFile);
  writeFileSync(path, 'changed');

  expect(sources.map(textOf)).toEqual(['\ufeffgrüß dich\r\n\n', '\ufeffgrüß dich\r\n\n']);
  expect(sources.map(({ description }) => description)).toEqual([`file ${path}`, `file ${relative(process.cwd(), path)}`]);
});

test('a text of one\'s own is described without it', () => {
  expect(FileSource.inline('password = secret').description).toBe('inline text');
});
