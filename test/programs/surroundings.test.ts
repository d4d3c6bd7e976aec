/**
 * What goes wrong around the programs: variables of the image, tools that are killed, signals, what another run has
 * left.
 */
import { createHash } from 'crypto';
import {
  chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { Endpoint, FileSource, HttpAuth } from '../../src';
import type { Container } from '../lab/container';
import { withScripts } from '../lab/images';
import { namesIn } from '../lab/names';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, drip, httpServer, status, tcpServer } from '../lab/servers';
import { inEveryShell, type Case, type Shell } from '../lab/shells';
import { bounded, downloading, generating, generatingVariables, secret, waiting } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const folder = mkdtempSync(join(tmpdir(), 'surroundings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');

/** A pod whose volume at /out everybody may write to. */
function pod(): string {
  const path = mkdtempSync(join(folder, 'pod-'));
  mkdirSync(join(path, 'out'));
  chmodSync(join(path, 'out'), 0o777);
  return path;
}

/** One of each kind of step that ends, with all that its program may do. */
async function steps(): Promise<{ [name: string]: Container }> {
  const [{ port }, closed, { url }] = [await tcpServer(), await closedPort(), await httpServer(status(200, 'text'))];
  const silent = await httpServer(() => undefined);
  const value = EnvValue.fromValue('value');
  const [variables, timeout] = [{ A: value }, seconds(1)];
  const auth = HttpAuth.basic(value, EnvValue.fromValue(''));
  return {
    up: waiting([Endpoint.tcp('127.0.0.1', port)]),
    down: waiting([Endpoint.tcp('127.0.0.1', closed)], { timeout }),
    all: waiting(
      [Endpoint.tcp('127.0.0.1', port), Endpoint.http(url, { statusCodes: [200] }), Endpoint.dns('localhost')],
      { successThreshold: 2 },
    ),
    missing: waiting([Endpoint.http(`http://127.0.0.1:${closed}`)], { timeout }),
    url: waiting([Endpoint.urlFrom(EnvValue.fromValue(`tcp://127.0.0.1:${closed},127.0.0.1:${port}`))]),
    tls: waiting([Endpoint.urlFrom(EnvValue.fromValue(`rediss://127.0.0.1:${closed}`))], { timeout }),
    nowhere: waiting([Endpoint.tcpFrom(secret('host'), secret('port'))]),
    asked: waiting([
      Endpoint.http(url, { headers: { 'X-A': '${A}' }, variables, bodyContains: 'text' }),
      Endpoint.http(`${url}/basic`, { auth }),
      Endpoint.http(`${url}/plain`),
      Endpoint.dns('localhost', { minAddresses: 1 }),
    ]),
    lacking: waiting([Endpoint.http(url, { auth, bodyContains: 'UP' })], { timeout }),
    user: downloading({ url, auth }),
    plain: downloading({ url }),
    sum: downloading({ url, sha256: sha256('text') }),
    headers: downloading({ url, headers: { 'X-A': '${A}' }, variables }),
    allowed: downloading({ url, allowUnknownLength: true }),
    silent: downloading({ url: silent.url, timeout }),
    refused: downloading({ url: `http://127.0.0.1:${closed}`, timeout }),
    generated: generating({ template: FileSource.inline('${A} ${B}'), variables }),
    variables: generatingVariables({ templates: { B: '${A|url}' }, variables }),
    unfit: generatingVariables({ templates: { B: '${A:-}' }, variables: { A: EnvValue.fromValue("'") } }),
  };
}

inEveryShell([
  ...['9', 'x; exit 7', ''].map(value => [`variables of the image change nothing: all are '${value}'`, async shell => {
    for (const [name, container] of Object.entries(await steps())) {
      const env = Object.fromEntries(namesIn(container).map(each => [each, value]));
      const [clean, polluted] = [await run(container, shell), await run(container, shell, { env })];

      const outcome = ({ exitCode, said, files, modes }: Run) => ({ name, exitCode, said: said.sort(), files, modes });
      expect(outcome(polluted)).toEqual(outcome(clean));
    }
  }] as Case),
  ['a step that is not process 1 leaves nothing behind', async shell => {
    const [{ url: dripping }, port, { url }] = [
      await httpServer(drip), await closedPort(), await httpServer(status(200, 'text')),
    ];
    const stopped = downloading({ url: dripping });
    const ended = [
      waiting([Endpoint.tcp('127.0.0.1', port), Endpoint.http(url)], { timeout: seconds(1) }), downloading({ url }),
      waiting([Endpoint.http(dripping, { bodyContains: 'UP', headers: { A: 'b' } })], { timeout: seconds(1) }),
      downloading({ url: dripping, timeout: seconds(1) }), generating({ template: FileSource.inline('text') }),
    ];
    for (const container of [stopped, ...ended]) {
      const volumes = pod();
      let left: string[] = [];
      await run(container, shell, {
        folder: volumes,
        meanwhile: async ({ until, logs, signal, commandLines }) => {
          if (container === stopped) {
            await logs('downloading');
            await sleep(300);
            signal('SIGTERM');
          }
          await until(() => false);
          await sleep(1000);
          left = commandLines().filter(line => line !== ''); // of what has ended nothing is left but its number
        },
      });

      expect({ left, parts: readdirSync(join(volumes, 'out')).filter(name => name.startsWith('.')) })
        .toEqual({ left: [], parts: [] });
    }
  }],
  ['while a file comes nobody else may read it, whatever an earlier run has left', async shell => {
    const { url } = await httpServer(drip);
    const volumes = pod();
    const part = join(volumes, 'out/.app.json.part');
    writeFileSync(part, 'left over');
    chmodSync(part, 0o666);
    let mode = 0;

    await run(downloading({ url, mode: 0o600, timeout: seconds(2) }), shell, {
      folder: volumes,
      meanwhile: async ({ logs }) => {
        await logs('downloading');
        await sleep(500);
        mode = statSync(part).mode % 0o1000;
      },
    });

    expect(mode.toString(8)).toBe('600');
  }],
  ['files of other steps that look like leftovers stay', async shell => {
    const { url } = await httpServer(status(200, 'text'));
    const files = { '/out/.app.json.part2': 'mine', '/out/.app.json': 'mine', '/out/app.json.part': 'mine' };

    const { exitCode, files: left } = await run(downloading({ url }), shell, { files });

    expect({ exitCode, left }).toEqual({ exitCode: 0, left: { ...files, [FILE]: 'text' } });
  }],
  ['a link to a file with the right checksum is replaced, and a file that is kept gets its mode', async shell => {
    const { url } = await httpServer(status(200, 'text'));
    const volumes = pod();
    const path = join(volumes, 'out/app.json');
    writeFileSync(join(volumes, 'out/other'), 'text');
    symlinkSync('other', path);
    const container = downloading({ url, sha256: sha256('text'), mode: 0o640 });

    const first = await run(container, shell, { folder: volumes });
    const [isFile, mode] = [lstatSync(path).isFile(), statSync(path).mode % 0o1000];
    chmodSync(path, 0o600);
    const second = await run(container, shell, { folder: volumes });

    expect([first.exitCode, isFile, mode]).toEqual([0, true, 0o640]);
    expect({ ...end(second), mode: statSync(path).mode % 0o1000 })
      .toEqual({ exitCode: 0, last: `${FILE} has sha256 ${sha256('text')} already`, mode: 0o640 });
  }],
  ['a curl that is killed is said to be so', async shell => {
    const image = { ...shell, ...killingCurl(shell) };
    const url = 'http://127.0.0.1:1';

    const [wait, download] = [
      await run(waiting([Endpoint.http(url)], { timeout: seconds(1) }), image), await run(downloading({ url }), image),
    ];

    expect(end(wait))
      .toEqual({ exitCode: 124, last: `gave up: ${url}: curl was killed; not enough memory? (attempt N), N s of 1 s` });
    expect(end(download)).toEqual({ exitCode: 1, last: `${url}: curl was killed; not enough memory?` });
  }],
  ...(['SIGINT', 'SIGQUIT'] as const).map(name => [`${name} stops every step as TERM does`, async shell => {
    const { url } = await httpServer(drip);
    const wait = waiting([Endpoint.tcp('127.0.0.1', await closedPort())]);
    for (const container of [wait, downloading({ url }), bounded(20, ['sleep', '30'])]) {
      const stopped = await run(container, shell, {
        meanwhile: async ({ signal }) => {
          await sleep(700);
          signal(name);
        },
      });

      expect(end(stopped)).toEqual({ exitCode: 143, last: 'stopped by a signal' });
      expect(stopped.seconds).toBeLessThan(1);
    }
  }] as Case),
  ['without /proc a step ends and says so', async shell => {
    for (const container of [waiting([Endpoint.tcp('127.0.0.1', 1)]), downloading({ url: 'http://127.0.0.1:1' })]) {
      const [sh, option, text] = container.command;

      const ended = await run(
        { ...container, command: [sh, option, text.replaceAll('</proc/uptime', '</nowhere/uptime')] },
        shell,
      );

      expect(end(ended)).toEqual({ exitCode: 2, last: 'no /proc/uptime' });
    }
  }],
  ['addresses of many thousand characters are waited for like others, and cut in the log', async shell => {
    const { url, requests } = await httpServer([status(503), status(503), status(503), status(200)]);
    const endpoints = ['a', 'b', 'c'].map(letter => Endpoint.http(`${url}/${letter.repeat(6_000)}`));

    const { exitCode, said, last } = await run(waiting(endpoints), shell);

    expect({ exitCode, last, enough: requests.length >= 6 })
      .toEqual({ exitCode: 0, last: 'all up after N s', enough: true });
    const line = /^http:\/\/127\.0\.0\.1:\d+\/(a+|b+|c+)\.\.\.: (status 503|up) \(attempt N\), N s of 20 s$/;
    expect(said.slice(0, -1).filter(each => each.length > 600 || !line.test(each))).toEqual([]);
  }],
]);

/** An image whose curl is killed at once, as by a limit of memory. */
function killingCurl(shell: Shell): Shell {
  return { ...shell, ...withScripts({ curl: 'kill -9 $$' }, shell, join(folder, shell.name)) };
}
