/** Whom a download trusts. */
import { createHash } from 'crypto';
import { FileSource } from '../../src';
import { run, type Run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, otherCertificate, redirect, type Answer,
} from '../lab/servers';
import { inEveryShell, missing } from '../lab/shells';
import { configMap, downloading } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const body = Buffer.from([...Array(256).keys(), 0x0a, 0x0a]);
const sha256 = createHash('sha256').update(body).digest('hex');
const whole: Answer = (_, response) => response.end(body);
const https = (answer: Answer) => httpServer(answer, 0, certificate);
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const done = (url: string) => ({
  exitCode: 0,
  last: `downloaded ${url}: ${body.length} bytes, sha256 ${sha256}`,
  files: { [FILE]: body.toString() },
});

if (certificate === undefined) {missing('openssl');} else {
  inEveryShell([
    ['a certificate that nobody vouches for is refused', async shell => {
      const { url } = await https(whole);

      const { exitCode, last, files } = await run(downloading({ url }), shell);

      expect({ exitCode, files }).toEqual({ exitCode: 1, files: {} });
      expect(last).toMatch(/^https:\S+: certificate not trusted: self-signed certificate$/);
    }],
    ['so it is when another one is given to trust', async shell => {
      const { url } = await https(whole);

      const { exitCode, last, files } = await run(
        downloading({ url, caCertificate: FileSource.inline(otherCertificate!.cert) }),
        shell,
      );

      expect({ exitCode, files }).toEqual({ exitCode: 1, files: {} });
      expect(last).toMatch(/^https:\S+: certificate not trusted: /);
    }],
    ['a certificate that is given inline is trusted', async shell => {
      const { url } = await https(whole);

      expect(end(await run(downloading({ url, caCertificate: FileSource.inline(certificate!.cert) }), shell)))
        .toEqual(done(url));
    }],
    ['a certificate that is given as a file is trusted', async shell => {
      const { url } = await https(whole);
      const caCertificate = FileSource.fromConfigMap(configMap, 'ca.crt');

      expect(
        end(
          await run(downloading({ url, caCertificate }), shell, {
            files: { '/in/ca-certificate': certificate!.cert },
          }),
        ),
      )
        .toMatchObject({ exitCode: 0, files: { [FILE]: body.toString() } });
    }],
    ['a certificate that the image trusts is trusted, unless others are given', async shell => {
      const { url, requests } = await https(whole);
      const options = { files: { '/out/image.crt': certificate!.cert }, env: { SSL_CERT_FILE: '/out/image.crt' } };

      const trusted = await run(downloading({ url }), shell, options);
      const refused = await run(
        downloading({ url, caCertificate: FileSource.inline(otherCertificate!.cert) }),
        shell,
        options,
      );

      expect([trusted.exitCode, refused.exitCode, requests.length]).toEqual([0, 1, 1]);
      expect(refused.last).toMatch(/^https:\S+: certificate not trusted: /);
    }],
    ['certificates from a file serve all servers that a redirect leads to, inline ones the first only', async shell => {
      const target = await https(whole);
      const { url } = await https(redirect(target.url));
      const files = { '/in/ca-certificate': certificate!.cert };

      const fromFile = await run(
        downloading({ url, caCertificate: FileSource.fromConfigMap(configMap, 'ca.crt') }),
        shell,
        { files },
      );
      expect(fromFile.files[FILE]).toBe(body.toString());
      if (shell.moving) return; // curl 8.23 remembers them

      const inline = await run(downloading({ url, caCertificate: FileSource.inline(certificate!.cert) }), shell);
      expect([inline.exitCode, inline.files]).toEqual([1, {}]);
      expect(inline.last).toMatch(/^https:\S+: redirects to https:\S+: curl: \(77\) /);
    }],
    ['certificates to trust that are in DER form, or torn, are wrong input', async shell => {
      const { url, requests } = await https(whole);
      const wrong = { exitCode: 2, last: 'certificates to trust cannot be read: not in PEM form?', files: {} };
      const caCertificate = FileSource.fromConfigMap(configMap, 'ca.crt');
      const der = { '/in/ca-certificate': '0\u0082\u0001' };

      const { exitCode, last } = await run(downloading({ url, caCertificate }), shell, { files: der });

      expect([exitCode, last]).toEqual([wrong.exitCode, wrong.last]);
      const torn = downloading({ url, caCertificate: FileSource.inline('-----BEGIN') });
      expect(end(await run(torn, shell))).toEqual(wrong);
      expect(requests).toEqual([]);
    }],
    ['a redirect from https to http is not followed', async shell => {
      const target = await httpServer(whole);
      const { url } = await https(redirect(target.url));

      const { exitCode, last } = await run(
        downloading({ url, caCertificate: FileSource.inline(certificate!.cert) }),
        shell,
      );

      expect(exitCode).toBe(1);
      expect(last).toMatch(/^https:\S+: redirects to http:\S+: curl: \(1\) Protocol "http" /);
      expect(target.requests).toEqual([]);
    }],
  ]);
}
