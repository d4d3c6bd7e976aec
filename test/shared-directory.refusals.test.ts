import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { NO_WORKLOAD, testRefusals } from './refusals';
import { deployment } from './workload';
import { DownloadConfig, SharedDirectory } from '../src';

const url = 'http://config/app.json';

testRefusals('SharedDirectory', [
  ['a shared directory in a chart',
    () => new SharedDirectory(new Chart(Testing.app(), 'shop'), 'files'),
    `SharedDirectory: ${NO_WORKLOAD}, `
      + "got Chart 'shop'; write new SharedDirectory(deployment, ...) [shop/files]"],
  ['a directory that has no name',
    () => new SharedDirectory(deployment(), 'My Files'),
    'SharedDirectory: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), got "My Files"; did you mean my-files? [shop/web/My Files]'],
  ['a directory named like a volume',
    () => {
      const web = deployment();
      web.addVolume(kplus.Volume.fromEmptyDir(web, 'v', 'files'));
      new SharedDirectory(web, 'files');
    },
    "SharedDirectory: 'id' must be free in shop/web, "
      + 'got "files"; the pod has a volume of that name [shop/web/files]'],
  ['a directory of the name of another',
    () => {
      const web = deployment();
      new SharedDirectory(web, 'files');
      new SharedDirectory(new Construct(web, 'bundle'), 'files');
    },
    "SharedDirectory: 'id' must be free in shop/web, "
      + 'got "files"; the pod has a volume of that name [shop/web/bundle/files]'],
  ['a directory of half a mebibyte',
    () => new SharedDirectory(deployment(), 'files', { sizeLimit: Size.kibibytes(512) }),
    "SharedDirectory: 'sizeLimit' must be a whole number of mebibytes, at least one, "
      + 'got 512 KiB [shop/web/files]'],
  ['a size that is a number, where no types are checked',
    () => new SharedDirectory(deployment(), 'files', { sizeLimit: 64 as any }),
    "SharedDirectory: 'sizeLimit' must be a Size, got 64; write Size.mebibytes(64) [shop/web/files]"],
  ['a medium that is none',
    () => new SharedDirectory(deployment(), 'files', { medium: 'disk' as any }),
    "SharedDirectory: 'medium' must be one of \"\", Memory, got \"disk\" [shop/web/files]"],
  ['a scope that is no construct',
    () => new SharedDirectory('web' as any, 'files'),
    "SharedDirectory: 'scope' must be a workload or a construct below one, got \"web\" [files]"],
  ['a file whose name is no text',
    () => new SharedDirectory(deployment(), 'files').file(5 as any),
    "SharedDirectory: 'name' must be a text, got 5; write '5' [shop/web/files]"],
  ['one container where a list belongs',
    () => new SharedDirectory(deployment(), 'files').mountAt('/files', { containers: 'main' as any }),
    "SharedDirectory: 'containers' must be a list of texts, got \"main\"; "
      + 'write it in brackets: [...] [shop/web/files]'],
  ['options that are a flag',
    () => new SharedDirectory(deployment(), 'files').file('a').mountAt('/a', false as any),
    "SharedFile: 'options' must be an object with properties, got false [shop/web/files]"],
  ['a file in a folder of a directory',
    () => new SharedDirectory(deployment(), 'files').file('a/../b'),
    'SharedDirectory: \'name\' must be a file name, with folders before it or not, '
      + 'without ".." and control characters, got "a/../b" [shop/web/files]'],
  ['a directory at a relative path',
    () => new SharedDirectory(deployment(), 'files').mountAt('files'),
    "SharedDirectory: 'path' must be an absolute path, "
      + 'got "files" [shop/web/files]'],
  ['a file at a path that is taken',
    () => {
      const directory = new SharedDirectory(deployment(), 'files');
      directory.file('a').mountAt('/a');
      directory.file('b').mountAt('/a');
    },
    "SharedFile: 'path' must be free in container 'main', "
      + 'got "/a"; volume \'files\' is mounted at /a [shop/web/files]'],
  ['a read-only path above another mount',
    () => {
      const web = deployment();
      new DownloadConfig(web, 'download', { url, path: '/app/a.json' });
      new SharedDirectory(web, 'app').mountAt('/app');
    },
    "SharedDirectory: 'path' must not lie read-only above another mount in container 'main', "
      + 'got "/app"; volume \'download-files\' is mounted at /app/a.json, '
      + 'and no mount point can be made below a read-only mount [shop/web/app]'],
  ['a directory that no container can see',
    () => new SharedDirectory(deployment({}), 'files').mountAt('/files'),
    "SharedDirectory: nothing can see '/files', because shop/web has no container yet; "
      + 'add its containers first [shop/web/files]'],
  ['a file for a container that is not there',
    () => {
      const file = new SharedDirectory(deployment(), 'files').file('a');
      file.mountAt('/a', { containers: ['sidecar'] });
    },
    "SharedFile: 'containers' must name containers of shop/web, "
      + 'got "sidecar"; it has: main [shop/web/files]'],
]);
