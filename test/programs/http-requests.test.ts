/** Waits that ask with headers or as a user. */
import { Duration } from 'cdk8s';
import { Endpoint, FileSource, HttpAuth, type HttpEndpointOptions } from '../../src';
import { run, type Run } from '../lab/run';
import { certificate, closeServersAfterwards, httpServer, redirect, status, type Answer } from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { secret, waiting } from '../lab/steps';

closeServersAfterwards();

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const missed = (url: string, result: string) => ({
  exitCode: 124, last: `gave up: ${url}: ${result} (attempt N), N s of 2 s`,
});
const NASTY = '$(id) `id` "a" \'b\' \\n \\\\ %s & ; * ${OTHER} $HOME $$ #é@:';
const bearer = { headers: { Authorization: 'Bearer ${TOKEN}' }, variables: { TOKEN: secret('token') } };
const basic = HttpAuth.basic(secret('user'), secret('password'));
const secrets = { token: 'very-secret', user: 'admin', password: 'very-secret' };

function asking(url: string, options: HttpEndpointOptions) {
  return waiting([Endpoint.http(url, options)]);
}

/** Answers only those who say who they are. */
const guarded: Answer = (request, response) =>
  response.writeHead(request.headers.authorization === undefined ? 401 : 200).end();

inEveryShell([
  ['an API that wants a token is up for who has it', async shell => {
    const server = await httpServer(guarded);

    const { exitCode, said } = await run(asking(server.url, bearer), shell, { secrets });

    expect({ exitCode, said }).toEqual({ exitCode: 0, said: [`${server.url}: up (attempt N), N s of 20 s`] });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer very-secret']);
  }],
  ['headers arrive exactly', async shell => {
    const server = await httpServer(status(200));
    const headers = { 'X-A': '%d \\t "${TOKEN}" $${TOKEN} $(date) @/etc/passwd' };

    await run(asking(server.url, { ...bearer, headers }), shell, { secrets: { token: NASTY } });

    expect(Buffer.from(String(server.requests[0].headers['x-a']), 'latin1').toString())
      .toBe(`%d \\t "${NASTY}" \${TOKEN} $(date) @/etc/passwd`);
  }],
  ['each endpoint has variables of its own, also of one name', async shell => {
    const servers = await Promise.all([1, 2, 3].map(() => httpServer(status(200))));
    const asked = (key: string): HttpEndpointOptions => ({ ...bearer, variables: { TOKEN: secret(key) } });

    const { exitCode } = await run(waiting([
      Endpoint.http(servers[0].url, asked('one')), Endpoint.http(servers[1].url),
      Endpoint.http(servers[2].url, asked('two')),
    ]), shell, { secrets: { one: '1', two: '2' } });

    expect(exitCode).toBe(0);
    expect(servers.map(({ requests }) => requests[0].headers.authorization))
      .toEqual(['Bearer 1', undefined, 'Bearer 2']);
  }],
  ['user and password arrive byte for byte', async shell => {
    const server = await httpServer(guarded);

    await run(asking(server.url, { auth: basic }), shell, { secrets: { user: 'änne', password: NASTY } });

    expect(server.requests.map(({ headers }) => headers.authorization))
      .toEqual([`Basic ${Buffer.from(`änne:${NASTY}`).toString('base64')}`]);
  }],
  ['a long password comes in one line, and an empty one is one', async shell => {
    const server = await httpServer(guarded);
    for (const password of ['x'.repeat(5000), '']) {
      await run(asking(server.url, { auth: basic }), shell, { secrets: { user: 'key', password } });
      expect(server.requests.pop()?.headers.authorization)
        .toBe(`Basic ${Buffer.from(`key:${password}`).toString('base64')}`);
    }
  }],
  ['a user beside headers, and another endpoint with neither', async shell => {
    const [one, other] = [await httpServer(status(200)), await httpServer(status(200))];
    const headers = { 'X-Tenant': 'shop' };

    const endpoints = [Endpoint.http(one.url, { headers, auth: basic }), Endpoint.http(other.url)];

    await run(waiting(endpoints), shell, { secrets });

    expect([one, other].map(({ requests: [{ headers: sent }] }) => [sent.authorization, sent['x-tenant']]))
      .toEqual([[`Basic ${Buffer.from('admin:very-secret').toString('base64')}`, 'shop'], [undefined, undefined]]);
  }],
  ['a refused secret is in no log and in no argument, also while the request is on its way', async shell => {
    const waitingFor: Parameters<Answer>[1][] = [];
    const server = await httpServer([status(401, 'very-secret'), (_, response) => { waitingFor.push(response); }]);
    let commandLines: string[] = [];

    const options = { auth: basic, headers: { 'X-A': '${TOKEN}' }, variables: bearer.variables };
    const { exitCode, lines } = await run(waiting([Endpoint.http(server.url, options)]), shell, {
      secrets,
      meanwhile: async running => {
        await running.until(() => waitingFor.length > 0);
        commandLines = running.commandLines();
        waitingFor.forEach(response => response.end());
      },
    });

    expect(exitCode).toBe(0);
    expect(commandLines.filter(line => line.startsWith('curl '))).toHaveLength(1);
    const encoded = Buffer.from('admin:very-secret').toString('base64');
    const isLeak = (line: string) => line.includes('very-secret') || line.includes(encoded);
    expect([...commandLines, ...lines].filter(isLeak)).toEqual([]);
  }],
  ...Object.entries<[HttpEndpointOptions, { [key: string]: string }, string]>({
    'a token that ends in a line break': [
      bearer, { token: 'very-secret\n' }, 'variable TOKEN holds a line break; does its Secret end in one?',
    ],
    'a token that is missing': [bearer, {}, 'variable TOKEN has no value'],
    'a name with underscores': [
      { headers: { A: '${_MY_1_TOKEN}' }, variables: { _MY_1_TOKEN: secret('token') } },
      {}, 'variable _MY_1_TOKEN has no value',
    ],
    'a user with a colon': [{ auth: basic }, { ...secrets, user: 'very:secret' }, 'user holds a colon'],
    'a user that is empty': [{ auth: basic }, { ...secrets, user: '' }, 'user has no value'],
    'a user that is missing': [{ auth: basic }, { password: 'x' }, 'user has no value'],
    'a password that is missing': [{ auth: basic }, { user: 'x' }, 'password has no value'],
    'a password with a line break': [
      { auth: basic }, { ...secrets, password: 'very-secret\n' },
      'password holds a line break; does its Secret end in one?',
    ],
  }).map(([what, [options, given, last]]) => [`${what} is wrong input, and is not shown`, async shell => {
    const server = await httpServer(status(200));

    const wrong = await run(waiting([Endpoint.http(server.url, options)]), shell, { secrets: given });

    expect(end(wrong)).toEqual({ exitCode: 2, last });
    expect(wrong.lines.join('\n')).not.toContain('very');
    expect(server.requests).toEqual([]);
  }] as Case),
  ['of several endpoints one with a wrong token ends the wait before anybody is asked', async shell => {
    const server = await httpServer(status(200));

    expect(end(await run(
      waiting([Endpoint.http(server.url), Endpoint.http(`${server.url}/api`, bearer)]),
      shell,
      { secrets: { token: 'a\nb' } },
    ))).toEqual({ exitCode: 2, last: 'variable TOKEN holds a line break; does its Secret end in one?' });
    expect(server.requests).toEqual([]);
  }],
  ['user and password are not carried to another host, but the redirect is followed', async shell => {
    const target = await httpServer(status(200));
    const server = await httpServer(redirect(target.url));

    expect((await run(asking(server.url, { auth: basic }), shell, { secrets })).exitCode).toBe(0);
    expect([server, target].map(({ requests: [{ headers }] }) => headers.authorization))
      .toEqual([`Basic ${Buffer.from('admin:very-secret').toString('base64')}`, undefined]);
  }],
  ['with a secret that a redirect would carry along it is not followed', async shell => {
    const target = await httpServer(status(200));
    const server = await httpServer(redirect(target.url));
    const headers = { 'X-Token': '${TOKEN}' };

    const wait = waiting([Endpoint.http(server.url, { ...bearer, headers })], { timeout: seconds(2) });

    expect(end(await run(wait, shell, { secrets }))).toEqual(missed(server.url, 'status 302'));
    expect(target.requests).toEqual([]);
  }],
  ...certificate === undefined ? [] : [['inline certificates and headers go together', async shell => {
    const server = await httpServer(guarded, 0, certificate);
    const caCertificate = FileSource.inline(certificate!.cert);

    expect((await run(asking(server.url, { ...bearer, caCertificate }), shell, { secrets })).exitCode).toBe(0);
  }] as Case],
]);
