/** What goes wrong around the programs rather than in them. */
import { spawn } from 'child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'fs';
import * as net from 'net';
import { networkInterfaces, tmpdir } from 'os';
import { dirname, join } from 'path';
import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Endpoint, FileSource } from '../../src';
import type { Container } from '../lab/container';
import { copyOf, put, without } from '../lab/images';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, endless, httpServer, status } from '../lab/servers';
import { inEveryShell, type Case, type Shell } from '../lab/shells';
import { bounded, downloading, generating, waiting } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const ends: (() => void)[] = [() => rmSync(folder, { recursive: true })];
afterAll(() => ends.forEach(end => end()));

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });

/** A port that lets connections hang, as a firewall that drops them: its process sleeps, and its queue is full. */
async function hangingPort(): Promise<number> {
  const listen = `const server = require("net").createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port))`;
  const server = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'ignore'] });
  ends.push(() => server.kill('SIGKILL'));
  const port = await new Promise<number>(resolve => server.stdout.once('data', data => resolve(Number(data))));
  server.kill('SIGSTOP');
  for (let connected = true; connected;) {
    const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
    ends.push(() => socket.destroy());
    connected = await Promise.race([
      new Promise<boolean>(resolve => socket.once('connect', () => resolve(true))), later(500, false),
    ]);
  }
  return port;
}

function later<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, value));
}

/** What someone reads on who has opened the old file before, and what one reads who opens it afterwards. */
async function replacing(container: Container, shell: Shell) {
  const pod = mkdtempSync(join(folder, 'pod-'));
  const path = pod + container.env!.find(({ name }) => name === 'step_destination')!.value!;
  mkdirSync(dirname(path));
  chmodSync(dirname(path), 0o777);
  writeFileSync(path, 'old');
  const opened = openSync(path, 'r');
  const { exitCode } = await run(container, shell, { folder: pod });
  const before = readFileSync(opened, 'utf8');
  closeSync(opened);
  return { exitCode, before, afterwards: readFileSync(path, 'utf8') };
}

const HANG = '/etc/hang';

/** An image whose nc refuses everything, and hangs as soon as there is a file, which plain processes see elsewhere. */
function withNcThatMayHang(shell: Shell): Shell {
  const image = copyOf(shell, join(folder, `${shell.name}-hanging`));
  const file = join(folder, `${shell.name}-nc`);
  const hangs = [HANG, image.folder + HANG].map(each => `[ ! -e ${each} ] || exec sleep 100`);
  writeFileSync(file, ['#!/bin/sh', ...hangs, 'exit 1'].join('\n'), { mode: 0o755 });
  put(image.folder, 'nc', file);
  return { ...shell, ...image };
}

/** How long the log was silent at most, in seconds, while a step ran for 25 s. */
async function longestSilence(container: Container, shell: Shell): Promise<number> {
  const started = Date.now();
  const { lines } = await run(container, shell, {
    meanwhile: async ({ signal }) => {
      await later(25_000, undefined);
      signal('SIGTERM');
    },
  });
  const times = [started, ...lines.map(line => Date.parse(line.split(' ')[0]))];
  return Math.max(...times.slice(1).map((time, index) => time - times[index])) / 1000;
}

