/** How a wait for a URL that only the pod knows ends. */
import * as tls from 'tls';
import { Duration } from 'cdk8s';
import { Endpoint, FileSource, type HttpEndpointOptions, type WaitForServiceProps } from '../../src';
import { run, type Run, type RunOptions } from '../lab/run';
import {
  certificate, closedPort, closeServersAfterwards, httpServer, makeCertificate, otherCertificate, started, status,
  tcpServer,
} from '../lab/servers';
import { inEveryShell, missing, type Case, type Shell } from '../lab/shells';
import { secret, waiting } from '../lab/steps';
import { postgresError, postgresMessage, talker } from '../lab/talkers';

closeServersAfterwards();

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const up = (address: string) => ({ exitCode: 0, last: `${address}: up (attempt N), N s of 20 s` });
const missed = (address: string, result: string) => ({
  exitCode: 124, last: `gave up: ${address}: ${result} (attempt N), N s of 2 s`,
});

interface Wait extends HttpEndpointOptions {
  readonly props?: Partial<WaitForServiceProps>;
  readonly options?: RunOptions;
}

function waitFor(url: string, shell: Shell, { props, options, ...endpoint }: Wait = {}): Promise<Run> {
  return run(waiting([Endpoint.urlFrom(secret('url'), endpoint)], props), shell, { secrets: { url }, ...options });
}

const briefly = { props: { timeout: seconds(2) } };

inEveryShell([
  ['a server is asked in the protocol that the scheme says', async shell => {
    const { port } = await talker(postgresMessage('R', '\0\0\0\x05salt'));
    const address = `postgres://127.0.0.1:${port}`;

    expect(end(await waitFor(`postgresql://me:word@127.0.0.1:${port}/shop`, shell))).toEqual(up(address));
  }],
  ['of another server it is said that it speaks something else', async shell => {
    const { port } = await talker('HTTP/1.1 400 Bad Request\r\n\r\n');

    expect(end(await waitFor(`redis://127.0.0.1:${port}`, shell, briefly)))
      .toEqual(missed(`redis://127.0.0.1:${port}`, 'speaks something else: HTTP?'));
  }],
  ['tcp needs a connection', async shell => {
    const [{ port }, closed] = [await tcpServer(), await closedPort()];

    expect(end(await waitFor(`tcp://127.0.0.1:${port}`, shell))).toEqual(up(`tcp://127.0.0.1:${port}`));
    expect(end(await waitFor(`tcp://127.0.0.1:${closed}`, shell, briefly)))
      .toEqual(missed(`tcp://127.0.0.1:${closed}`, 'connection refused or no route'));
  }],
  ['of several hosts one that is up is enough, wherever it stands', async shell => {
    const [closed, starting, ready] = [
      await closedPort(), await talker(postgresError('57P03', 'starting')),
      await talker(postgresMessage('R', '\0\0\0\0')),
    ];
    const ports = [closed, starting.port, ready.port];
    for (const shift of [0, 1, 2]) {
      const hosts = [...ports.slice(shift), ...ports.slice(0, shift)].map(port => `127.0.0.1:${port}`).join(',');

      expect(end(await waitFor(`postgres://${hosts}/shop`, shell))).toEqual(up(`postgres://${hosts}`));
    }
  }],
  ['where none of them is up, the last result is said', async shell => {
    const hosts = `127.0.0.1:${await closedPort()},127.0.0.1:${await closedPort()}`;

    expect(end(await waitFor(`mongodb://${hosts}`, shell, briefly)))
      .toEqual(missed(`mongodb://${hosts}`, 'connection refused or no route'));
  }],
  ['a threshold counts one and the same host', async shell => {
    const [one, other] = [await talker('+PONG\r\n'), await talker('-LOADING it\r\n')];
    const hosts = `127.0.0.1:${other.port},127.0.0.1:${one.port}`;

    const { exitCode } = await waitFor(`redis://${hosts}`, shell, { props: { successThreshold: 3 } });

    expect({ exitCode, asked: [other.ended.length, one.ended.length] }).toEqual({ exitCode: 0, asked: [1, 3] });
  }],
  ['http is asked at its path, without user and query, and answers as the options say', async shell => {
    const { port, requests } = await httpServer(status(401));

    const { exitCode, lines } = await waitFor(`http://me:SECRET@127.0.0.1:${port}/healthz?key=SECRET#x`, shell, {
      statusCodes: [401],
    });

    const [{ url, headers }] = requests;
    expect({ exitCode, url, user: headers.authorization }).toEqual({ exitCode: 0, url: '/healthz', user: undefined });
    expect(lines).toEqual([expect.stringMatching(/: http:\/\/127\.0\.0\.1:\d+\/healthz: up \(attempt 1\), /)]);
  }],
  ['several endpoints are told apart, and each result is said', async shell => {
    const [open, { url }, closed] = [await tcpServer(), await httpServer(status(200)), await closedPort()];
    const endpoints = [
      Endpoint.tcp('127.0.0.1', open.port), Endpoint.urlFrom(secret('a')), Endpoint.urlFrom(secret('b')),
    ];

    const { said } = await run(waiting(endpoints, { timeout: seconds(2) }), shell, {
      secrets: { a: `${url}/?x`, b: `kafka://127.0.0.1:${closed}` },
    });

    expect(said.filter(line => /^(gave up|.*: up)/.test(line)).sort()).toEqual([
      `gave up: kafka://127.0.0.1:${closed}: connection refused or no route (attempt N), N s of 2 s`,
      `${url}/: up (attempt N), N s of 2 s`,
      `tcp://127.0.0.1:${open.port}: up (attempt N), N s of 2 s`,
    ]);
  }],
  ...withTls(),
]);

