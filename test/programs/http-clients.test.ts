/** Steps that show a server who they are by a certificate, or by user and password in a download. */
import { execFileSync } from 'child_process';
import { createServer, type IncomingMessage } from 'http';
import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AppProtocol, Endpoint, FileSource, HttpAuth } from '../../src';
import { run, type Run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, otherCertificate, redirect, started, status, tcpServer,
  type Answer,
} from '../lab/servers';
import { inEveryShell, missing, type Case } from '../lab/shells';
import { configMap, downloading, secret, waiting } from '../lab/steps';

closeServersAfterwards();

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const basic = HttpAuth.basic(secret('user'), secret('password'));
const secrets = { user: 'admin', password: 'very-secret' };
const pair = { name: 'client' } as kplus.ISecret;
const auth = HttpAuth.clientCertificate(FileSource.fromSecret(pair, 'tls.crt'), FileSource.fromSecret(pair, 'tls.key'));
const authority = FileSource.fromConfigMap(configMap, 'ca.crt');
const UNUSABLE = 'client certificate and key cannot be used: no PEM, encrypted, no pair?';

/** A server that lets those in who have the other certificate. */
const guarded = (answer: Answer = status(200, 'text')) =>
  httpServer(answer, 0, { ...certificate!, ca: otherCertificate!.cert, requestCert: true });

/** A wait of 6 s as the client. */
function waitingAs(url: string, as: HttpAuth | undefined = auth) {
  const endpoint = Endpoint.http(url, { caCertificate: authority, auth: as });
  return waiting([endpoint], { timeout: seconds(6) });
}

/** What is mounted: for the only endpoint of a wait, and for a download. */
function mounted(cert: string, key: string): { [path: string]: string } {
  return {
    '/in/ca-certificate-1': certificate!.cert,
    '/in/ca-certificate': certificate!.cert,
    '/in/client-certificate-1': cert,
    '/in/client-certificate': cert,
    '/in/client-key-1': key,
    '/in/client-key': key,
  };
}

/** The key, which nobody can use who does not know its passphrase. */
function encrypted(key: string): string {
  return execFileSync('openssl', ['ec', '-aes256', '-passout', 'pass:unknown'], {
    input: key, stdio: ['pipe', 'pipe', 'ignore'], encoding: 'utf8',
  });
}

inEveryShell([
  ['a download asks as a user, and the file is whole', async shell => {
    const server = await httpServer(status(200, 'text'));

    const { exitCode, files } = await run(downloading({ url: server.url, auth: basic }), shell, { secrets });

    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { '/out/app.json': 'text' } });
    expect(server.requests.map(({ headers }) => headers.authorization))
      .toEqual([`Basic ${Buffer.from('admin:very-secret').toString('base64')}`]);
  }],
  ['a download does not carry its user to another host', async shell => {
    const target = await httpServer(status(200, 'text'));
    const server = await httpServer(redirect(target.url));

    expect((await run(downloading({ url: server.url, auth: basic }), shell, { secrets })).exitCode).toBe(0);
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  }],
  ['a proxy that a request goes through learns nothing of the user', async shell => {
    const heard: IncomingMessage[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      heard.push(request);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    const { port } = await started(proxy, 0);
    const url = 'https://api.invalid/';
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };

    const ends = [
      await run(waiting([Endpoint.http(url, { auth: basic })], { timeout: seconds(6) }), shell, { secrets, env }),
      await run(downloading({ url, auth: basic }), shell, { secrets, env }),
    ];

    expect(ends.map(({ last }) => last)).toEqual([
      'gave up: https://api.invalid/: the proxy answers 403 (attempt N), N s of 6 s',
      'https://api.invalid/: the proxy answers 403',
    ]);
    expect(heard.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expect(heard.length).toBeGreaterThan(1);
  }],
  ['a download with user and headers has both', async shell => {
    const server = await httpServer(status(200, 'text'));
    const headers = { 'X-Tenant': '${TENANT}' };

    await run(
      downloading({ url: server.url, auth: basic, headers, variables: { TENANT: secret('tenant') } }),
      shell,
      { secrets: { ...secrets, tenant: 'shop' } },
    );

    expect(server.requests.map(({ headers: sent }) => [sent.authorization, sent['x-tenant']]))
      .toEqual([[`Basic ${Buffer.from('admin:very-secret').toString('base64')}`, 'shop']]);
  }],
  ['a download with a user that cannot be sent fails before anything is asked', async shell => {
    const server = await httpServer(status(200, 'text'));

    const wrong = await run(downloading({ url: server.url, auth: basic }), shell, {
      secrets: { user: 'very:secret', password: 'x' },
    });

    expect(end(wrong)).toEqual({ exitCode: 2, last: 'user holds a colon' });
    expect(wrong.lines.join('\n')).not.toContain('secret');
    expect(server.requests).toEqual([]);
  }],
]);

