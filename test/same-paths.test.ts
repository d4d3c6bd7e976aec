/** Steps that write to one directory: what is known to take another's place is refused, what may is a warning. */
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { testAcceptance, testRefusals } from './refusals';
import { deployment } from './workload';
import {
  CloneRepository, CopyFiles, CopyFromImage, DownloadArchive, FileSource, FileTree, GenerateConfig, IfPresent,
  InitStep, SharedDirectory, StartupGraph, type FileStepProps, type FileTreeOptions, type FolderStepProps,
} from '../src';

const configMap = { name: 'defaults' } as kplus.IConfigMap;
const template = FileSource.inline('x');

type Step = (scope: Construct, id: string, directory: kplus.IStorage) => unknown;

const copy = (path: string, props: Partial<FolderStepProps> = {}): Step => (scope, id, directory) =>
  new CopyFiles(scope, id, { directory, sources: [FileTree.fromTexts({ [path]: template })], ...props });
const copyMap = (options?: FileTreeOptions): Step => (scope, id, directory) =>
  new CopyFiles(scope, id, { directory, sources: [FileTree.fromConfigMap(configMap, options)] });
const copyImage = (name: string, props: Partial<FolderStepProps> = {}): Step => (scope, id, directory) =>
  new CopyFromImage(scope, id, { directory, image: 'tool:1', files: { [name]: '/opt/tool' }, ...small, ...props });
const generate = (fileName: string, props: Partial<FileStepProps> = {}): Step => (scope, id, directory) =>
  new GenerateConfig(scope, id, { directory, template, fileName, ...props });
const download = (props: Partial<FolderStepProps> = {}): Step => (scope, id, directory) =>
  new DownloadArchive(scope, id, { directory, url: 'https://example.com/a.tar', ...small, ...props });
const clone = (props: Partial<FolderStepProps> = {}): Step => (scope, id, directory) =>
  new CloneRepository(scope, id, { directory, url: 'https://example.com/a.git', ...small, ...props });
const own: Step = (scope, id, directory) =>
  new InitStep(scope, id, { image: 'tool:1', command: ['tool'], outputFolders: { '/work': { directory } } });
const small = { maxSize: Size.mebibytes(10) };

/** Both in one directory of a workload. */
function both(first: Step, second: Step) {
  const web = deployment();
  const directory = new SharedDirectory(web, 'files');
  first(web, 'first', directory);
  second(web, 'second', directory);
  return web;
}

const refused = (step: string, path: string) => `${step}: writes ${path} to directory 'files', as step 'first' does; `
  + 'leave it out of one of the steps, or give it another name or folder [shop/web/second]';

testRefusals('of two steps, the second', [
  ['that copies the same file', () => both(copy('conf/a'), copy('conf/a')), refused('CopyFiles', 'conf/a')],
  ['that copies the same file by way of a folder', () => both(copy('conf/a'), copy('a', { folder: 'conf' })),
    refused('CopyFiles', 'conf/a')],
  ['that copies the same key', () => both(copy('a'), copyMap({ items: { key: { path: 'a' } } })),
    refused('CopyFiles', 'a')],
  ['that generates a file which is copied', () => both(copy('conf/a'), generate('conf/a')),
    refused('GenerateConfig', 'conf/a')],
  ['that copies a file which is generated', () => both(generate('conf/a'), copy('a', { folder: 'conf' })),
    refused('CopyFiles', 'conf/a')],
  ['that copies an entry of an image which is copied',
    () => both(copy('bin/tool'), copyImage('tool', { folder: 'bin' })),
    refused('CopyFromImage', 'bin/tool')],
  ['that writes what is copied into a claim',
    () => {
      const web = deployment();
      const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
      const data = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim, { name: 'files' });
      copy('a')(web, 'first', data);
      copy('a')(web, 'second', data);
    },
    refused('CopyFiles', 'a')],
]);

testRefusals('an entry of a folder', [
  ['that leads outside',
    () => new InitStep(deployment(), 'fill', { image: 'tool:1', outputFolders: { '/work': { entries: ['../a'] } } }),
    "InitStep: 'entries' must not contain \"..\", got \"../a\" [shop/web/fill]"],
]);

testAcceptance('two steps', [
  ['that write files of their own', () => both(copy('a'), copy('b'))],
  ['of which one only seeds', () => both(copyMap(), copy('a', { ifPresent: IfPresent.KEEP }))],
  ['of which one copies a key that may be missing',
    () => both(copy('a'), copyMap({ items: { key: { path: 'a' } }, optional: true }))],
  ['of which one adds a file to a folder of the other', () => both(copyImage('conf'), generate('conf/a'))],
]);

const warning = "fills directory 'files', as step 'first' does, and replaces what has the same name there";

test.each<[sentence: string, first: Step, second: Step, warnings: string[]]>([
  ["two archives in one directory may take each other's place", download(), download(), [warning]],
  ['so may a repository and a whole ConfigMap', clone(), copyMap(), [warning]],
  ["folders of their own are in nobody's way", download({ folder: 'a' }), download({ folder: 'b' }), []],
  ['what is named is known not to be in the way', download(), copy('a'), []],
  ["who keeps what is there is in nobody's way", download(), download({ ifPresent: IfPresent.KEEP }), []],
  ['of programs of others nothing is known', own, own, []],
])('%s', (_, first, second, warnings) => {
  const found = StartupGraph.of(both(first, second).node.root as never).findings();

  expect(found.map(({ message }) => message).filter(each => each.startsWith('fills '))).toEqual(warnings);
});
