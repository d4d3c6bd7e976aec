import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import { FileSource } from '../src';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this content. */
function fileWith(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const chart = new Chart(Testing.app(), 'shop');
const configMap = kplus.ConfigMap.fromConfigMapName(chart, 'c', 'c');
const secret = kplus.Secret.fromSecretName(chart, 's', 's');

const key = (fromStore: (store: any, name: string) => unknown, store: unknown) => () => fromStore(store, 'key');

testRefusals('FileSource', [
  ['a Secret for a ConfigMap', key(FileSource.fromConfigMap, new kplus.Secret(chart, 'keys')),
    "FileSource: 'configMap' must be a ConfigMap, got an object of class Secret; write fromSecret"],
  ['a ConfigMap for a Secret', key(FileSource.fromSecret, new kplus.ConfigMap(chart, 'texts')),
    "FileSource: 'secret' must be a Secret, got an object of class ConfigMap; write fromConfigMap"],
  ['a template that is too long',
    () => FileSource.inline('x'.repeat(128 * 1024)),
    "FileSource: 'text' must hold at most 131008 bytes, got 131072 bytes; "
      + 'put a larger text into a ConfigMap and use FileSource.fromConfigMap'],
  ['a template with a NUL character',
    () => FileSource.inline('a\0b'),
    "FileSource: 'text' must not hold NUL characters, got one"],
  ['a template that is too long in UTF-8',
    () => FileSource.inline('é'.repeat(65505)),
    "FileSource: 'text' must hold at most 131008 bytes, got 131010 bytes; "
      + 'put a larger text into a ConfigMap and use FileSource.fromConfigMap'],
  ['a template file that is too long',
    () => FileSource.fromFile(fileWith('long', 'x'.repeat(131009))),
    "FileSource: 'path' must hold at most 131008 bytes, got 131009 bytes; "
      + 'put a larger text into a ConfigMap and use FileSource.fromConfigMap'],
  ['a template file with a NUL character',
    () => FileSource.fromFile(fileWith('nul', 'a\0b')),
    "FileSource: 'path' must not hold NUL characters, got one"],
  ['a template file that is not UTF-8',
    () => FileSource.fromFile(fileWith('latin1', Buffer.from('é', 'latin1'))),
    `FileSource: 'path' must name a file in UTF-8, got "${folder}/latin1"; `
      + 'put a binary file into a ConfigMap and use FileSource.fromConfigMap'],
  ['a template file that is not there',
    () => FileSource.fromFile('/nowhere/app.conf'),
    'FileSource: \'path\' must name a readable file, got "/nowhere/app.conf"; '
      + `ENOENT, looked for in ${process.cwd()}`],
  ['a key that a ConfigMap cannot have',
    () => FileSource.fromConfigMap(configMap, 'a/b'),
    'FileSource: \'key\' must be a key of letters, digits, "-", "_" and ".", '
      + 'got "a/b"'],
  ['nothing to put together',
    () => FileSource.concat([]),
    "FileSource: 'sources' must name at least one, got none"],
  ['texts where file sources belong',
    () => FileSource.concat(['a' as any]),
    "FileSource: 'sources' must hold FileSources, got \"a\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path)'],
  ['texts that are too long together',
    () => FileSource.concat([FileSource.inline('x'.repeat(70_000)), FileSource.inline('x'.repeat(70_000))]),
    "FileSource: 'sources' must hold at most 131008 bytes, got 140001 bytes; "
      + 'put a larger text into a ConfigMap and use FileSource.fromConfigMap'],
  ['an option of a key that there is not',
    () => FileSource.fromConfigMap(configMap, 'key', { optionl: true } as any),
    "FileSource: 'optionl' must be a known property, got true; did you mean optional?"],
  ['a key that a Secret cannot have',
    () => FileSource.fromSecret(secret, '..key'),
    'FileSource: \'key\' must be a key of letters, digits, "-", "_" and ".", '
      + 'got "..key"'],
]);

testAcceptance('FileSource', [
  ['the longest text', () => FileSource.inline('x'.repeat(131008))],
  ['the longest file', () => FileSource.fromFile(fileWith('longest', 'é'.repeat(65504)))],
]);
