/** What servers answer that is neither right nor plainly wrong. */
import * as http2 from 'http2';
import * as https from 'https';
import * as net from 'net';
import { gzipSync } from 'zlib';
import { Duration } from 'cdk8s';
import { Endpoint, FileSource, type DownloadConfigProps, type WaitForServiceProps } from '../../src';
import { faketime } from '../lab/faketime';
import { run, type Run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, makeCertificate, redirect, started, status, type Answer,
} from '../lab/servers';
import { inEveryShell, missing, type Case, type Shell } from '../lab/shells';
import { downloading, waiting } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const DATE = 'Wed, 21 Oct 2026 07:28:00 GMT';
const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const failed = (last: string, exitCode = 1) => ({ exitCode, last, files: {} });

function download(url: string, shell: Shell, props: Partial<DownloadConfigProps> = {}): Promise<Run> {
  return run(downloading({ url, ...props }), shell);
}

/** What a wait says of an endpoint that never comes up, each result once. */
async function results(
  url: string, shell: Shell, props: Partial<WaitForServiceProps> = {}, caCertificate?: FileSource,
): Promise<string[]> {
  const { exitCode, said } = await run(
    waiting([Endpoint.http(url, { caCertificate })], { timeout: seconds(4), ...props }),
    shell,
  );
  expect(exitCode).toBe(124);
  return [
    ...new Set(
      said.map(line => line.replace('gave up: ', '').replace(`${url}: `, '').replace(' (attempt N), N s of 4 s', '')),
    ),
  ];
}

/** A server that writes what no HTTP server does. */
async function rawServer(onConnection: (socket: net.Socket) => void): Promise<string> {
  const { port } = await started(net.createServer(socket => onConnection(socket.on('error', () => undefined))), 0);
  return `http://127.0.0.1:${port}`;
}

/** An answer without a length, which ends with the connection. */
const unknownLength: Answer = request => request.socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf');

inEveryShell([
  ['a first byte may take half of the time, and what pauses for longer is tried again', async shell => {
    const slow = await httpServer((_, response) => void setTimeout(() => response.end('slow'), 8_000));
    const stuck = await httpServer([(_, response) => void response.write('half'), status(200, 'whole')]);

    const [came, again] = await Promise.all([download(slow.url, shell), download(stuck.url, shell)]);

    expect([came, again].map(({ exitCode, files }) => ({ exitCode, files }))).toEqual([
      { exitCode: 0, files: { [FILE]: 'slow' } }, { exitCode: 0, files: { [FILE]: 'whole' } },
    ]);
    expect([slow.requests.length, stuck.requests.length]).toEqual([1, 2]);
  }],
  ['nothing behind the ? of a URL is said: it may be a secret', async shell => {
    const [down, broken] = [await httpServer(status(503)), await httpServer([status(503), status(404)])];
    const secret = '?sig=TOPSECRET';

    const runs = await Promise.all([
      run(waiting([Endpoint.http(down.url + secret)], { timeout: seconds(2) }), shell),
      run(
        waiting([Endpoint.http(down.url + secret), Endpoint.http(broken.url + secret)], { timeout: seconds(2) }),
        shell,
      ),
      download(down.url + secret, shell, { timeout: seconds(2) }),
      download(broken.url + secret, shell),
    ]);

    expect(runs.flatMap(({ lines, last }) => [...lines, last]).filter(line => line.includes('SECRET'))).toEqual([]);
    expect(runs[0].last).toBe(`gave up: ${down.url}: status 503 (attempt N), N s of 2 s`);
    expect(runs[3].last).toBe(`${broken.url}: status 404`);
  }],
  ['a server that asks for time gets it', async shell => {
    const { url, requests } = await httpServer([
      (_, response) => response.writeHead(429, { 'retry-after': '2' }).end(), status(200, 'text'),
    ]);
    const { url: later, requests: never } = await httpServer((_, response) =>
      response.writeHead(503, { 'retry-after': '900' }).end());
    const { url: odd, requests: many } = await httpServer((_, response) =>
      response.writeHead(503, { 'retry-after': DATE }).end());

    const timeout = seconds(3);
    const [came, missed] = await Promise.all([
      download(url, shell), download(later, shell, { timeout }), download(odd, shell, { timeout }),
    ]);

    expect({ exitCode: came.exitCode, requests: requests.length, waited: came.seconds > 1.9 })
      .toEqual({ exitCode: 0, requests: 2, waited: true });
    expect({ ...end(missed), requests: never.length, waited: missed.seconds > 2.9 })
      .toEqual({ ...failed(`gave up: ${later}: status 503 (attempt N), N s of 3 s`, 124), requests: 1, waited: true });
    expect(many.length).toBeGreaterThan(3);
  }],
  ['an answer that nobody asked to be compressed is refused, unless its checksum is known', async shell => {
    const body = gzipSync('text');
    const { url } = await httpServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body));

    expect(end(await download(url, shell)))
      .toEqual(failed(`${url}: compressed, which nobody asked for; give sha256 to keep it so`));
    expect(end(await download(url, shell, { sha256: 'a'.repeat(64) })))
      .toMatchObject({ last: expect.stringMatching(/: sha256 is \w+, not a+$/) });
  }],
  ['an answer of unknown length is refused, because half of it looks whole, unless that is allowed', async shell => {
    const { url } = await httpServer(unknownLength);

    expect(end(await download(url, shell))).toEqual(failed(`${url}: is it whole? It tells no length; give sha256`));
    expect((await download(url, shell, { allowUnknownLength: true })).files).toEqual({ [FILE]: 'half' });
  }],
  ['of an endless body no more is fetched than its beginning', async shell => {
    let sent = 0;
    const { url, requests } = await httpServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    });

    const { exitCode } = await run(waiting([Endpoint.http(url)], { successThreshold: 3 }), shell);

    expect({ exitCode, requests: requests.length, much: sent > 20_000_000 })
      .toEqual({ exitCode: 0, requests: 3, much: false });
  }],
  ['a server that never ends its headers is not up', async shell => {
    const url = await rawServer(socket => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-more: 1\r\n'), 100);
      socket.on('close', () => clearInterval(timer));
    });

    expect(await results(url, shell, { attemptTimeout: seconds(1) })).toEqual(['no answer in 1 s']);
  }],
  ['a body that breaks off leaves the status as it is, and it is said once', async shell => {
    let more = 0;
    const { url } = await httpServer((_, response) => {
      more += 1;
      response.writeHead(503, { 'content-length': 100_000 });
      response.write('x'.repeat(more), () => response.destroy());
    });

    expect(await results(url, shell)).toEqual(['status 503']);
  }],
  ['a server of HTTP/2 only has one and the same reason in every attempt', async shell => {
    const { port } = await started(http2.createServer() as unknown as net.Server, 0);

    expect(await results(`http://127.0.0.1:${port}`, shell))
      .toEqual(['closed without an answer in HTTP/1.1; gRPC, TLS, a proxy without a server?']);
  }],
  ['so has a server that sets a cookie and redirects to itself', async shell => {
    const { url } = await httpServer((request, response) =>
      response.writeHead(302, { 'location': request.url, 'set-cookie': 'seen=1' }).end());

    expect(await results(url, shell)).toEqual(['too many redirects; does it want a cookie?']);
  }],
  ['what a redirect leads to is tried again, for it may come up', async shell => {
    const { url, requests } = await httpServer([redirect('http://127.0.0.1:1/'), status(200, 'text')]);

    expect((await download(url, shell)).files).toEqual({ [FILE]: 'text' });
    expect(requests).toHaveLength(2);
  }],
  ...withCertificates(),
]);

