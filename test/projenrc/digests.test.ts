import { execFileSync } from 'child_process';
import { once } from 'events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer, type AddressInfo } from 'net';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { closeRegistriesAfterwards, fakeRegistry, indexOf, sha256, type Fault } from './fake-registry';
import { imagesIn, look, raise, said, type Image } from '../../projenrc/digests';

closeRegistriesAfterwards();

const BOTH = ['linux/amd64', 'linux/arm64'];
const OLD = indexOf(BOTH, 'old');
const NEW = indexOf(BOTH, 'new');
/** Not one of ours, which are raised in this file, too. */
const tool: Image = { name: 'example/tool', tag: '8.22.0', digest: sha256(OLD) };

/** What is said of an image that a registry has in these tags. */
async function saidOf(tags: { [tag: string]: string }, fault?: Fault, image = tool): Promise<string> {
  const repositories = ['example/tool', 'library/shell', 'library/debian'];
  const { url } = await fakeRegistry(Object.fromEntries(repositories.map(name => [name, tags])), fault);
  const text = said(await look(image, url));
  return text.replaceAll(new URL(url).host, 'HOST').replaceAll(sha256(NEW), 'NEW').replaceAll(sha256(OLD), 'OLD');
}

test('the images that are looked for are those of steps and workflows, each with tag and digest', () => {
  expect(imagesIn(join(__dirname, '../..')).map(({ name, digest }) => `${name} ${digest.length}`)).toEqual([
    'library/busybox 71', 'curlimages/curl 71', 'alpine/git 71', 'debian 71',
  ]);
});

describe('of an image is said', () => {
  test('that it is the newest patch of its version', async () => {
    expect(await saidOf({ '8.21.9': NEW, '8.22.0': OLD })).toBe('example/tool:8.22.0: is the newest');
  });

  test('which patch is newer, by numbers and not by letters, on whatever page of the tags', async () => {
    const tags = { '8.22.9': OLD, '8.22.0': OLD, 'latest': OLD, '8.22.10': NEW };

    expect(await saidOf(tags)).toBe('example/tool:8.22.0: 8.22.10 is NEW');
  });

  test('that its tag leads to another digest now', async () => {
    expect(await saidOf({ '8.22.0': NEW })).toBe('example/tool:8.22.0: 8.22.0 is NEW');
  });

  test('that there is a later version, which is not taken', async () => {
    const tags = { '8.22.0': OLD, '9.0.0': NEW, '10.0.0-rc': NEW };

    expect(await saidOf(tags)).toBe('example/tool:8.22.0: is the newest; 9.0.0 is there, too: read what it changes');
  });

  test('what is newer of the same flavour only', async () => {
    const shell = { name: 'library/shell', tag: '1.37.0-glibc', digest: sha256(OLD) };
    const tags = { '1.37.0-glibc': OLD, '1.37.1-musl': NEW, '1.37.1': NEW, 'v1.37.2-glibc': NEW };

    expect(await saidOf(tags, undefined, shell)).toBe('library/shell:1.37.0-glibc: is the newest');
  });

  test('nothing but the digest, where the tag has no three numbers', async () => {
    const debian = { name: 'debian', tag: '12', digest: sha256(OLD) };

    expect(await saidOf({ '12': NEW, '13': OLD, '12.9.1': OLD }, undefined, debian)).toBe('debian:12: 12 is NEW');
  });

  test('that it is in a list of Docker, too', async () => {
    const list = indexOf(BOTH, 'old', 'application/vnd.docker.distribution.manifest.list.v2+json');
    const image = { ...tool, digest: sha256(list) };

    expect(await saidOf({ '8.22.0': list }, undefined, image)).toBe('example/tool:8.22.0: is the newest');
  });
});

/** Answers a request for a manifest. */
const forManifests = (fault: (response: Parameters<Fault>[1]) => void): Fault => ({ url, headers }, response) => {
  const isAsked = headers.authorization !== undefined && url!.includes('/manifests/');
  if (isAsked) fault(response);
  return isAsked;
};

