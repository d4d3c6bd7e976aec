/** Downloads that break off, and go on where they stopped. */
import { createHash } from 'crypto';
import {
  chmodSync, chownSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync,
  symlinkSync, utimesSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, IfPresent, type DownloadConfigProps } from '../../src';
import type { Container } from '../lab/container';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import {
  closeServersAfterwards, httpServer, ranges, redirect, status, type Answer, type Server,
} from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { downloading } from '../lab/steps';
import { deployment, podSpec } from '../workload';

closeServersAfterwards();

const FILE = '/out/app.json';
const BODY = Buffer.from('0123456789'.repeat(1000));
const SUM = createHash('sha256').update(BODY).digest('hex');
const OTHER_SUM = 'b'.repeat(64);
const POD = '11111111-1111-4111-8111-111111111111';
const NEIGHBOUR = '22222222-2222-4222-8222-222222222222';
const GONE = '33333333-3333-4333-8333-333333333333';
const part = (pod = POD, sum = SUM, step = 'download') => `/out/.init.${pod}.${step}.${sum}.part`;
/** The same of a version that knew no sum. */
const plainPart = (pod: string) => `/out/.app.json.${pod}.part`;
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const asked = ({ requests }: Server) => requests.map(({ headers }) => headers.range);
const begun = BODY.toString().slice(0, 4000);
const done = (url: string) => ({
  exitCode: 0,
  last: `downloaded ${url}: ${BODY.length} bytes, sha256 ${SUM}`,
  files: { [FILE]: BODY.toString() },
});
const props = { sha256: SUM, maxSize: Size.kibibytes(10) };
const get = (url: string) => downloading({ url, ...props });

/** The same into a claim, which other pods may write to, too. */
function getIntoClaim(url: string, more: Partial<DownloadConfigProps> = {}): Container {
  const web = deployment();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const directory = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim);
  new DownloadConfig(web, 'download', {
    url, directory, fileName: 'app.json', timeout: Duration.seconds(20), ...props, ...more,
  });
  return podSpec(web).initContainers[0];
}

const volumes: string[] = [];
afterAll(() => volumes.forEach(folder => rmSync(folder, { recursive: true })));

/** A volume in which an earlier run has left this. */
function left(files: { [path: string]: string }): { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'resumed-'));
  volumes.push(folder);
  mkdirSync(join(folder, 'out'));
  chmodSync(join(folder, 'out'), 0o777);
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(folder, path), text, { mode: 0o600 });
    if (process.getuid!() === 0) chownSync(join(folder, path), 65534, 65534);
  }
  return { folder };
}

/** The same beside what has been there for hours. */
function leftLongAgo(old: readonly string[], files: { [path: string]: string }): { readonly folder: string } {
  const { folder } = left({ ...files, ...Object.fromEntries(old.map(path => [path, 'left'])) });
  for (const path of old) utimesSync(join(folder, path), 0, 0);
  return { folder };
}

/** Sends so much of it, and no more. */
const stuck = (bytes: number): Answer => (_, response) => {
  response.writeHead(200, { 'content-length': BODY.length });
  response.write(BODY.subarray(0, bytes));
};

