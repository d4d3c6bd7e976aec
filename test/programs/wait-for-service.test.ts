import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import {
  closedPort, closeServersAfterwards, countdown, drip, httpServer, redirect, status, tcpServer,
} from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const HOST = '127.0.0.1';
const seconds = (count: number) => Duration.seconds(count);
const tcp = (port: number) => Endpoint.tcp(HOST, port);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
/** How a wait for one endpoint ends that comes up. */
const up = (url: string) => ({ exitCode: 0, last: `${url}: up (attempt N), N s of 20 s` });
const missed = (url: string, result: string, budget: number) => ({
  exitCode: 124, last: `gave up: ${url}: ${result} (attempt N), N s of ${budget} s`,
});
/** Without a network it depends on the machine's name server which of them it is. */
const unresolved = (endpoint: string) => new RegExp(
  `^gave up: ${endpoint}: (name does not resolve; .*|no answer in \\S+ s; .*)\\? `
  + '\\(attempt N\\), N s of 3 s$',
);

inEveryShell([
  ['a wait for several says every ten seconds that it goes on, and connects often at first, then less', async shell => {
    const attempts: number[] = [];
    const [port, server] = [await closedPort(), await httpServer((request, response) => {
      attempts.push(performance.now());
      status(503)(request, response);
    })];

    const { said } = await run(waiting([tcp(port), Endpoint.http(server.url)]), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('still');
        signal('SIGTERM');
      },
    });

    const within = (time: number) => attempts.filter(each => each < attempts[0] + time * 1000).length;
    expect([1, 5, 10].filter((time, index) => within(time) > [11, 30, 38][index])).toEqual([]);
    expect([1, 10].filter((time, index) => within(time) < [4, 21][index])).toEqual([]);
    expect(said.sort()).toEqual([
      `tcp://${HOST}:${port}: connection refused or no route (attempt N), N s of 20 s`,
      `${server.url}: status 503 (attempt N), N s of 20 s`,
      'still waiting, N s of 20 s',
      'stopped by a signal',
    ].sort());
  }],
  ['no pause is longer than the poll interval', async shell => {
    const port = await closedPort();

    const { lines } = await run(
      waiting([tcp(port)], { timeout: seconds(6), pollInterval: Duration.millis(100) }),
      shell,
    );

    // With pauses that go on growing there are 28 attempts at most.
    expect(Number(/\(attempt (\d+)\), \d s of 6 s$/.exec(lines.at(-1)!)![1])).toBeGreaterThan(30);
  }],
  ['a port that is open is up at once', async shell => {
    const { port } = await tcpServer();

    const { exitCode, said, last } = await run(waiting([tcp(port)]), shell);

    const line = `tcp://${HOST}:${port}: up (attempt N), N s of 20 s`;
    expect({ exitCode, said, last }).toEqual({ exitCode: 0, said: [line], last: line });
  }],
  ['a port that opens after a while is up then, and each change is said once', async shell => {
    const port = await closedPort();
    setTimeout(() => void tcpServer(port), 700);

    const { exitCode, said, seconds: took } = await run(waiting([tcp(port)]), shell);

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        `tcp://${HOST}:${port}: connection refused or no route (attempt N), N s of 20 s`,
        `tcp://${HOST}:${port}: up (attempt N), N s of 20 s`,
      ],
    });
    expect(took).toBeGreaterThan(0.6);
  }],
  ['a port that refuses ends at the deadline, and the last line names it and the cause', async shell => {
    const port = await closedPort();

    const refused = await run(waiting([tcp(port)], { timeout: seconds(2) }), shell);

    expect(end(refused)).toEqual({
      exitCode: 124, last: `gave up: tcp://${HOST}:${port}: connection refused or no route (attempt N), N s of 2 s`,
    });
    expect(refused.seconds).toBeGreaterThan(1.9);
    expect(refused.seconds).toBeLessThan(8);
  }],
  ['every line tells the time and the step', async shell => {
    const port = await closedPort();
    setTimeout(() => void tcpServer(port), 500);

    const { lines } = await run(waiting([tcp(port)]), shell);

    expect(lines).toHaveLength(2);
    expect(lines.filter(line => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ wait: \S/.test(line))).toEqual([]);
    expect(Math.abs(Date.parse(lines[0].split(' ')[0]) - Date.now())).toBeLessThan(60_000);
  }],
  ['a server that accepts and never answers is given up after the time of an attempt, and tried again', async shell => {
    const server = await httpServer(() => undefined);

    const silent = await run(
      waiting([Endpoint.http(server.url)], { timeout: seconds(3), attemptTimeout: seconds(1) }),
      shell,
    );

    expect(end(silent)).toEqual(missed(server.url, 'no answer in 1 s', 3));
    expect(server.requests.length).toBeGreaterThan(1);
  }],
  ['a name that is unknown is said to be so', async shell => {
    const unknown = await run(waiting([Endpoint.tcp('database.invalid', 5432)], { timeout: seconds(3) }), shell);

    expect(unknown.exitCode).toBe(124);
    expect(unknown.last).toMatch(unresolved('tcp://database.invalid:5432'));
  }],
  ['a name that is known resolves', async shell => {
    const { exitCode, said } = await run(waiting([Endpoint.dns('localhost')]), shell);

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: ['dns:localhost: up (attempt N), N s of 20 s'],
    });
  }],
  ['a name that is unknown does not resolve', async shell => {
    const { exitCode, last } = await run(waiting([Endpoint.dns('database.invalid')], { timeout: seconds(3) }), shell);

    expect(exitCode).toBe(124);
    expect(last).toMatch(unresolved('dns:database.invalid'));
  }],
  ['a status 503 is waited for', async shell => {
    const server = await httpServer([status(503), status(503), status(200)]);

    const { exitCode, said } = await run(waiting([Endpoint.http(server.url)]), shell);

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        `${server.url}: status 503 (attempt N), N s of 20 s`,
        `${server.url}: up (attempt N), N s of 20 s`,
      ],
    });
    expect(server.requests).toHaveLength(3);
  }],
  ['a status that is not wanted is not up, whatever else it means', async shell => {
    const server = await httpServer(status(200));

    const unwanted = await run(
      waiting([Endpoint.http(server.url, { statusCodes: [204, 401] })], { timeout: seconds(1) }),
      shell,
    );

    expect(end(unwanted)).toEqual(missed(server.url, 'status 200', 1));
  }],
  ['a status that is wanted is up, whatever else it means', async shell => {
    const server = await httpServer(status(401));

    expect(end(await run(waiting([Endpoint.http(server.url, { statusCodes: [204, 401] })]), shell)))
      .toEqual(up(server.url));
  }],
  ['a redirect is followed', async shell => {
    const target = await httpServer(status(204));
    const server = await httpServer(redirect(`${target.url}/there`));

    expect(end(await run(waiting([Endpoint.http(server.url)]), shell))).toEqual(up(server.url));
    expect(target.requests.map(request => request.url)).toEqual(['/there']);
  }],
  ['ten redirects are followed, and no more', async shell => {
    const server = await httpServer(countdown);

    expect(end(await run(waiting([Endpoint.http(`${server.url}/10`)]), shell))).toEqual(up(`${server.url}/10`));
    expect(end(await run(waiting([Endpoint.http(`${server.url}/11`)], { timeout: seconds(1) }), shell)))
      .toEqual(missed(`${server.url}/11`, 'too many redirects; does it want a cookie?', 1));
  }],
  ['the body is not looked at, even if it never ends', async shell => {
    const server = await httpServer(drip);

    expect(end(await run(waiting([Endpoint.http(server.url)], { attemptTimeout: seconds(1) }), shell)))
      .toEqual(up(server.url));
    expect(server.requests).toHaveLength(1);
  }],
  ['a URL with characters of curl and of the shell is asked for as it is', async shell => {
    const server = await httpServer(status(200));
    const path = '/a/*?q={b,c}&x=[1-3]&y=$HOME&z=\'"`;%20\\';

    expect(end(await run(waiting([Endpoint.http(server.url + path)]), shell))).toEqual(up(`${server.url}/a/*`));
    expect(server.requests.map(request => request.url)).toEqual([path]);
  }],
  ['endpoints may come up at different times, in any order, and one that went away again counts', async shell => {
    const first = await tcpServer();
    const [second, third] = [await closedPort(), await closedPort()];
    setTimeout(() => void tcpServer(third).then(() => first.close()), 500);
    setTimeout(() => void tcpServer(second), 1200);

    const { exitCode, said } = await run(waiting([tcp(first.port), tcp(second), tcp(third)]), shell);

    const cameUp = said.filter(line => line.includes(': up')).map(line => line.split(': up')[0]);
    expect({ exitCode, up: cameUp, last: said.at(-1) }).toEqual({
      exitCode: 0,
      up: [first.port, third, second].map(port => `tcp://${HOST}:${port}`),
      last: 'all up after N s',
    });
  }],
  ['one endpoint of three that never comes up is the only one in the last line', async shell => {
    const [{ port }, server, closed] = [await tcpServer(), await httpServer(status(200)), await closedPort()];

    const ended = await run(
      waiting([tcp(port), tcp(closed), Endpoint.http(server.url)], { timeout: seconds(2) }),
      shell,
    );

    expect(end(ended)).toEqual(missed(`tcp://${HOST}:${closed}`, 'connection refused or no route', 2));
  }],
  ['only successes in a row count, with a threshold, and each change is said', async shell => {
    const flapping = [200, 200, 503, 200, 503, 200, 200, 200].map(code => status(code));
    const server = await httpServer(flapping);

    const { exitCode, said } = await run(waiting([Endpoint.http(server.url)], { successThreshold: 3 }), shell);

    expect({ exitCode, requests: server.requests.length, said }).toEqual({
      exitCode: 0,
      requests: 8,
      said: [
        'up 1 of 3 times', 'up 2 of 3 times', 'status 503', 'up 1 of 3 times', 'status 503',
        'up 1 of 3 times', 'up 2 of 3 times', 'up',
      ].map(result => `${server.url}: ${result} (attempt N), N s of 20 s`),
    });
  }],
  ['TERM ends the wait at once', async shell => {
    const port = await closedPort();

    const stopped = await run(waiting([tcp(port)]), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('refused');
        await sleep(300);
        signal('SIGTERM');
      },
    });

    expect(end(stopped)).toEqual({ exitCode: 143, last: 'stopped by a signal' });
    expect(stopped.seconds).toBeLessThan(1);
  }],
]);
