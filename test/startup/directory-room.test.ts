import { Duration, Size, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, serve } from './app';
import { DownloadConfig, FileSource, GenerateConfig, InitStep, SharedDirectory } from '../../src';

/** The findings about a Deployment with steps. */
function saidOf(make: (web: kplus.Deployment) => void): string[] {
  const chart: Chart = chartIn('shop');
  make(serve(chart, 'web').deployment);
  return said(chart);
}

function memory(web: kplus.Deployment, id: string, mebibytes: number): SharedDirectory {
  return new SharedDirectory(web, id, { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(mebibytes) });
}

function disk(web: kplus.Deployment, id: string, mebibytes: number): SharedDirectory {
  return new SharedDirectory(web, id, { sizeLimit: Size.mebibytes(mebibytes) });
}

function download(web: kplus.Deployment, id: string, directory: SharedDirectory, maxSize = Size.mebibytes(10)): void {
  new DownloadConfig(web, id, { url: 'http://config', directory, maxSize, timeout: Duration.minutes(1) });
}

test('there is a warning of a directory in memory that is larger than its step may be', () => {
  const resources = { memory: { limit: Size.mebibytes(100) } };

  expect(saidOf(web => {
    const [large, small, read] = [memory(web, 'large', 65), memory(web, 'small', 64), memory(web, 'read', 100)];
    new InitStep(web, 'write', { image: 'x', resources, writes: { '/read': read } });
    new InitStep(web, 'step', {
      image: 'x',
      writes: { '/large': large, '/small': small, '/disk': disk(web, 'disk', 1024) },
      reads: { '/read': read },
    });
    new InitStep(web, 'unlimited', { image: 'x', resources: {}, writes: { '/large': large } });
  })).toEqual([
    "warning [shop/web] may write 65 MiB to directory 'large' in step 'step', all of which is memory, "
    + 'but the step is killed at its memory limit of 64 MiB; '
    + 'give the directory a sizeLimit below that, or the step more memory in resources',
  ]);
});

test('there is a warning of files that fit into their directory one by one only', () => {
  const remedy = 'give the directory a larger sizeLimit, or the files a smaller maxSize';

  expect(saidOf(web => {
    const directories = [memory(web, 'memory', 15), disk(web, 'disk', 15)];
    ['a', 'b', 'c', 'd'].forEach((id, index) => download(web, id, directories[index % 2]));
    download(web, 'e', directories[1], Size.kibibytes(1));
  })).toEqual([
    "warning [shop/web] may write 20 MiB to directory 'memory' (a, c), "
    + `but a step finds no room for its file beyond 15 MiB; ${remedy}`,
    "warning [shop/web] may write 20.1 MiB to directory 'disk' (b, d, e), "
    + `but Kubernetes evicts the pod beyond 15 MiB; ${remedy}`,
  ]);
});

test('there is no warning of files that just fit, beside some whose size nobody knows', () => {
  expect(saidOf(web => {
    const directory = memory(web, 'memory', 20);
    ['a', 'b'].forEach(id => download(web, id, directory));
    new GenerateConfig(web, 'c', { template: FileSource.inline('x'), directory });
  })).toEqual([]);
});
