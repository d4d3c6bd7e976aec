/** Waits that look into the body. */
import { Duration } from 'cdk8s';
import { Endpoint, type HttpEndpointOptions } from '../../src';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, drip, endless, httpServer, status } from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const missed = (url: string, result: string) => ({
  exitCode: 124, last: `gave up: ${url}: ${result} (attempt N), N s of 2 s`,
});

function asking(url: string, options: HttpEndpointOptions, timeout = 20) {
  return waiting([Endpoint.http(url, options)], { timeout: Duration.seconds(timeout) });
}

inEveryShell([
  ['a body that says DOWN is not up until it says UP', async shell => {
    const server = await httpServer([
      status(503, '{"status":"DOWN"}'), status(200, '{"status":"DOWN"}'), status(200, '{"status":"UP"}'),
    ]);

    const { exitCode, said } = await run(
      waiting([Endpoint.http(server.url, { bodyContains: '"status":"UP"' })]),
      shell,
    );

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        `${server.url}: status 503 (attempt N), N s of 20 s`,
        `${server.url}: status 200, but the body lacks '"status":"UP"' (attempt N), N s of 20 s`,
        `${server.url}: up (attempt N), N s of 20 s`,
      ],
    });
  }],
  ...Object.entries<[string | Buffer, string]>({
    'after NUL characters': [Buffer.from('\0\0a\0UP'), 'UP'],
    'with bytes that are no text': [Buffer.from([0xff, 0x00, 0xc3, 0xa9, 0x55]), 'éU'],
    'over two lines': ['{\n  "status": "UP"\r\n}', '"UP"\r\n}'],
    'that is a line break': ['a\n', '\n'],
    'that looks like a pattern': ['a*[b]?\\', '*[b]?\\'],
    'that begins with a dash': ['x -n x', '-n'],
    'at the end of 64 KiB': ['x'.repeat(65534) + 'UP' + 'x'.repeat(100), 'UP'],
    'that is as long as can be': ['x'.repeat(65536), 'x'.repeat(65536)],
  }).map(([what, [body, bodyContains]]) => [`a text ${what} is found`, async shell => {
    const server = await httpServer((_, response) => response.end(body));

    expect((await run(asking(server.url, { bodyContains }), shell)).exitCode).toBe(0);
  }] as Case),
  ...Object.entries<[string | Buffer, string, string]>({
    'between the digits of two bytes': [Buffer.from([0x15, 0x50, 0x20]), 'U', "the body lacks 'U'"],
    'in another case': ['up', 'UP', "the body lacks 'UP'"],
    'behind 64 KiB': ['x'.repeat(65535) + 'UP', 'UP', "its first 64 KiB lack 'UP'"],
    'in an empty body': ['', 'UP', "the body lacks 'UP'"],
    'with control characters': ['', 'a\nb\u001b[1m', "the body lacks 'ab[1m'"],
    'that is long': ['', 'y'.repeat(100), `the body lacks '${'y'.repeat(80)}'`],
  }).map(([what, [body, bodyContains, lacks]]) => [`a text ${what} is not there`, async shell => {
    const server = await httpServer((_, response) => response.end(body));

    expect(end(await run(asking(server.url, { bodyContains }, 2), shell)))
      .toEqual(missed(server.url, `status 200, but ${lacks}`));
  }] as Case),
  ['a body that never ends is up as soon as it is looked at, and little of it is fetched', async shell => {
    let sent = 0;
    const server = await httpServer((_, response) => {
      response.write('UP');
      endless(_, response);
      response.on('close', () => { sent += response.socket?.bytesWritten ?? 0; });
    });

    const fast = await run(asking(server.url, { bodyContains: 'UP' }), shell);

    expect(fast.exitCode).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  }],
  ['a body that never ends lacks what is not in its beginning', async shell => {
    const server = await httpServer(endless);

    expect(end(await run(asking(server.url, { bodyContains: 'UP' }, 2), shell)))
      .toEqual(missed(server.url, "status 200, but its first 64 KiB lack 'UP'"));
  }],
  ['a body that drips is up at the end of the attempt, or else said to lack what has not come', async shell => {
    const server = await httpServer(drip);

    expect((await run(asking(server.url, { bodyContains: 'xx' }), shell)).exitCode).toBe(0);
    expect(end(await run(asking(server.url, { bodyContains: 'UP' }, 2), shell)))
      .toEqual(missed(server.url, "status 200, but what came of the body lacks 'UP'"));
  }],
  ['beside an endpoint whose body is looked at another one may drip for ever', async shell => {
    const [server, dripping] = [await httpServer(status(200, 'UP')), await httpServer(drip)];

    const endpoints = [Endpoint.http(server.url, { bodyContains: 'UP' }), Endpoint.http(dripping.url)];
    const { exitCode, seconds: took } = await run(waiting(endpoints), shell);

    expect(exitCode).toBe(0);
    expect(took).toBeLessThan(3.5);
  }],
]);
