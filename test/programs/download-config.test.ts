import { createHash } from 'crypto';
import { Duration, Size } from 'cdk8s';
import { inLab } from '../lab/container';
import { run, type Run } from '../lab/run';
import {
  closedPort, closeServersAfterwards, countdown, drip, endless, httpServer, redirect, status, truncated, type Answer,
} from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { downloading } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const body = Buffer.from([...Array(256).keys(), 0x0a, 0x0a]);
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const whole: Answer = (_, response) => response.end(body);
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const done = (url: string) => ({
  exitCode: 0,
  last: `downloaded ${url}: ${body.length} bytes, sha256 ${sha256(body)}`,
  files: { [FILE]: body.toString() },
});
const failed = (last: string, exitCode = 1) => ({ exitCode, last, files: {} });

inEveryShell([
  ['while nothing changes it says so every ten seconds', async shell => {
    const server = await httpServer(drip);

    const { said } = await run(downloading({ url: server.url }), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs(' bytes of');
        signal('SIGTERM');
      },
    });

    expect(said.slice(1).map(line => line.replace(/^\d+ bytes/, 'N bytes')))
      .toEqual([`N bytes of ${server.url}, N s of 20 s`, 'stopped by a signal']);
  }],
  ['a file is downloaded whole, byte for byte', async shell => {
    const server = await httpServer(whole);

    const { exitCode, said, files, modes } = await run(downloading({ url: server.url }), shell);

    expect({ exitCode, said, files, modes }).toEqual({
      exitCode: 0,
      said: [
        `downloading ${server.url}, at most 20 s`,
        `downloaded ${server.url}: ${body.length} bytes, sha256 ${sha256(body)}`,
      ],
      files: { [FILE]: body.toString() },
      modes: { [FILE]: '644' },
    });
  }],
  ['an empty answer is a mistake, unless its checksum is known', async shell => {
    const server = await httpServer(status(200));

    expect(end(await run(downloading({ url: server.url }), shell)))
      .toEqual(failed(`${server.url}: the answer is empty`));
    expect(end(await run(downloading({ url: server.url, sha256: sha256('') }), shell)))
      .toEqual({ exitCode: 0, last: `downloaded ${server.url}: 0 bytes, sha256 ${sha256('')}`, files: { [FILE]: '' } });
  }],
  ['every line tells the time and the step', async shell => {
    const server = await httpServer([status(503), whole]);

    const { lines } = await run(downloading({ url: server.url }), shell);

    expect(lines).toHaveLength(3);
    expect(lines.filter(line => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ download: \S/.test(line))).toEqual([]);
  }],
  ['the mode is as given, whatever an older file had, and what an earlier run left is gone', async shell => {
    const server = await httpServer(whole);
    const files = { '/out/.app.json.part': 'left over', '/out/other': 'stays', [FILE]: 'old' };

    const written = await run(downloading({ url: server.url, mode: 0o600 }), shell, { files });

    expect(written.files).toEqual({ [FILE]: body.toString(), '/out/other': 'stays' });
    expect(written.modes[FILE]).toBe('600');
  }],
  ['a wrong checksum keeps the old file, and the last line has both', async shell => {
    const server = await httpServer(whole);

    const container = downloading({ url: server.url, sha256: 'A'.repeat(64) });

    const refused = await run(container, shell, { files: { [FILE]: 'old' } });

    expect(end(refused)).toEqual({
      exitCode: 1, last: `${server.url}: sha256 is ${sha256(body)}, not ${'a'.repeat(64)}`, files: { [FILE]: 'old' },
    });
  }],
  ['the right checksum is accepted', async shell => {
    const server = await httpServer(whole);

    expect(end(await run(downloading({ url: server.url, sha256: sha256(body).toUpperCase() }), shell)))
      .toEqual(done(server.url));
  }],
  ['a file that has the checksum already is not fetched', async shell => {
    const server = await httpServer(whole);

    expect(end(await run(downloading({ url: server.url, sha256: sha256('old') }), shell, { files: { [FILE]: 'old' } })))
      .toEqual({ exitCode: 0, last: `${FILE} has sha256 ${sha256('old')} already`, files: { [FILE]: 'old' } });
    expect(server.requests).toEqual([]);
  }],
  ['a status 404 fails at once', async shell => {
    const server = await httpServer(status(404, 'no such page'));

    expect(end(await run(downloading({ url: server.url }), shell))).toEqual(failed(`${server.url}: status 404`));
    expect(server.requests).toHaveLength(1);
  }],
  ['a status 503 is tried again', async shell => {
    const server = await httpServer([status(503, 'a longer text that must not stay'.repeat(100)), whole]);

    expect(end(await run(downloading({ url: server.url }), shell))).toEqual(done(server.url));
  }],
  ['so it is when its error page is larger than the file may be', async shell => {
    const server = await httpServer([status(503, 'x'.repeat(2_000_000)), whole]);

    expect(end(await run(downloading({ url: server.url, maxSize: Size.mebibytes(1) }), shell)))
      .toEqual(done(server.url));
  }],
  ['a truncated answer is tried again', async shell => {
    const server = await httpServer([truncated(body), whole]);

    expect(end(await run(downloading({ url: server.url }), shell))).toEqual(done(server.url));
  }],
  ['a lost connection is tried again', async shell => {
    const server = await httpServer([(request) => request.socket.destroy(), whole]);

    expect(end(await run(downloading({ url: server.url }), shell))).toEqual(done(server.url));
  }],
  ['an answer that says that it is too large is refused', async shell => {
    const server = await httpServer((_, response) =>
      response.writeHead(200, { 'content-length': 1025 }).end('x'.repeat(1025)));

    expect(end(await run(downloading({ url: server.url, maxSize: Size.kibibytes(1) }), shell)))
      .toEqual(failed(`${server.url}: larger than 1024 bytes`));
  }],
  ['an answer that does not say so and is too large is refused', async shell => {
    const server = await httpServer((_, response) => {
      response.write('x'.repeat(1000));
      response.end('x'.repeat(25));
    });

    expect(end(await run(downloading({ url: server.url, maxSize: Size.kibibytes(1) }), shell)))
      .toEqual(failed(`${server.url}: larger than 1024 bytes`));
  }],
  ['an answer without an end is refused long before the deadline', async shell => {
    const server = await httpServer(endless);

    const refused = await run(downloading({ url: server.url, maxSize: Size.kibibytes(64) }), shell);

    expect(end(refused)).toEqual(failed(`${server.url}: larger than 65536 bytes`));
    expect(refused.seconds).toBeLessThan(10);
  }],
  ['an answer of just the largest size is accepted', async shell => {
    const text = 'x'.repeat(1024);
    const server = await httpServer((_, response) => {
      response.write(text.slice(0, 500));
      response.end(text.slice(500));
    });

    const { exitCode, files } = await run(downloading({ url: server.url, maxSize: Size.kibibytes(1) }), shell);

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { [FILE]: text } });
  }],
  ['a redirect is followed', async shell => {
    const target = await httpServer(whole);
    const server = await httpServer(redirect(target.url));

    expect(end(await run(downloading({ url: server.url }), shell))).toEqual(done(server.url));
  }],
  ['ten redirects are followed', async shell => {
    const server = await httpServer(countdown);

    const { exitCode, files } = await run(downloading({ url: `${server.url}/10` }), shell);

    expect({ exitCode, files, requests: server.requests.length })
      .toEqual({ exitCode: 0, files: { [FILE]: 'there' }, requests: 11 });
  }],
  ['redirects without an end fail', async shell => {
    const server = await httpServer(redirect('/again'));

    expect(end(await run(downloading({ url: server.url }), shell)))
      .toEqual(failed(`${server.url}: curl: (47) Maximum (10) redirects followed`));
    expect(server.requests).toHaveLength(11);
  }],
  ['an answer that drips for ever ends at the deadline', async shell => {
    const server = await httpServer(drip);

    const { exitCode, last, files, seconds } = await run(
      downloading({ url: server.url, timeout: Duration.seconds(2) }),
      shell,
    );

    const result = 'no answer in time, N bytes came; a NetworkPolicy?';
    expect({ exitCode, last: last.replace(/\d+ bytes/, 'N bytes'), files })
      .toEqual(failed(`gave up: ${server.url}: ${result} (attempt N), N s of 2 s`, 124));
    expect(seconds).toBeGreaterThan(1.9);
    expect(seconds).toBeLessThan(8);
  }],
  ['a server that is down at first is tried again', async shell => {
    const port = await closedPort();
    setTimeout(() => void httpServer(whole, port), 700);

    expect(end(await run(downloading({ url: `http://127.0.0.1:${port}` }), shell)))
      .toEqual(done(`http://127.0.0.1:${port}`));
  }],
  ['a server that stays down ends at the deadline', async shell => {
    const url = `http://127.0.0.1:${await closedPort()}`;

    expect(end(await run(downloading({ url, timeout: Duration.seconds(1) }), shell)))
      .toEqual(failed(`gave up: ${url}: connection refused or no route (attempt N), N s of 1 s`, 124));
  }],
  ['a folder in the way is wrong input', async shell => {
    expect(end(await run(downloading({ url: 'http://127.0.0.1:1' }), shell, { files: { [`${FILE}/`]: '' } })))
      .toEqual(failed(`${FILE} is a directory`, 2));
  }],
  // In a container the kubelet makes it.
  ...inLab ? [] : [['a folder that is missing is said to be so', async shell => {
    const { exitCode, last } = await run(downloading({ url: 'http://127.0.0.1:1' }), shell, { without: '/out' });

    expect(exitCode).toBe(1);
    expect(last).toMatch(/^cannot write to \/out as user \d+: .*(o such file|onexistent)/i);
  }] as Case],
  ['TERM ends the download at once and leaves nothing', async shell => {
    const server = await httpServer(drip);

    const stopped = await run(downloading({ url: server.url }), shell, {
      files: { [FILE]: 'old' },
      meanwhile: async ({ signal, until }) => {
        await until(() => server.requests.length > 0);
        signal('SIGTERM');
      },
    });

    expect(end(stopped)).toEqual({ exitCode: 143, last: 'stopped by a signal', files: { [FILE]: 'old' } });
    expect(stopped.seconds).toBeLessThan(1);
  }],
]);