describe('it is a problem, said in words,', () => {
  test.each<[what: string, tags: { [tag: string]: string }, problem: string]>([
    ['that a tag is gone', { latest: OLD }, 'there is no tag 8.22.0 any more'],
    ['that an image is for one platform', { '8.22.0': indexOf(['linux/amd64'], '') }, '8.22.0 is not for linux/arm64'],
    [
      'that a tag leads to a manifest instead of an index',
      { '8.22.0': indexOf(BOTH, '', 'application/vnd.oci.image.manifest.v1+json') },
      '8.22.0 is not for linux/amd64 and linux/arm64',
    ],
  ])('%s', async (_, tags, problem) => {
    expect(await saidOf(tags)).toBe(`example/tool:8.22.0: ${problem}`);
  });

  test.each<[what: string, fault: Fault, problem: string]>([
    ['that a manifest is not what its digest says', forManifests(response => {
      response.setHeader('docker-content-digest', sha256(OLD));
      response.end(NEW);
    }), 'HOST answers for 8.22.0 with a manifest whose digest is another one: NEW'],
    ['that there were too many requests', forManifests(response => {
      response.setHeader('retry-after', '60');
      response.writeHead(429).end();
    }), 'HOST has had too many requests from here, try again in 60 s'],
    ['that a registry is ill', forManifests(response => response.writeHead(503).end()),
      'HOST answers with status 503'],
    ['that an answer is no JSON', forManifests(response => response.end('<html>')),
      'HOST answers with something that is no JSON'],
    ['that an answer breaks off', forManifests(response => {
      response.setHeader('content-length', '1000');
      response.write('{', () => response.destroy());
    }), 'the answer of HOST breaks off: other side closed'],
    ['that a token lets nobody in', ({ url, headers }, response) => {
      if (url!.startsWith('/token')) return false;
      response.setHeader('www-authenticate', `Bearer realm="http://${headers.host}/token",service="fake registry"`);
      response.writeHead(401).end();
      return true;
    }, 'HOST lets nobody in without a password'],
    ['that a password is wanted instead of a token', (_, response) => {
      response.setHeader('www-authenticate', 'Basic realm="fake"');
      response.writeHead(401).end();
      return true;
    }, 'HOST wants something else than a token: Basic realm="fake"'],
  ])('%s', async (_, fault, problem) => {
    expect(await saidOf({ '8.22.0': NEW }, fault)).toBe(`example/tool:8.22.0: ${problem}`);
  });

  test('that nobody listens', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const host = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise(closed => gone.close(closed));

    expect(said(await look(tool, `http://${host}`)))
      .toBe(`example/tool:8.22.0: ${host} cannot be reached: connection refused`);
  });
});

test('a token is asked for once, with what the registry says', async () => {
  const { url, requests } = await fakeRegistry({ 'example/tool': { '8.22.0': OLD } });

  await look(tool, url);

  expect(requests).toEqual([
    '/v2/example/tool/tags/list?n=1000',
    '/token?service=fake+registry&scope=repository%3Aexample%2Ftool%3Apull',
    '/v2/example/tool/tags/list?n=1000',
    '/v2/example/tool/manifests/8.22.0',
  ]);
});

test('an image is raised wherever it stands, on two lines, too, but not in what was released', () => {
  const folder = mkdtempSync(join(tmpdir(), 'digests-'));
  const files: { [path: string]: string } = {
    'src/image.ts': `'example/tool:8.22.0@${tool.digest}'`,
    'test/image.test.ts': `'mirror/example/tool:8.22.0'\n + '@${tool.digest}'; // not example/tool:8.22.0-rc`,
    'docs/other.md': `tool:8.22.0, sha256:${'0'.repeat(64)}`,
    'CHANGELOG.md': `example/tool:8.22.0@${tool.digest}`,
    '.released/images.json': `example/tool:8.22.0@${tool.digest}`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', '.'], { cwd: folder });

  raise(folder, { image: tool, newest: { ...tool, tag: '8.22.1', digest: sha256(NEW) } });

  const raised = Object.fromEntries(Object.keys(files).map(path => [path, readFileSync(join(folder, path), 'utf8')]));
  rmSync(folder, { recursive: true });
  expect(raised).toEqual({
    ...files,
    'src/image.ts': `'example/tool:8.22.1@${sha256(NEW)}'`,
    'test/image.test.ts':
      `'mirror/example/tool:8.22.1'\n + '@${sha256(NEW)}'; // not example/tool:8.22.0-rc`,
  });
});
