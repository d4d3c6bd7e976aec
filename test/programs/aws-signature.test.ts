/** Requests that are signed for AWS, beside a server that works their signatures out anew. */
import { Duration } from 'cdk8s';
import { Endpoint, FileSource, HttpAuth, type AwsSignatureOptions, type DownloadConfigProps } from '../../src';
import { signedBy } from '../lab/aws-signature';
import { run, type Run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, ranges, redirect, status, type Answer,
} from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { downloading, secret, waiting } from '../lab/steps';

closeServersAfterwards();

const SCOPE = 'eu-central-1/s3/aws4_request';
const SECRET = 'very"secret\\key/+= #\'';
const secrets = { id: 'AKIAEXAMPLE', key: SECRET, token: 'very-secret-token"\\' };
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });

function signature(options: Partial<AwsSignatureOptions> = {}): HttpAuth {
  return HttpAuth.awsSignature({
    accessKeyId: secret('id'), secretAccessKey: secret('key'), region: 'eu-central-1', ...options,
  });
}

/** A server that lets in who signs, by default with the right key. */
const guarded = (answer: Answer = status(200, 'text'), key = SECRET) =>
  httpServer(signedBy({ AKIAEXAMPLE: key }, SCOPE, answer));

function get(url: string, props: Partial<DownloadConfigProps> = {}) {
  return downloading({ url, auth: signature(), ...props });
}

