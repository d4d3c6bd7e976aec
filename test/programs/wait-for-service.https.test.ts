/** Whom a wait trusts. */
import { Duration } from 'cdk8s';
import { Endpoint, FileSource } from '../../src';
import { run, type Run } from '../lab/run';
import { certificate, closeServersAfterwards, httpServer, otherCertificate, redirect, status } from '../lab/servers';
import { inEveryShell, missing } from '../lab/shells';
import { configMap, waiting } from '../lab/steps';

closeServersAfterwards();

const seconds = (count: number) => Duration.seconds(count);
const https = () => httpServer(status(200), 0, certificate);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const up = (url: string) => ({ exitCode: 0, last: `${url}: up (attempt N), N s of 20 s` });
/** Curl's own words for a certificate that it does not trust differ: these are what they all end with. */
const UNTRUSTED = /^gave up: https:\S+: certificate not trusted: .+ \(attempt N\), N s of 2 s$/;

if (certificate === undefined) {missing('openssl');} else {
  inEveryShell([
    ['a certificate that nobody vouches for is refused', async shell => {
      const server = await https();

      const refused = await run(waiting([Endpoint.http(server.url)], { timeout: seconds(2) }), shell);

      expect(refused.exitCode).toBe(124);
      expect(refused.last).toMatch(UNTRUSTED);
      expect(server.requests).toEqual([]);
    }],
    ['so it is when another one is given to trust', async shell => {
      const server = await https();
      const caCertificate = FileSource.inline(otherCertificate!.cert);

      const refused = await run(
        waiting([Endpoint.http(server.url, { caCertificate })], { timeout: seconds(2) }),
        shell,
      );

      expect({ exitCode: refused.exitCode, requests: server.requests }).toEqual({ exitCode: 124, requests: [] });
      expect(refused.last).toMatch(UNTRUSTED);
    }],
    ['a certificate that is given inline is trusted', async shell => {
      const server = await https();
      const caCertificate = FileSource.inline(certificate!.cert);

      expect(end(await run(waiting([Endpoint.http(server.url, { caCertificate })]), shell))).toEqual(up(server.url));
    }],
    ['a certificate that is given as a file is trusted', async shell => {
      const server = await https();
      const caCertificate = FileSource.fromConfigMap(configMap, 'ca.crt');
      const files = { '/in/ca-certificate-1': certificate!.cert };

      expect(end(await run(waiting([Endpoint.http(server.url, { caCertificate })]), shell, { files })))
        .toEqual(up(server.url));
    }],
    ['a certificate that the image trusts is trusted, unless others are given for the endpoint', async shell => {
      const server = await https();
      const caCertificate = FileSource.fromConfigMap(configMap, 'ca.crt');
      const files = {
        '/in/image.crt': certificate!.cert, '/in/ca-certificate-1': otherCertificate!.cert,
      };
      const endpoints = [Endpoint.http(server.url), Endpoint.http(`${server.url}/other`, { caCertificate })];

      const refused = await run(waiting(endpoints, { timeout: seconds(2) }), shell, {
        files,
        env: { SSL_CERT_FILE: '/in/image.crt' },
      });

      expect(refused.exitCode).toBe(124);
      expect(refused.last).toMatch(UNTRUSTED);
    }],
    ['certificates from a file serve all servers that a redirect leads to, inline ones the first only', async shell => {
      const target = await https();
      const server = await httpServer(redirect(target.url), 0, certificate);
      const [file, inline] = [FileSource.fromConfigMap(configMap, 'ca.crt'), FileSource.inline(certificate!.cert)];
      const files = { '/in/ca-certificate-1': certificate!.cert };

      expect(end(await run(waiting([Endpoint.http(server.url, { caCertificate: file })]), shell, { files })))
        .toEqual(up(server.url));
      if (shell.moving) return; // curl 8.23 remembers them
      const last = (
        await run(waiting([Endpoint.http(server.url, { caCertificate: inline })], { timeout: seconds(2) }), shell)
      ).last;
      expect(last).toMatch(
        /^gave up: https:\S+: redirects to https:\S+: (certificate not trusted: .+|curl: \(77\) .+) \(attempt N\)/,
      );
    }],
  ]);
}
