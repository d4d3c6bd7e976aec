import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CopyFiles, CopyFromImage, FileSource, FileTree, SharedDirectory, type CopyFilesProps, type FileTreeOptions,
} from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const configMap = { name: 'defaults' } as kplus.IConfigMap;
const text = kplus.EnvValue.fromValue('x');

function copy(...sources: FileTree[]): () => unknown {
  return copyWith({}, ...sources);
}

function copyWith(props: Partial<CopyFilesProps>, ...sources: FileTree[]): () => unknown {
  return () => new CopyFiles(deployment(), 'copy', { sources, ...props });
}

const tree = (options: FileTreeOptions) => () => FileTree.fromConfigMap(configMap, options);
const texts = (...paths: string[]) => FileTree.fromTexts(
  Object.fromEntries(paths.map(path => [path, FileSource.inline('x')])),
);

testRefusals('CopyFiles', [
  ['no sources', copy(), "CopyFiles: 'sources' must name at least one, got none [shop/web/copy]"],
  ['a ConfigMap for a source', copy(configMap as never),
    "CopyFiles: 'sources' must hold FileTrees, got an object; "
      + 'write FileTree.fromConfigMap(configMap) or FileTree.fromSecret(secret) [shop/web/copy]'],
  ['a FileSource for a source', copy(FileSource.inline('x') as never),
    "CopyFiles: 'sources' must hold FileTrees, got an object of class FileSource; "
      + 'write FileTree.fromTexts({ path: text }) [shop/web/copy]'],
  ['a file that would be a folder of another', copy(texts('conf'), texts('conf/a')),
    "CopyFiles: 'sources' must not have a folder of the name of a file, got \"conf/a\"; conf is a file; "
      + 'name one of them otherwise [shop/web/copy]'],
  ['a variable that no text uses', copyWith({ variables: { HOST: text } }, texts('a')),
    "CopyFiles: 'variables' must be used in the texts as ${HOST}, got \"HOST\"; "
      + 'in a TypeScript template literal write \\${HOST}, in a Python f-string ${{HOST}} [shop/web/copy]'],
  ['an encoding that there is not',
    copyWith({ variables: { HOST: text } }, FileTree.fromTexts({ a: FileSource.inline('${HOST|yaml}') })),
    "CopyFiles: 'sources' must encode variables in json, url, base64 or xml, got \"${HOST|yaml}\"; "
      + 'leave it out for the value as it is [shop/web/copy]'],
  ['variables without texts', copyWith({ variables: { HOST: text } }, FileTree.fromConfigMap(configMap)),
    "CopyFiles: 'variables' must be used in the texts as ${HOST}, got \"HOST\"; "
      + 'in a TypeScript template literal write \\${HOST}, in a Python f-string ${{HOST}} [shop/web/copy]'],
  ['a folder that another step fills',
    () => {
      const web = deployment();
      const props = { directory: new SharedDirectory(web, 'files'), folder: 'conf' };
      new CopyFromImage(web, 'first', { ...props, files: { a: '/a' }, maxSize: Size.mebibytes(1) });
      new CopyFiles(web, 'copy', { ...props, sources: [texts('a')] });
    },
    "CopyFiles: fills folder conf of directory 'files', as step 'first' does; "
      + 'give one of the steps another folder [shop/web/copy]'],
  ['more in memory than the step may have',
    copyWith({ maxSize: Size.mebibytes(64) }, FileTree.fromSecret({ name: 'keys' } as kplus.ISecret)),
    "CopyFiles: 'maxSize' must be less than the step's memory limit of 65536 KiB, because its directory is in memory, "
      + 'got 65536 KiB; set maxSize, or give the step more memory in resources [shop/web/copy]'],
]);

testRefusals('FileTree', [
  ['new', () => new (FileTree as any)(configMap.name),
    'FileTree: is not made with new; write FileTree.fromConfigMap, .fromSecret or .fromTexts'],
  ['an option that it does not have', tree({ itmes: { a: { path: 'a' } } } as FileTreeOptions),
    "FileTree: 'itmes' must be a known property, got an object; did you mean items?"],
  ['no keys', tree({ items: {} }), "FileTree: 'items' must name at least one key, got none"],
  ['a key that is none', tree({ items: { 'a/b': { path: 'a' } } }),
    "FileTree: 'items' must be a key of letters, digits, \"-\", \"_\" and \".\", got \"a/b\""],
  ['a path that leads outside', tree({ items: { a: { path: '../a' } } }),
    "FileTree: 'items' must not contain \"..\", got \"../a\""],
  ['a mode in decimal', tree({ items: { a: { path: 'a', mode: 644 } } }),
    "FileTree: 'items' must be file permissions of at most 0o777, got 0o1204 (644); did you mean 0o644?"],
  ['two keys for one file', tree({ items: { a: { path: 'x' }, b: { path: 'x' } } }),
    "FileTree: 'items' must have paths of their own, got \"x\""],
  ['an absolute folder', tree({ folder: '/etc' }),
    "FileTree: 'folder' must be relative to the directory, got \"/etc\""],
  ['no texts', () => texts(), "FileTree: 'texts' must name at least one, got none"],
  ['texts that are all left out', () => FileTree.fromTexts({ a: null as never }),
    "FileTree: 'texts' must name at least one, got none"],
  ['an absolute path of a text', () => texts('/etc/a'),
    "FileTree: 'texts' must be relative to the directory, got \"/etc/a\""],
  ['a text that is a string', () => FileTree.fromTexts({ a: 'x' as never }),
    "FileTree: 'texts.a' must be a FileSource, got \"x\"; write FileSource.inline(text) or FileSource.fromFile(path)"],
]);

testAcceptance('CopyFiles', [
  ['one path twice, and paths that begin alike', copy(texts('a', 'ab/c'), texts('a'))],
]);