if (certificate === undefined) {missing('openssl');} else {
  const { cert, key } = otherCertificate!;
  inEveryShell([
    ['who has the certificate of a client is let in', async shell => {
      const server = await guarded();

      expect((await run(waitingAs(server.url), shell, { files: mounted(cert, key) })).exitCode).toBe(0);
      expect(server.requests).toHaveLength(1);
    }],
    ['a download is let in, too', async shell => {
      const server = await guarded();

      const { exitCode, files } = await run(
        downloading({ url: server.url, auth, caCertificate: authority }),
        shell,
        { files: mounted(cert, key) },
      );

      expect([exitCode, files['/out/app.json']]).toEqual([0, 'text']);
    }],
    ['a certificate that is written inline beside inline ones to trust', async shell => {
      const server = await guarded();
      const inline = HttpAuth.clientCertificate(FileSource.inline(cert), FileSource.fromSecret(pair, 'tls.key'));
      const caCertificate = FileSource.inline(certificate!.cert);

      expect((await run(
        waiting([Endpoint.http(server.url, { auth: inline, caCertificate })]),
        shell,
        { files: mounted(cert, key) },
      )).exitCode).toBe(0);
    }],
    ...[['none', undefined], ['that of somebody else', auth]].map(([what, as]) => [
      `who has no certificate but ${what} is not let in, and told why`, async shell => {
        const server = await guarded();

        const refused = await run(waitingAs(server.url, as as HttpAuth | undefined ?? HttpAuth.basic(
          kplus.EnvValue.fromValue('x'), kplus.EnvValue.fromValue(''),
        )), shell, { files: mounted(certificate!.cert, certificate!.key) });

        expect(end(refused)).toEqual({
          exitCode: 124,
          last: `gave up: ${server.url}: closed without an answer; no TLS there, or a client certificate wanted? `
            + '(attempt N), N s of 6 s',
        });
        expect(server.requests).toEqual([]);
      },
    ] as Case),
    ...Object.entries<[string, string]>({
      'a key of another pair': [cert, certificate!.key],
      'a key that is none': [cert, 'junk'],
      'a key with a passphrase': [cert, encrypted(key)],
      'a certificate that is none': ['junk', key],
    }).map(([what, [one, other]]) => [`${what} ends the step at once`, async shell => {
      const server = await guarded();
      const files = mounted(one, other);

      expect(end(await run(waitingAs(server.url), shell, { files }))).toEqual({ exitCode: 2, last: UNUSABLE });
      expect(end(await run(downloading({ url: server.url, auth, caCertificate: authority }), shell, { files })))
        .toEqual({ exitCode: 2, last: UNUSABLE });
    }] as Case),
    ['a key that cannot be used ends a wait for several endpoints at once, too', async shell => {
      const [server, silent] = [await guarded(), await tcpServer()];
      const endpoints = [
        Endpoint.http(server.url, { caCertificate: authority, auth }),
        Endpoint.tcp('127.0.0.1', silent.port, { appProtocol: AppProtocol.REDIS }),
      ];

      const refused = await run(waiting(endpoints), shell, { files: mounted(cert, 'junk') });

      expect(end(refused)).toEqual({ exitCode: 2, last: UNUSABLE });
      expect(refused.seconds).toBeLessThan(8);
    }],
  ]);
}
