/** Redirects, and proxies in between. */
import * as http from 'http';
import type * as net from 'net';
import { Duration } from 'cdk8s';
import { Endpoint, FileSource, type HttpEndpointOptions } from '../../src';
import { run, type Run } from '../lab/run';
import {
  certificate, closedPort, closeServersAfterwards, httpServer, redirect, started, status,
} from '../lab/servers';
import { inEveryShell, missing, type Case, type Shell } from '../lab/shells';
import { downloading, waiting } from '../lab/steps';

closeServersAfterwards();

const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const up = (url: string) => ({ exitCode: 0, last: `${url}: up (attempt N), N s of 20 s` });

/** What a wait says of an endpoint that does not come up, each result once. */
async function results(url: string, shell: Shell, options: HttpEndpointOptions = {}, env = {}): Promise<string[]> {
  const { exitCode, said } = await run(
    waiting([Endpoint.http(url, options)], { timeout: Duration.seconds(6), attemptTimeout: Duration.seconds(3) }),
    shell,
    { env },
  );
  expect(exitCode).toBe(124);
  const resultOf = (line: string) =>
    line.replace('gave up: ', '').replace(`${url}: `, '').replace(' (attempt N), N s of 6 s', '');
  return [...new Set(said.map(resultOf))];
}

/** A proxy that answers CONNECT with these statuses, one after the other; the last one stays. */
async function proxy(...statuses: number[]): Promise<{ url: string; asked(): number }> {
  let asked = 0;
  const server = http.createServer().on('connect', (_, socket: net.Socket) => {
    asked += 1;
    socket.end(`HTTP/1.1 ${statuses[Math.min(asked, statuses.length) - 1]} no\r\n\r\n`);
  });
  const { port } = await started(server, 0);
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

const HTTPS = 'https://catalog.example/';

inEveryShell([
  ['what is wrong behind a redirect is said of where it leads to, without its query', async shell => {
    const closed = `http://127.0.0.1:${await closedPort()}/auth/`;
    const { url: silent } = await httpServer(() => undefined);
    const [refused, hung, unknown] = await Promise.all([
      httpServer(redirect(`${closed}?token=secret#secret`)), httpServer(redirect(`${silent}/there`)),
      httpServer(redirect('http://sso.invalid/auth/?token=secret')),
    ]);

    expect(await results(refused.url, shell)).toEqual([`redirects to ${closed}: connection refused or no route`]);
    expect((await results(hung.url, shell))[0]).toContain(`redirects to ${silent}/there: no answer in `);
    expect((await results(unknown.url, shell))[0]).toMatch(/^redirects to http:\/\/sso.invalid\/auth\/: n/);
  }],
  ['so it is of a download, whether it is tried again or not', async shell => {
    const closed = `http://127.0.0.1:${await closedPort()}/auth/`;
    const to = await Promise.all([
      httpServer(redirect(`${closed}?token=secret#secret`)),
      httpServer(redirect('http://sso.invalid/auth/?token=secret')),
      httpServer(redirect('ftp://127.0.0.1/auth/?token=secret')),
    ]);
    const timeout = Duration.seconds(2);

    const [refused, unknown, refusing] = await Promise.all(
      to.map(({ url }) => run(downloading({ url, timeout }), shell)),
    );

    expect(end(refused)).toEqual({
      exitCode: 124,
      last: `gave up: ${to[0].url}: redirects to ${closed}: connection refused or no route (attempt N), N s of 2 s`,
    });
    expect(unknown.last).toContain(`${to[1].url}: redirects to http://sso.invalid/auth/: n`);
    expect(refusing.exitCode).toBe(1);
    expect(refusing.last).toContain(`${to[2].url}: redirects to ftp://127.0.0.1/auth/: curl: (1) `);
  }],
  ['a redirect whose status is wanted is not followed', async shell => {
    const target = await httpServer(status(200));
    const server = await httpServer(redirect(target.url));

    expect(end(await run(waiting([Endpoint.http(server.url, { statusCodes: [302] })]), shell))).toEqual(up(server.url));
    expect(target.requests).toEqual([]);
  }],
  ['redirects can be switched off', async shell => {
    const target = await httpServer(status(200, 'text'));
    const server = await httpServer(redirect(target.url));

    expect(await results(server.url, shell, { followRedirects: false })).toEqual(['status 302']);
    expect(end(await run(downloading({ url: server.url, followRedirects: false }), shell)))
      .toEqual({ exitCode: 1, last: `${server.url}: curl: (47) Maximum (0) redirects followed` });
    expect(target.requests).toEqual([]);
  }],
  ['a proxy that refuses is said to be it', async shell => {
    const { url } = await proxy(407);
    const env = { HTTPS_PROXY: url };

    expect(await results(HTTPS, shell, {}, env)).toEqual(['the proxy answers 407']);
    expect(end(await run(downloading({ url: HTTPS }), shell, { env })))
      .toEqual({ exitCode: 1, last: `${HTTPS}: the proxy answers 407` });
  }],
  ['a download asks a proxy again that is not ready', async shell => {
    const { url, asked } = await proxy(503, 502, 403);

    const { exitCode, said } = await run(downloading({ url: HTTPS }), shell, { env: { HTTPS_PROXY: url } });

    expect({ exitCode, asked: asked(), said: said.slice(1) }).toEqual({
      exitCode: 1,
      asked: 3,
      said: [
        `${HTTPS}: the proxy answers 503 (attempt N), N s of 20 s`,
        `${HTTPS}: the proxy answers 502 (attempt N), N s of 20 s`,
        `${HTTPS}: the proxy answers 403`,
      ],
    });
  }],
  ...certificate === undefined ? [] : [['https is not led to http', async shell => {
    const target = await httpServer(status(200));
    const server = await httpServer(redirect(target.url), 0, certificate);
    const caCertificate = FileSource.inline(certificate!.cert);

    expect(await results(server.url, shell, { caCertificate }))
      .toEqual([`redirects to ${target.url}/: https leads to https only`]);
    expect(target.requests).toEqual([]);
  }] as Case],
]);

if (certificate === undefined) missing('openssl');