function withCertificates(): Case[] {
  if (certificate === undefined) {
    missing('openssl');
    return [];
  }
  const named = (subject: string) => makeCertificate({ subject });
  return [
    ['a server that wants a certificate of the client has one and the same reason in every attempt', async shell => {
      const server = https.createServer({
        ...certificate!, requestCert: true, rejectUnauthorized: true, ca: certificate!.cert,
      });
      const { port } = await started(server, 0);

      expect(await results(`https://127.0.0.1:${port}`, shell, {}, FileSource.inline(certificate!.cert)))
        .toEqual(['closed without an answer; no TLS there, or a client certificate wanted?']);
    }],
    ...['a,000,b', 'a: up (attempt 1', '200,9,0', 'red\u001b[31m'].map(subject =>
      [`a certificate whose name is ${JSON.stringify(subject)} is only a certificate for another name`, async shell => {
        const flawed = named(subject);
        const { url, requests } = await httpServer(status(200, 'text'), 0, flawed);
        const caCertificate = FileSource.inline(flawed.cert);

        expect(await results(url, shell, {}, caCertificate)).toEqual(['certificate not trusted: for another name']);
        const { exitCode, lines, files } = await download(url, shell, { caCertificate });
        expect({ exitCode, files, requests }).toEqual({ exitCode: 1, files: {}, requests: [] });
        // eslint-disable-next-line no-control-regex
        expect(lines.filter(line => /[\x00-\x1f]/.test(line) || !/^\S+Z download: /.test(line))).toEqual([]);
      }] as Case),
    ['an answer of https that ends without a farewell is not whole, even if its length may be unknown', async shell => {
      const { url, requests } = await httpServer([
        // The connection below TLS is cut off.
        request => void request.socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf', () =>
          (request.socket as unknown as { _parent: net.Socket })._parent.destroy()),
        status(200, 'whole'),
      ], 0, certificate);
      const props = { caCertificate: FileSource.inline(certificate!.cert), allowUnknownLength: true };

      expect((await download(url, shell, props)).files).toEqual({ [FILE]: 'whole' });
      expect(requests).toHaveLength(2);
    }],
    ...becomingValid(),
  ];
}

function becomingValid(): Case[] {
  if (faketime === undefined) {
    missing('libfaketime');
    return [];
  }
  return [['a certificate that is not valid yet is waited for', async shell => {
    const early = makeCertificate({ validIn: 4 });
    const { url } = await httpServer(status(200, 'text'), 0, early);
    const caCertificate = FileSource.inline(early.cert);

    const [wait, came] = await Promise.all([
      run(waiting([Endpoint.http(url, { caCertificate })]), shell), download(url, shell, { caCertificate }),
    ]);

    expect([wait.exitCode, came.files]).toEqual([0, { [FILE]: 'text' }]);
    for (const { said } of [wait, came]) {
      expect(said)
        .toContain(`${url}: certificate not trusted: not valid yet (attempt N), N s of 20 s`);
    }
  }]];
}