inEveryShell([
  ['a connection that breaks is continued where it stopped', async shell => {
    const server = await httpServer(ranges(BODY, { breaksAfter: [8000, 500] }));

    expect(end(await run(get(server.url), shell))).toEqual(done(server.url));
    expect(asked(server)).toEqual([undefined, 'bytes=8000-', 'bytes=8500-']);
  }],
  ['a run that is stopped leaves what has come to the next one, and nobody else may read it', async shell => {
    const { folder } = left({});
    const stopped = await run(get((await httpServer(stuck(4000))).url), shell, {
      folder,
      meanwhile: async ({ until, signal }) => {
        await until(() => existsSync(join(folder, part())) && statSync(join(folder, part())).size === 4000);
        signal('SIGTERM');
      },
    });
    const server = await httpServer(ranges(BODY));
    const next = await run(get(server.url), shell, { folder });

    expect([end(stopped), stopped.modes]).toEqual([
      { exitCode: 143, last: 'stopped by a signal', files: { [part()]: begun } }, { [part()]: '600' },
    ]);
    expect(end(next)).toEqual(done(server.url));
    expect(next.said).toContain('continuing after 4000 bytes that are there');
    expect(asked(server)).toEqual(['bytes=4000-']);
  }],
  ['so does one that is killed', async shell => {
    const { folder } = left({});
    const killed = await run(get((await httpServer(stuck(4000))).url), shell, {
      folder,
      meanwhile: async ({ until, signal }) => {
        await until(() => existsSync(join(folder, part())) && statSync(join(folder, part())).size === 4000);
        signal('SIGKILL');
      },
    });
    const server = await httpServer(ranges(BODY));
    const next = await run(get(server.url), shell, { folder });

    expect(killed.files).toEqual({ [part()]: begun });
    expect(end(next)).toEqual(done(server.url));
    expect(asked(server)).toEqual(['bytes=4000-']);
  }],
  ['whenever a run is killed, the next one has the file whole and leaves nothing else', async shell => {
    for (const milliseconds of [0, 30, 60, 90, 120, 160, 240]) {
      const { folder } = left({ [FILE]: 'old' });
      const server = await httpServer(ranges(BODY, { breaksAfter: [1000, 1000] }));
      const container = getIntoClaim(server.url);

      await run(container, shell, {
        folder,
        meanwhile: async ({ signal }) => {
          await sleep(milliseconds);
          signal('SIGKILL');
        },
      });

      expect(end(await run(container, shell, { folder })).files).toEqual({ [FILE]: BODY.toString() });
    }
  }],
  ['a run whose time is over leaves what has come, but nothing if nothing has come', async shell => {
    const short = { sha256: SUM, timeout: Duration.seconds(2) };
    const [some, nothing] = [await httpServer(stuck(4000)), await httpServer(status(503))];

    expect((await run(downloading({ url: some.url, ...short }), shell)).files).toEqual({ [part()]: begun });
    expect((await run(downloading({ url: nothing.url, ...short }), shell)).files).toEqual({});
  }],
  ['a server that cannot continue begins anew', async shell => {
    const server = await httpServer(ranges(BODY, { ignoresRanges: true, breaksAfter: [8000] }));

    expect(end(await run(get(server.url), shell))).toEqual(done(server.url));
    expect(asked(server)).toEqual([undefined, 'bytes=8000-', undefined]);
  }],
  ['what was begun of another file is downloaded anew, once', async shell => {
    const files = { [part()]: 'x'.repeat(4000) };
    const server = await httpServer(ranges(BODY));

    expect(end(await run(get(server.url), shell, left(files)))).toEqual(done(server.url));
    expect(asked(server)).toEqual(['bytes=4000-', undefined]);
  }],
  ['a server that has another file fails after the second attempt, and nothing is left', async shell => {
    const files = { [part()]: begun, [FILE]: 'old' };
    const server = await httpServer(ranges(Buffer.from('x'.repeat(9000))));
    const sum = createHash('sha256').update('x'.repeat(9000)).digest('hex');

    expect(end(await run(get(server.url), shell, left(files))))
      .toEqual({ exitCode: 1, last: `${server.url}: sha256 is ${sum}, not ${SUM}`, files: { [FILE]: 'old' } });
    expect(asked(server)).toEqual(['bytes=4000-', undefined]);
  }],
  ['what is whole already is only looked at', async shell => {
    const server = await httpServer(ranges(BODY));

    expect(end(await run(get(server.url), shell, left({ [part()]: BODY.toString() }))))
      .toEqual(done(server.url));
    expect(asked(server)).toEqual(['bytes=10000-']);
  }],
  ['what is longer than the file is downloaded anew', async shell => {
    const server = await httpServer(ranges(BODY));

    expect(end(await run(get(server.url), shell, left({ [part()]: `${BODY}and more` }))))
      .toEqual(done(server.url));
    expect(asked(server)).toEqual(['bytes=10008-', undefined]);
  }],
  ['what is longer than it may be is not continued', async shell => {
    const server = await httpServer(ranges(BODY));

    expect(end(await run(get(server.url), shell, left({ [part()]: 'x'.repeat(10_241) }))))
      .toEqual(done(server.url));
    expect(asked(server)).toEqual([undefined]);
  }],
  ['what is there counts for the largest size', async shell => {
    const server = await httpServer(ranges(Buffer.from('x'.repeat(10_241))));

    expect(end(await run(get(server.url), shell, left({ [part()]: begun }))))
      .toEqual({ exitCode: 1, last: `${server.url}: larger than 10240 bytes`, files: {} });
    expect(asked(server)).toEqual(['bytes=4000-']);
  }],
  ['a status 503 leaves what has come, and a status 404 does not', async shell => {
    const busy = await httpServer([status(503, 'later'), ranges(BODY)]);
    const gone = await httpServer(status(404, 'no such page'));
    const files = { [part()]: begun };

    expect(end(await run(get(busy.url), shell, left(files)))).toEqual(done(busy.url));
    expect(asked(busy)).toEqual(['bytes=4000-', 'bytes=4000-']);
    expect(end(await run(get(gone.url), shell, left(files))))
      .toEqual({ exitCode: 1, last: `${gone.url}: status 404`, files: {} });
  }],
  ['behind a redirect it is continued, too', async shell => {
    const target = await httpServer(ranges(BODY));
    const server = await httpServer(redirect(target.url));

    expect(end(await run(get(server.url), shell, left({ [part()]: begun })))).toEqual(done(server.url));
    expect(asked(target)).toEqual(['bytes=4000-']);
  }],
  ['what another pod has begun is copied and stays, what this step no longer wants goes', async shell => {
    const others = {
      [part(NEIGHBOUR)]: begun,
      [part(NEIGHBOUR, OTHER_SUM)]: 'other',
      [part(POD, OTHER_SUM, 'x')]: 'x',
    };
    const server = await httpServer(ranges(BODY));

    const { exitCode, files } = await run(
      getIntoClaim(server.url), shell, left({ ...others, [part(POD, OTHER_SUM)]: 'old' }),
    );

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { ...others, [FILE]: BODY.toString() } });
    expect(asked(server)).toEqual(['bytes=4000-']);
  }],
  ['what nobody has touched for an hour is continued once more, and goes', async shell => {
    const files = { [part(NEIGHBOUR)]: begun, [part(NEIGHBOUR, OTHER_SUM)]: 'other' };
    const { folder } = left(files);
    for (const path of Object.keys(files)) utimesSync(join(folder, path), 0, 0);
    const server = await httpServer(ranges(BODY));

    expect(end(await run(getIntoClaim(server.url), shell, { folder }))).toEqual(done(server.url));
    expect(asked(server)).toEqual(['bytes=4000-']);
  }],
  ['what a version left that knew no sum goes, too, as soon as it is an hour old', async shell => {
    const others = { [plainPart(NEIGHBOUR)]: 'at work' };
    const server = await httpServer(ranges(BODY));

    const { exitCode, files } = await run(getIntoClaim(server.url), shell, leftLongAgo([plainPart(GONE)], others));

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { ...others, [FILE]: BODY.toString() } });
  }],
  ['what nobody has touched for an hour goes, too, where the file is there already', async shell => {
    const files = { [FILE]: BODY.toString(), [part(NEIGHBOUR)]: begun };
    const server = await httpServer(ranges(BODY));
    const again = getIntoClaim(server.url);
    const keep = getIntoClaim(server.url, { ifPresent: IfPresent.KEEP });

    for (const container of [again, keep]) {
      const result = await run(container, shell, leftLongAgo([part(GONE), plainPart(GONE)], files));
      expect({ exitCode: result.exitCode, files: result.files }).toEqual({ exitCode: 0, files });
    }
    expect(server.requests).toEqual([]);
  }],
  ['two pods that download one file at once write to parts of their own, and both have it whole', async shell => {
    const server = await httpServer(ranges(BODY, { breaksAfter: [1000, 2000, 1000, 500] }));
    const { folder } = left({});

    const [one, two] = await Promise.all([POD, NEIGHBOUR].map(pod =>
      run(getIntoClaim(server.url), shell, { folder, env: { step_pod: pod } })));

    expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe(BODY.toString());
    expect(readdirSync(join(folder, 'out'))).toEqual(['app.json']);
  }],
  ['nothing is written through a link, or into what others may write', async shell => {
    const { folder } = left({ '/out/mine': begun });
    symlinkSync('mine', join(folder, part()));
    const server = await httpServer(ranges(BODY));

    const linked = await run(get(server.url), shell, { folder });
    rmSync(join(folder, FILE));
    writeFileSync(join(folder, part()), begun);
    chmodSync(join(folder, part()), 0o666);
    const open = await run(get(server.url), shell, { folder });
    rmSync(join(folder, FILE));
    linkSync(join(folder, 'out/mine'), join(folder, part()));
    const named = await run(get(server.url), shell, { folder });

    for (const { exitCode, files } of [linked, open, named]) {
      expect({ exitCode, files }).toEqual({ exitCode: 0, files: { [FILE]: BODY.toString(), '/out/mine': begun } });
    }
    expect(asked(server)).toEqual([undefined, undefined, undefined]);
  }],
  ['what has come is of no use where the file is there', async shell => {
    const server = await httpServer(ranges(BODY));
    const files = { [part()]: begun, [FILE]: BODY.toString() };

    expect(end(await run(get(server.url), shell, left(files)))).toEqual({
      exitCode: 0, last: `${FILE} has sha256 ${SUM} already`, files: { [FILE]: BODY.toString() },
    });
    expect(server.requests).toEqual([]);
  }],
]);