inEveryShell([
  ['the log is never silent for more than ten seconds, however long an attempt or a pause takes', async shell => {
    const [port, closed, { url }] = [await hangingPort(), await closedPort(), await httpServer(() => undefined)];
    const timeout = seconds(100);
    const silences = await Promise.all([
      waiting([Endpoint.tcp('127.0.0.1', port)], { timeout }),
      waiting([Endpoint.tcp('127.0.0.1', port)], { timeout, attemptTimeout: seconds(60) }),
      waiting([Endpoint.tcp('127.0.0.1', closed)], { timeout, pollInterval: seconds(60) }),
      waiting([Endpoint.http(url), Endpoint.dns('localhost')], { timeout, attemptTimeout: seconds(60) }),
      downloading({ url, timeout }),
    ].map(container => longestSilence(container, shell)));

    expect(silences.filter(silence => silence > 11)).toEqual([]); // the log tells whole seconds
  }],
  ['nor is it when connections begin to hang just before the next line is due', async shell => {
    const image = withNcThatMayHang(shell);
    const pod = mkdtempSync(join(folder, 'pod-'));
    let [said, at, silence] = ['', 0, 0];

    await run(waiting([Endpoint.tcp('127.0.0.1', 1)], { timeout: seconds(60) }), image, {
      folder: pod,
      meanwhile: async ({ until, signal }) => {
        const begun = performance.now();
        await until(() => {
          const log = readFileSync(join(pod, 'log'), 'utf8');
          if (log !== said) [said, at] = [log, performance.now()];
          silence = Math.max(silence, performance.now() - (at || begun));
          // An attempt may take as long as ever only after some time.
          if (at > begun + 21_000 && performance.now() > at + 4_350) writeFileSync(image.folder + HANG, '');
          return performance.now() > begun + 38_000;
        });
        signal('SIGTERM');
      },
    });

    expect(silence).toBeGreaterThan(6_000);
    expect(silence).toBeLessThan(10_000);
  }],
  ['connections that hang are given up after the time of an attempt, and tried again', async shell => {
    const address = `127.0.0.1:${await hangingPort()}`;
    const endpoints = [Endpoint.tcp('127.0.0.1', Number(address.split(':')[1])), Endpoint.http(`http://${address}`)];

    const hung = await run(waiting(endpoints, { timeout: seconds(4), attemptTimeout: seconds(1) }), shell);

    const results = [
      `tcp://${address}: no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?`,
      `http://${address}: no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?`,
    ];
    expect(hung.exitCode).toBe(124);
    expect(hung.said.filter(line => line.startsWith('gave up')).sort())
      .toEqual(results.map(each => `gave up: ${each} (attempt N), N s of 4 s`).sort());
    expect(hung.lines.filter(line => /gave up.*\(attempt 1\)/.test(line))).toEqual([]);
    expect(hung.lines.filter(line => !/^\S+Z wait: /.test(line))).toEqual([]); // nothing of the shell's own
  }],
  ['an attempt that the deadline cuts short says nothing: the reason is that of the last whole one', async shell => {
    const port = await hangingPort();
    const endpoints = [Endpoint.tcp('127.0.0.1', port), Endpoint.http(`http://127.0.0.1:${port}`)];
    const waits = endpoints.map(endpoint => waiting([endpoint], { timeout: seconds(4) }));

    const hung = await Promise.all(waits.map(container => run(container, shell)));

    const result = 'no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?';
    expect(hung.map(end)).toEqual(['tcp', 'http'].map(scheme => ({
      exitCode: 124,
      last: `gave up: ${scheme}://127.0.0.1:${port}: ${result} (attempt N), N s of 4 s`,
    })));
  }],
  ['a download whose connection is not made in 5 s is tried again', async shell => {
    const url = `http://127.0.0.1:${await hangingPort()}`;

    const { exitCode, lines, seconds: took } = await run(downloading({ url, timeout: seconds(8) }), shell);

    expect(exitCode).toBe(124);
    expect(lines[1]).toMatch(/: no answer in time, 0 bytes came; a NetworkPolicy\? \(attempt 1\), [56] s of 8 s$/);
    expect(lines.at(-1)).toMatch(/: gave up: .*: no answer in time, 0 bytes came; .* \(attempt 2\), 8 s of 8 s$/);
    expect(took).toBeLessThan(14);
  }],
  ['a port that speaks another protocol is tried again until the deadline', async shell => {
    const { url } = await httpServer(status(200));

    const https = url.replace('http', 'https');

    expect(end(await run(downloading({ url: https, timeout: seconds(4) }), shell)))
      .toEqual({
        exitCode: 124, last: `gave up: ${https}: closed before the whole answer came (attempt N), N s of 4 s`,
      });
  }],
  ['a tool that the image lacks is said to be missing at once', async shell => {
    const image = { ...shell, ...without('curl', shell, join(folder, shell.name)) };

    const lacking = { exitCode: 2, last: 'the image lacks curl' };
    expect(end(await run(waiting([Endpoint.http('http://127.0.0.1:1')]), image))).toEqual(lacking);
    expect(end(await run(downloading({ url: 'http://127.0.0.1:1' }), image))).toEqual(lacking);
  }],
  ['a wait that cannot even sleep ends, and says what was missing until then', async shell => {
    const port = await closedPort();

    const ended = await run(waiting([Endpoint.tcp('127.0.0.1', port)]), {
      ...shell,
      ...without('sleep', shell, join(folder, `${shell.name}-2`)),
    });

    expect(end(ended)).toEqual({
      exitCode: 1, last: `no sleep: tcp://127.0.0.1:${port}: connection refused or no route (attempt N), N s of 20 s`,
    });
  }],
  ['the curlrc of an image changes nothing', async shell => {
    const { url } = await httpServer(status(200, 'text'));

    const { exitCode } = await run(downloading({ url }), shell, {
      env: { HOME: '/out' },
      files: { '/out/.curlrc': 'proxy = "http://127.0.0.1:1"\n' },
    });

    expect(exitCode).toBe(0);
  }],
  ...ipv6(),
  ['a file is replaced, never rewritten', async shell => {
    const { url } = await httpServer(status(200, 'new'));

    expect(await replacing(downloading({ url }), shell)).toEqual({ exitCode: 0, before: 'old', afterwards: 'new' });
    expect(await replacing(generating({ template: FileSource.inline('new') }), shell))
      .toEqual({ exitCode: 0, before: 'old', afterwards: 'new' });
  }],
  ['all statuses that may pass are tried again, and each is said once', async shell => {
    const { url } = await httpServer([408, 425, 429, 500, 503, 503, 599, 200].map(code => status(code, 'text')));

    const { exitCode, said } = await run(downloading({ url }), shell);

    expect({ exitCode, statuses: said.slice(1, -1) })
      .toEqual({
        exitCode: 0,
        statuses: [408, 425, 429, 500, 503, 599].map(code => `${url}: status ${code} (attempt N), N s of 20 s`),
      });
  }],
  ['a server that is in trouble is not stormed', async shell => {
    const { url, requests } = await httpServer(status(503));

    expect(end(await run(downloading({ url, timeout: seconds(2) }), shell)))
      .toEqual({ exitCode: 124, last: `gave up: ${url}: status 503 (attempt N), N s of 2 s` });
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.length).toBeLessThan(21);
  }],
  ['an answer without an end is cut off long before the deadline', async shell => {
    const { url } = await httpServer(endless);

    const { exitCode, seconds: took } = await run(downloading({ url, maxSize: Size.kibibytes(64) }), shell);

    expect(exitCode).toBe(1);
    expect(took).toBeLessThan(15);
  }],
  ['nothing of the text of an error gets into the file', async shell => {
    const { url } = await httpServer([status(503, 'a text that must not stay'), status(200, 'short')]);

    const { exitCode, files } = await run(downloading({ url }), shell);

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { [FILE]: 'short' } });
  }],
  ['the text of an error may be larger than the file', async shell => {
    const text = 'x'.repeat(2048);
    const [passing, lasting] = [
      await httpServer([status(503, text), status(200, 'whole')]), await httpServer(status(404, text)),
    ];
    const download = (url: string) => run(downloading({ url, maxSize: Size.kibibytes(1) }), shell);

    const { exitCode, files } = await download(passing.url);

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { [FILE]: 'whole' } });
    expect(end(await download(lasting.url))).toEqual({ exitCode: 1, last: `${lasting.url}: status 404` });
  }],
  ['values that look like numbers are texts', async shell => {
    const numbers = [
      '007', '1e3', '0x1F', ' 12 ', '0', '-0', '+5', '.5', '1.0', '1e400', '12345678901234567890', 'inf', 'nan',
    ];
    const variables = Object.fromEntries(numbers.map((value, index) => [`V${index}`, kplus.EnvValue.fromValue(value)]));
    const template = FileSource.inline(numbers.map((_, index) => `\${V${index}:-default}`).join('|'));

    const { exitCode, files } = await run(generating({ template, variables }), shell);

    expect({ exitCode, file: files['/out/app.conf'] }).toEqual({ exitCode: 0, file: numbers.join('|') });
  }],
  ['a program that is stopped may take its time to clean up', async shell => {
    const slow = 'trap "sleep 0.5; echo cleaned up; exit 0" TERM; echo started; sleep 30 & wait';

    const { exitCode, said } = await run(bounded(20, ['ash', '-c', slow]), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('started');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, said }).toEqual({ exitCode: 143, said: ['started', 'cleaned up', 'stopped by a signal'] });
  }],
]);

function ipv6(): Case[] {
  const isThere = Object.values(networkInterfaces()).flat().some(address => address?.address === '::1');
  if (!isThere) {
    test.skip('IPv6 is not there: not run', () => undefined);
    return [];
  }
  return [['an address of IPv6 is tried as one', async shell => {
    const address = `[::1]:${await closedPort()}`;
    const endpoints = [Endpoint.tcp('::1', Number(address.split(':').pop())), Endpoint.http(`http://${address}`)];

    const { exitCode, said } = await run(waiting(endpoints, { timeout: seconds(2) }), shell);

    expect(exitCode).toBe(124);
    expect(said.filter(line => line.startsWith('gave up')).sort()).toEqual(
      ['http', 'tcp'].map(scheme =>
        `gave up: ${scheme}://${address}: connection refused or no route (attempt N), N s of 2 s`),
    );
  }]];
}
