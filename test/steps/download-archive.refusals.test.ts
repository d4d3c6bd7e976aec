import * as kplus from 'cdk8s-plus-28';
import { DownloadArchive, type DownloadArchiveProps } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const url = 'https://releases/manual-2.1.tar.gz';

function unpack(props: Partial<DownloadArchiveProps>): () => unknown {
  return () => new DownloadArchive(deployment(), 'unpack', { url, ...props });
}

testRefusals('DownloadArchive', [
  ['a URL that does not tell what it is', unpack({ url: 'https://releases/manual?format=zip' }),
    "DownloadArchive: 'format' must be given where the end of the URL does not tell it, "
      + 'got "https://releases/manual"; it is one of tar, tar.gz (tgz) and zip (jar, war, whl) [shop/web/unpack]'],
  ['a URL that is a variable, which does not tell what it is',
    unpack({ url: '${URL}', variables: { URL: kplus.EnvValue.fromValue('x') } }),
    "DownloadArchive: 'format' must be given where the end of the URL does not tell it, "
      + 'got "${URL}"; it is one of tar, tar.gz (tgz) and zip (jar, war, whl) [shop/web/unpack]'],
  ['half of a folder', unpack({ stripComponents: 0.5 }),
    "DownloadArchive: 'stripComponents' must be a whole number of at least 0, got 0.5 [shop/web/unpack]"],
  ['nothing of it', unpack({ include: [] }),
    "DownloadArchive: 'include' must name at least one, got none [shop/web/unpack]"],
  ['a name that leads outside', unpack({ include: ['../x'] }),
    "DownloadArchive: 'include' must not contain \"..\", got \"../x\" [shop/web/unpack]"],
  ['a name that is stripped', unpack({ include: ['manual-2.1'], stripComponents: 1 }),
    "DownloadArchive: 'include' must hold the folders that are stripped, too, got \"manual-2.1\"; "
      + 'write names as tar -tf prints them, e.g. "app-1.2/manual-2.1" [shop/web/unpack]'],
  ['a pattern', unpack({ include: ['plugins/*'] }),
    "DownloadArchive: 'include' must name files and folders, and no patterns, got \"plugins/*\"; "
      + 'name the folder that they are in [shop/web/unpack]'],
  ['names in each other', unpack({ include: ['a/b', 'a'] }),
    "DownloadArchive: 'include' must not lie in each other, got \"a/b\" [shop/web/unpack]"],
  ['a checksum that is none', unpack({ sha256: 'abc' }),
    "DownloadArchive: 'sha256' must be 64 hexadecimal digits, got \"abc\" [shop/web/unpack]"],
]);

testAcceptance('DownloadArchive', [
  ['names that begin alike', unpack({ include: ['a', 'ab'] })],
]);
