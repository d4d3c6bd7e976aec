import { FileSource, type DownloadConfigProps } from '../../src';
import { run, type Run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, redirect, status, type Answer, type Server,
} from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { downloading, secret } from '../lab/steps';

closeServersAfterwards();

const NASTY = '$(id) `id` "a" \'b\' \\n \\\\ %s & ; * ${OTHER} $HOME $$ #é';
const LINE_BREAKS = ['secret\n', 'two\nlines', 'carriage\rreturn'];
const BEARER: { [name: string]: string } = { Authorization: 'Bearer ${TOKEN}' };
const WITHOUT_VALUE: { [how: string]: { [key: string]: string } } = { empty: { token: '' }, missing: {} };
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const utf8 = (text: unknown) => Buffer.from(String(text), 'latin1').toString();

function withToken(url: string, headers = BEARER, props: Partial<DownloadConfigProps> = {}) {
  return downloading({ url, headers, variables: { TOKEN: secret('token') }, ...props });
}

inEveryShell([
  ['headers arrive exactly', async shell => {
    const server = await httpServer(status(200, 'text'));
    const headers = {
      'Authorization': 'Bearer ${TOKEN}',
      'X-Both': '%d \\t <${TOKEN}|${TOKEN}> 5$ \\',
      'X-Plain': '%d \\t "quoted" $(date) $$ @/etc/passwd',
      'Accept': 'text/plain',
    };

    const { exitCode, said } = await run(withToken(server.url, headers), shell, { secrets: { token: NASTY } });

    const sent = server.requests[0].headers;
    expect(exitCode).toBe(0);
    expect(['authorization', 'x-both', 'x-plain', 'accept'].map(name => utf8(sent[name])))
      .toEqual([`Bearer ${NASTY}`, `%d \\t <${NASTY}|${NASTY}> 5$ \\`, headers['X-Plain'], 'text/plain']);
    expect(said.join('\n')).not.toContain('Bearer');
  }],
  ['a secret is in no log and in no argument, also while the request is on its way', async shell => {
    const waiting: Parameters<Answer>[1][] = [];
    const server = await httpServer([status(503), (_, response) => { waiting.push(response); }]);
    let commandLines: string[] = [];

    const { exitCode, lines } = await run(withToken(server.url), shell, {
      secrets: { token: 'very-secret' },
      meanwhile: async running => {
        await running.until(() => waiting.length > 0);
        commandLines = running.commandLines();
        waiting.forEach(response => response.end('text'));
      },
    });

    expect(exitCode).toBe(0);
    expect(commandLines.filter(line => line.startsWith('curl '))).toHaveLength(1);
    expect([...commandLines, ...lines].filter(line => line.includes('very-secret'))).toEqual([]);
  }],
  ['a secret is in no log when the server refuses it', async shell => {
    const server = await httpServer(status(403, 'very-secret is wrong'));

    const refused = await run(withToken(server.url), shell, { secrets: { token: 'very-secret' } });

    expect(end(refused)).toEqual({ exitCode: 1, last: `${server.url}: status 403`, files: {} });
    expect(refused.lines.join('\n')).not.toContain('very-secret');
  }],
  ...LINE_BREAKS.map(token => [`a variable that holds ${JSON.stringify(token)} is wrong input`, async shell => {
    const server = await httpServer(status(200, 'text'));

    expect(end(await run(withToken(server.url), shell, { secrets: { token } })))
      .toEqual({ exitCode: 2, last: 'variable TOKEN holds a line break; does its Secret end in one?', files: {} });
    expect(server.requests).toEqual([]);
  }] as Case),
  ...Object.entries(WITHOUT_VALUE).map(([how, secrets]) => [`a variable that is ${how} is wrong input`, async shell => {
    const server = await httpServer(status(200, 'text'));

    expect(end(await run(withToken(server.url), shell, { secrets })))
      .toEqual({ exitCode: 2, last: 'variable TOKEN has no value', files: {} });
    expect(server.requests).toEqual([]);
  }] as Case),
  ['a header that curl would carry along is not carried to another host', async shell => {
    const target = await httpServer(status(200, 'text'));
    const server = await httpServer(redirect(target.url));

    const container = withToken(server.url, { 'X-Token': '${TOKEN}' });

    expect(end(await run(container, shell, { secrets: { token: 'very-secret' } })))
      .toEqual({ exitCode: 1, last: `${server.url}: curl: (47) Maximum (0) redirects followed`, files: {} });
    expect(target.requests).toEqual([]);
  }],
  ['Authorization and Cookie are not carried to another host, but the redirect is followed', async shell => {
    const target = await httpServer(status(200, 'there'));
    const server = await httpServer(redirect(target.url));
    const headers = { 'Authorization': 'Bearer ${TOKEN}', 'Cookie': 'session=${TOKEN}', 'X-Plain': 'text' };

    const { exitCode, files } = await run(withToken(server.url, headers), shell, { secrets: { token: 'very-secret' } });

    const sent = ({ requests: [{ headers: each }] }: Server) => [each.authorization, each.cookie, each['x-plain']];
    expect({ exitCode, files }).toEqual({ exitCode: 0, files: { '/out/app.json': 'there' } });
    expect([server, target].map(sent))
      .toEqual([['Bearer very-secret', 'session=very-secret', 'text'], [undefined, undefined, 'text']]);
  }],
  ...certificate === undefined ? [] : [['headers and a certificate go together', async shell => {
    const server = await httpServer(status(200, 'text'), 0, certificate);
    const props = { caCertificate: FileSource.inline(certificate!.cert) };

    expect((await run(withToken(server.url, undefined, props), shell, { secrets: { token: 'very-secret' } })).exitCode)
      .toBe(0);
    expect(server.requests[0].headers.authorization).toBe('Bearer very-secret');
  }] as Case],
]);