inEveryShell([
  ['a wait asks with a signature until it is let in', async shell => {
    const server = await httpServer([status(503), signedBy({ AKIAEXAMPLE: SECRET }, SCOPE, status(200))]);
    const endpoint = Endpoint.http(`${server.url}/bucket/?max-keys=0`, { auth: signature() });

    expect((await run(waiting([endpoint]), shell, { secrets })).exitCode).toBe(0);
  }],
  ['so does one whose URL only the pod knows, beside one without a signature', async shell => {
    const [server, open] = [await guarded(), await httpServer(status(200))];
    const endpoints = [Endpoint.http(open.url), Endpoint.urlFrom(secret('url'), { auth: signature() })];

    const url = `${server.url}/a`;

    expect((await run(waiting(endpoints), shell, { secrets: { ...secrets, url } })).exitCode).toBe(0);
    expect(open.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  }],
  ['a wait with a wrong key tries on until its time is over', async shell => {
    const server = await guarded(status(200), 'another');
    const endpoint = Endpoint.http(server.url, { auth: signature() });

    const { exitCode, last } = await run(waiting([endpoint], { timeout: Duration.seconds(2) }), shell, { secrets });

    expect({ exitCode, last })
      .toEqual({ exitCode: 124, last: `gave up: ${server.url}: status 403 (attempt N), N s of 2 s` });
    expect(server.requests.length).toBeGreaterThan(1);
  }],
  ['a download is signed, and its keys are in no log and no argument', async shell => {
    const waits: Parameters<Answer>[1][] = [];
    const server = await guarded((_, response) => { waits.push(response); });
    let commandLines: string[] = [];

    const url = `${server.url}/bucket/conf/a%20%C3%A9%2B%3D.json?versionId=a%2Fb&a=1`;

    const { lines, ...downloaded } = await run(get(url), shell, {
      secrets,
      meanwhile: async running => {
        await running.until(() => waits.length > 0);
        commandLines = running.commandLines();
        waits.forEach(response => response.end('text'));
      },
    });

    expect([downloaded.exitCode, downloaded.files]).toEqual([0, { '/out/app.json': 'text' }]);
    expect(commandLines.filter(line => line.startsWith('curl '))).toHaveLength(1);
    expect([...commandLines, ...lines].filter(line => /very|AKIA/.test(line))).toEqual([]);
  }],
  ['a session token is sent and signed, and a redirect does not carry it along', async shell => {
    const auth = signature({ sessionToken: secret('token') });
    const server = await guarded();
    const target = await httpServer(status(200));
    const leading = await httpServer(redirect(target.url));

    expect((await run(get(server.url, { auth }), shell, { secrets })).exitCode).toBe(0);
    expect(server.requests.map(({ headers }) => headers['x-amz-security-token'])).toEqual([secrets.token]);
    expect(end(await run(get(leading.url, { auth }), shell, { secrets })))
      .toEqual({ exitCode: 1, last: `${leading.url}: curl: (47) Maximum (0) redirects followed`, files: {} });
    expect(target.requests).toEqual([]);
  }],
  ['a redirect to another host is followed without a signature', async shell => {
    const target = await httpServer(status(200, 'there'));
    const server = await httpServer(redirect(target.url));

    expect((await run(get(server.url), shell, { secrets })).files).toEqual({ '/out/app.json': 'there' });
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  }],
  ['headers are signed, too, and what breaks off is signed anew', async shell => {
    const body = Buffer.from('text'.repeat(1000));
    const sha256 = '7e9e6c6e0d4a5b0ef6d38b3f0a2f44c6a4f2d5f0d4d9f3f4d6b8e1a7c2b3d4e5';
    const server = await guarded(ranges(body, { breaksAfter: [1000] }));
    const props = { headers: { 'X-Tenant': '${TENANT}' }, variables: { TENANT: secret('tenant') } };

    const { exitCode, last } = await run(
      get(`${server.url}/a`, { ...props, sha256 }), shell, { secrets: { ...secrets, tenant: 'shop' } },
    );

    expect({ exitCode, end: last.endsWith(`, not ${sha256}`) }).toEqual({ exitCode: 1, end: true });
    expect(server.requests.map(({ headers }) => [headers['x-tenant'], headers.range]))
      .toEqual([['shop', undefined], ['shop', 'bytes=1000-'], ['shop', undefined]]);
  }],
  ['a wrong key, and a wrong region, fail a download at once', async shell => {
    const [key, region] = [await guarded(status(200), 'another'), await guarded()];
    const elsewhere = signature({ region: 'us-east-1' });

    expect(end(await run(get(key.url), shell, { secrets })))
      .toEqual({ exitCode: 1, last: `${key.url}: status 403`, files: {} });
    expect(end(await run(get(region.url, { auth: elsewhere }), shell, { secrets })))
      .toEqual({ exitCode: 1, last: `${region.url}: status 403`, files: {} });
  }],
  ...Object.entries({
    'access key has no value': { ...secrets, id: '' },
    'access key holds a colon': { ...secrets, id: 'very:secret' },
    'secret key holds a line break; does its Secret end in one?': { ...secrets, key: 'very-secret\n' },
    'secret key has no value': { id: 'AKIAEXAMPLE' },
  }).map(([last, wrong]) => [`${last}: nothing is asked`, async shell => {
    const server = await guarded();
    const endpoint = Endpoint.http(server.url, { auth: signature() });

    const ends = [
      await run(get(server.url), shell, { secrets: wrong }),
      await run(waiting([endpoint]), shell, { secrets: wrong }),
    ];

    expect(ends.map(({ exitCode, last: said }) => [exitCode, said])).toEqual([[2, last], [2, last]]);
    expect(ends.flatMap(({ lines }) => lines).filter(line => line.includes('very'))).toEqual([]);
    expect(server.requests).toEqual([]);
  }] as Case),
  ...certificate === undefined ? [] : [['a certificate to trust goes with it', async shell => {
    const server = await httpServer(signedBy({ AKIAEXAMPLE: SECRET }, SCOPE, status(200, 'text')), 0, certificate);
    const caCertificate = FileSource.inline(certificate!.cert);
    const endpoint = Endpoint.http(server.url, { auth: signature(), caCertificate });

    expect((await run(get(server.url, { caCertificate }), shell, { secrets })).exitCode).toBe(0);
    expect((await run(waiting([endpoint]), shell, { secrets })).exitCode).toBe(0);
  }] as Case],
]);