/** A server of TLS, and what it does with a connection when a handshake is done. */
function tlsServer(then: (socket: tls.TLSSocket) => void, options: tls.TlsOptions = {}) {
  const server = tls.createServer({ ...certificate!, ...options }, socket => then(socket.on('error', () => undefined)));
  return started(server.on('tlsClientError', () => undefined), 0);
}

function withTls(): Case[] {
  if (certificate === undefined) {
    missing('openssl');
    return [];
  }
  const ends: { [how: string]: (socket: tls.TLSSocket) => void } = {
    'is silent': socket => void socket.resume(),
    'closes at once': socket => void socket.end(),
    'is cut off': socket => void socket.once('data', () => socket.destroy()),
    'answers': socket => void socket.once('data', () => socket.end('+OK\r\n')),
    'does not end': socket => {
      const timer = setInterval(() => socket.write('x'.repeat(1000)), 50);
      socket.on('close', () => clearInterval(timer));
    },
  };
  return [
    ...Object.entries(ends).map(([how, then]): Case =>
      [`a handshake of TLS is up, of a server that ${how} then`, async shell => {
        const { port } = await tlsServer(then);

        expect(end(await waitFor(`rediss://:word@127.0.0.1:${port}/0`, shell)))
          .toEqual(up(`tls://127.0.0.1:${port}`));
      }]),
    ['what is said behind a handshake is a farewell to Redis', async shell => {
      const heard: string[] = [];
      const { port } = await tlsServer(socket => void socket.once('data', data => {
        heard.push(data.toString());
        socket.end();
      }));

      await waitFor(`rediss://127.0.0.1:${port}`, shell);

      expect(heard).toEqual(['QUIT / HTTP/1.1\r\n\r\n']);
    }],
    ['a server without TLS, one that is silent, and one that is not there are not up', async shell => {
      const [plain, silent, closed] = [
        await talker('-ERR\r\n', { first: true }), await tcpServer(), await closedPort(),
      ];
      const result = async (port: number) => (await waitFor(`amqps://127.0.0.1:${port}`, shell, briefly)).last
        .replace(/ \(attempt N\), N s of 2 s$/, '').replace(`gave up: tls://127.0.0.1:${port}: `, '');

      expect(await Promise.all([plain.port, silent.port, closed].map(result))).toEqual([
        'closed without an answer; no TLS there, or a client certificate wanted?',
        'no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?',
        'connection refused or no route',
      ]);
    }],
    ['a certificate is verified if certificates are given, with the name of each host', async shell => {
      const flawed = makeCertificate({ subject: 'other' });
      const [server, named] = [
        await tlsServer(socket => void socket.end()), await tlsServer(socket => void socket.end(), flawed),
      ];
      const trusted = FileSource.inline(certificate!.cert);
      const other = FileSource.inline(otherCertificate!.cert);
      const url = `rediss://127.0.0.1:${server.port}`;
      const address = `tls://127.0.0.1:${server.port}`;

      expect(end(await waitFor(url, shell, { caCertificate: trusted }))).toEqual(up(address));
      expect(end(await waitFor(url, shell, { caCertificate: other, ...briefly })))
        .toMatchObject({ exitCode: 124, last: expect.stringMatching(/ not trusted: (self-signed|of an)/) });
      const caCertificate = FileSource.inline(flawed.cert);
      expect(end(await waitFor(`rediss://127.0.0.1:${named.port}`, shell, { caCertificate, ...briefly })))
        .toEqual(missed(`tls://127.0.0.1:${named.port}`, 'certificate not trusted: for another name'));
    }],
    ['of several hosts with TLS one is enough', async shell => {
      const { port } = await tlsServer(socket => void socket.end());
      const hosts = `127.0.0.1:${await closedPort()},127.0.0.1:${port}`;

      expect(end(await waitFor(`mongodb://${hosts}/?tls=true`, shell))).toEqual(up(`tls://${hosts}`));
    }],
  ];
}
