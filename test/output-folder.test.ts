import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import { deployment, podSpec } from './workload';
import { CopyFromImage, InitStep, SharedDirectory, type InitStepProps, type OutputFolder } from '../src';

const medium = EmptyDirMedium.MEMORY;
const large = Size.mebibytes(40);

function fill(outputFolders: { [path: string]: OutputFolder }, others: Partial<InitStepProps> = {}) {
  const web = deployment();
  new InitStep(web, 'fill', { image: 'tool:1', outputFolders, ...others });
  return web;
}

function fillShared(...folders: string[]): void {
  const web = deployment();
  const directory = new SharedDirectory(web, 'shared', { medium, sizeLimit: Size.mebibytes(100) });
  const options = folders.map(folder => [`/${folder}/${folder}`, { directory, folder, maxSize: large }]);
  new InitStep(web, 'fill', { image: 'tool:1', outputFolders: Object.fromEntries(options) });
}

test('folders in memory share a directory there', () => {
  const web = fill({ '/a/x': { medium, folder: 'x', maxSize: Size.mebibytes(20) }, '/b': { medium } });

  expect(podSpec(web).volumes).toEqual([
    { name: 'fill-files', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  ]);
});

testRefusals('InitStep', [
  ['a medium beside a directory',
    () => {
      const web = deployment();
      const directory = new SharedDirectory(web, 'shared');
      new InitStep(web, 'fill', { image: 'tool:1', outputFolders: { '/a': { directory, medium } } });
    },
    "InitStep: 'medium' must be left out beside a directory, got \"Memory\"; the directory says where it is "
      + '[shop/web/fill]'],
  ['folders in memory and on the disk in one directory of its own',
    () => fill({ '/a/x': { medium, folder: 'x' }, '/b': {} }),
    "InitStep: 'outputFolders' must all be in memory or all on the disk, because those without a directory share "
      + 'one, got "/b"; give it a directory [shop/web/fill]'],
  ['a file beside a folder in memory',
    () => fill({ '/a/x': { medium, folder: 'x' } }, { outputFiles: { '/b/y': {} } }),
    "InitStep: 'outputFiles' must all be in memory or all on the disk, because those without a directory share "
      + 'one, got "/b/y"; give it a directory [shop/web/fill]'],
  ['folders that are together more than it may have in memory',
    () => fill({ '/a/x': { medium, folder: 'x', maxSize: large }, '/b': { medium, maxSize: large } }),
    "InitStep: 'maxSize' must be in sum less than the step's memory limit of 65536 KiB, because all of it is in "
      + 'memory, got 81920 KiB; set maxSize, or give the step more memory in resources [shop/web/fill]'],
  ['folders of a directory in memory that are together more than it may have', () => fillShared('a', 'b'),
    "InitStep: 'maxSize' must be in sum less than the step's memory limit of 65536 KiB, because all of it is in "
      + 'memory, got 81920 KiB; set maxSize, or give the step more memory in resources [shop/web/fill]'],
]);

testAcceptance('InitStep', [
  ['a folder in memory that is less than it may have', () => fillShared('a')],
  ['a folder in memory, and one in a directory', () => {
    const web = deployment();
    const directory = new SharedDirectory(web, 'shared');
    new InitStep(web, 'fill', { image: 'tool:1', outputFolders: { '/a': { directory }, '/b': { medium } } });
  }],
]);

/** `medium` belongs to the `outputFolders` of an `InitStep` alone. */
testAcceptance('CopyFromImage', [
  ['what is nearly a property that it does not have',
    () => new CopyFromImage(deployment(), 'copy', { files: { a: '/a' }, meduim: 'x' } as never)],
]);
