/** Downloads whose URL has variables. */
import { createHash } from 'crypto';
import { FileSource, HttpAuth, type DownloadConfigProps } from '../../src';
import { run, type Run } from '../lab/run';
import {
  certificate, closedPort, closeServersAfterwards, httpServer, otherCertificate, redirect, status, type Answer,
} from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { downloading, secret } from '../lab/steps';

closeServersAfterwards();

const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const SUM = createHash('sha256').update('text').digest('hex');
const ODD = 'a b+é/"\\?#&=%$(id)${X}\'';
const ENCODED = 'a%20b%2B%C3%A9%2F%22%5C%3F%23%26%3D%25%24%28id%29%24%7BX%7D%27';

function get(url: string, names: string[], props: Partial<DownloadConfigProps> = {}) {
  return downloading({ url, variables: Object.fromEntries(names.map(name => [name, secret(name)])), ...props });
}

inEveryShell([
  ['the URL arrives with its variables, and is in no log and in no argument', async shell => {
    const waits: Parameters<Answer>[1][] = [];
    const server = await httpServer([status(503), (_, response) => { waits.push(response); }]);
    const url = `${server.url}/\${TOKEN}/\${TOKEN}/v\${VERSION}?sig=\${SIGNATURE}`;
    let commandLines: string[] = [];

    const { exitCode, said, lines, files } = await run(get(url, ['TOKEN', 'VERSION', 'SIGNATURE']), shell, {
      secrets: { TOKEN: 'very-secret', VERSION: '1.2', SIGNATURE: 'very%2Fsecret' },
      meanwhile: async running => {
        await running.until(() => waits.length > 0);
        commandLines = running.commandLines();
        waits.forEach(response => response.end('text'));
      },
    });

    const shown = `${server.url}/\${TOKEN}/\${TOKEN}/v\${VERSION}`;
    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { '/out/app.json': 'text' } });
    expect(server.requests.map(({ url: path }) => path))
      .toEqual(Array(2).fill('/very-secret/very-secret/v1.2?sig=very%2Fsecret'));
    expect(said).toEqual([
      `downloading ${shown}, at most 20 s`,
      `${shown}: status 503 (attempt N), N s of 20 s`,
      `downloaded ${shown}: 4 bytes, sha256 ${SUM}`,
    ]);
    expect(commandLines.filter(line => line.startsWith('curl '))).toHaveLength(1);
    expect([...commandLines, ...lines].filter(line => line.includes('very'))).toEqual([]);
  }],
  ['all of it may be a variable', async shell => {
    const server = await httpServer(status(200, 'text'));

    expect(end(await run(get('${URL}', ['URL']), shell, { secrets: { URL: `${server.url}/a?X-Amz-Signature=b` } })))
      .toEqual({ exitCode: 0, last: `downloaded \${URL}: 4 bytes, sha256 ${SUM}`, files: { '/out/app.json': 'text' } });
    expect(server.requests.map(({ url }) => url)).toEqual(['/a?X-Amz-Signature=b']);
  }],
  ['a variable is percent-encoded where that is asked for', async shell => {
    const server = await httpServer(status(200, 'text'));

    await run(get(`${server.url}/\${A|url}?\${A|url}=x`, ['A']), shell, { secrets: { A: ODD } });

    expect(server.requests.map(({ url }) => url)).toEqual([`/${ENCODED}?${ENCODED}=x`]);
  }],
  ...Object.entries({
    'variable A has no value': '',
    'variable A holds a line break; does its Secret end in one?': 'very\nurl = "http://127.0.0.1/"',
    'variable A holds what must be percent-encoded; write ${A|url}': 'very secret',
  }).flatMap(([last, A]) => [[`${last}: nothing is asked`, async shell => {
    const server = await httpServer(status(200, 'text'));

    const wrong = await run(get(`${server.url}/\${A}`, ['A']), shell, { secrets: { A } });

    expect(end(wrong)).toEqual({ exitCode: 2, last, files: {} });
    expect(wrong.lines.join('\n')).not.toContain('very');
    expect(server.requests).toEqual([]);
  }] as Case]),
  ...['a"b', 'a\\', 'é'].map(A => [`${A} cannot stand in a URL as it is`, async shell => {
    const { exitCode, last } = await run(get('http://127.0.0.1:1/${A}', ['A']), shell, { secrets: { A } });

    expect({ exitCode, last })
      .toEqual({ exitCode: 2, last: 'variable A holds what must be percent-encoded; write ${A|url}' });
  }] as Case),
  ...['ftp://127.0.0.1/', 'file:///etc/passwd', '127.0.0.1/a', 'http://', 'https:///a'].map(URL =>
    [`${URL} is no URL of http or https`, async shell => {
      const { exitCode, last } = await run(get('${URL}', ['URL']), shell, { secrets: { URL } });

      expect({ exitCode, last }).toEqual({ exitCode: 2, last: 'the URL is none of http or https' });
    }] as Case),
  ['where a redirect leads to is not said, for it may repeat what is secret', async shell => {
    const port = await closedPort();
    const server = await httpServer(redirect(`http://127.0.0.1:${port}/very-secret`));

    const { lines, exitCode } = await run(get(`${server.url}/\${A}`, ['A']), shell, {
      secrets: { A: 'very-secret' },
      meanwhile: async ({ logs, signal }) => {
        await logs('redirects elsewhere: connection refused');
        signal('SIGTERM');
      },
    });

    expect(exitCode).toBe(143);
    expect(lines.filter(line => line.includes('very') || line.includes(`${port}`))).toEqual([]);
  }],
  ['what curl says of it is not said, for it may name a host', async shell => {
    const server = await httpServer(redirect('gopher://very-secret/'));

    expect((await run(get(`${server.url}/\${A}`, ['A']), shell, { secrets: { A: 'a' } })).last)
      .toBe(`${server.url}/\${A}: redirects elsewhere: curl ended with 1`);
  }],
  ['headers, a user and variables go together', async shell => {
    const server = await httpServer(status(200, 'text'));
    const container = get(`${server.url}/\${A}`, ['A', 'B'], {
      headers: { 'X-Tenant': '${B}' }, auth: HttpAuth.basic(secret('user'), secret('password')),
    });

    expect((await run(container, shell, { secrets: { A: 'a', B: 'b', user: 'u', password: 'p' } })).exitCode).toBe(0);
    expect(server.requests.map(({ url, headers }) => [url, headers['x-tenant'], headers.authorization]))
      .toEqual([['/a', 'b', `Basic ${Buffer.from('u:p').toString('base64')}`]]);
  }],
  ...certificate === undefined ? [] : [['https is verified, and not followed to http', async shell => {
    const plain = await httpServer(status(200, 'text'));
    const server = await httpServer([status(200, 'text'), redirect(plain.url)], 0, certificate);
    const URL = `${server.url}/very-secret`;
    const trusted = { caCertificate: FileSource.inline(certificate!.cert) };
    const other = { caCertificate: FileSource.inline(otherCertificate!.cert) };
    const ask = (props: Partial<DownloadConfigProps>) =>
      run(get('${URL}', ['URL'], props), shell, { secrets: { URL } });

    expect((await ask(trusted)).exitCode).toBe(0);
    expect((await ask(trusted)).last).toBe('${URL}: redirects elsewhere: curl ended with 1');
    expect((await ask(other)).last).toMatch(/^\$\{URL\}: certificate not trusted: self-signed certificate/);
    expect(plain.requests).toEqual([]);
  }] as Case],
]);
