import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import type * as kplus from 'cdk8s-plus-28';
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

const configMap = { name: 'texts' } as kplus.IConfigMap;
const key = FileSource.fromConfigMap(configMap, 'key');

test('texts that are known are put together at synth, each from a line of its own on', () => {
  const joined = (...texts: string[]) => FileSource.concat(texts.map(text => FileSource.inline(text))).text;

  expect([
    joined('1', '2'), joined('1\n', '2\n'), joined('', '1', '', '2\n', '', '\n3'), joined('1'), joined('', ''),
  ]).toEqual(['1\n2', '1\n2\n', '1\n2\n\n3', '1', '']);
});

test('what is put together is described by its parts, and is secret if one of them is', () => {
  const secret = FileSource.fromSecret({ name: 'keys' } as kplus.ISecret, 'key', { optional: true });
  const whole = FileSource.concat([FileSource.concat([FileSource.inline('a'), key]), secret]);

  const { description, text, isSecret, isOptional, parts } = whole;
  expect({ description, text, isSecret, isOptional, parts: parts.map(each => each.isOptional) }).toEqual({
    description: 'inline text, key key of ConfigMap texts, key key of Secret keys',
    text: undefined,
    isSecret: true,
    isOptional: false,
    parts: [false, false, true],
  });
  expect(FileSource.concat([key]).parts).toEqual([key]);
});

test('a step gets each part in a file, and one that may be missing in a folder of its own', () => {
  const web = deployment();
  const template = FileSource.concat([
    FileSource.inline('a'), FileSource.fromConfigMap(configMap, 'key', { optional: true }),
  ]);
  new GenerateConfig(web, 'generate', { template });

  const { initContainers: [{ env, volumeMounts }], volumes } = podSpec(web);
  const hash = 'ca978112ca';
  expect(env.filter(({ name }: any) => name.startsWith('step_template')))
    .toEqual([{ name: 'step_template_parts', value: '/in/template-1 /in/template-2/text' }]);
  expect(volumeMounts.filter(({ mountPath }: any) => mountPath.startsWith('/in/'))).toEqual([
    { mountPath: '/in/template-1', name: `template-1-${hash}`, subPath: 'template-1', readOnly: true },
    { mountPath: '/in/template-2', name: 'generate-text', readOnly: true },
  ]);
  expect(volumes.filter(({ configMap: shown }: any) => shown)).toEqual([
    { name: `template-1-${hash}`, configMap: { name: `template-1-${hash}` } },
    { name: 'generate-text', configMap: { name: 'texts', optional: true, items: [{ key: 'key', path: 'text' }] } },
  ]);
});

test('a file source has the text that is known at synth, and no other', () => {
  expect(FileSource.inline('x').text).toBe('x');
  expect(key.text).toBeUndefined();
});
