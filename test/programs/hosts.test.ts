/** What a wait makes of a host and a port that only the pod knows. */
import { Duration } from 'cdk8s';
import { AppProtocol, Endpoint } from '../../src';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, httpServer, status, tcpServer } from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { secret, waiting } from '../lab/steps';
import { talker } from '../lab/talkers';

closeServersAfterwards();

const from = (number = 1) => Endpoint.tcpFrom(secret(`host${number}`), secret(`port${number}`));
const end = ({ exitCode, last }: Run) => ({ exitCode, last });

const HOST = 'host of endpoint 1 is neither a host name nor an IP address';
const PORT = 'port of endpoint 1 is no number from 1 to 65535';

/** A host and a port, and what is said of them. */
const WRONG: readonly (readonly [host: string, port: string, message: string])[] = [
  ['', '5432', 'host of endpoint 1 is empty'],
  ['db', '', 'port of endpoint 1 is empty'],
  ['db\n', '5432', 'host of endpoint 1 holds a line break; does its Secret end in one?'],
  ['db', '5432\n', 'port of endpoint 1 holds a line break; does its Secret end in one?'],
  ['db:5432', '5432', HOST],
  ['db 1', '5432', HOST],
  ['tcp://db', '5432', HOST],
  ['-e', '5432', HOST],
  ['65536', '5432', HOST],
  ['1.2.3', '5432', HOST],
  ['$(id)', '5432', HOST],
  ['*', '5432', HOST],
  ['a,b', '5432', HOST],
  ['dead:beef', '5432', HOST],
  ['db\u001b[31m', '5432', HOST],
  ['db', '0', PORT],
  ['db', '05', PORT],
  ['db', '65536', PORT],
  ['db', '5432 ', PORT],
  ['db', '-1', PORT],
  ['db', 'x; exit 7', PORT],
];

inEveryShell([
  ['a host and a port that are right are waited for, and said', async shell => {
    const { port } = await tcpServer();
    const secrets = { host1: '127.0.0.1', port1: `${port}` };

    expect(end(await run(waiting([from()]), shell, { secrets })))
      .toEqual({ exitCode: 0, last: `tcp://127.0.0.1:${port}: up (attempt N), N s of 20 s` });
  }],
  ['an address of IPv6 may stand in brackets', async shell => {
    for (const host1 of ['::1', '[::1]']) {
      const { said } = await run(waiting([from()]), shell, {
        secrets: { host1, port1: '1' },
        meanwhile: async ({ logs, signal }) => {
          await logs('(attempt 1)');
          signal('SIGTERM');
        },
      });

      expect(said[0]).toBe('tcp://[::1]:1: connection refused or no route (attempt N), N s of 20 s');
    }
  }],
  ['an address of IPv6 is asked in each attempt: it is no name that has others', async shell => {
    const { port, ended } = await talker('-LOADING it\r\n');
    const endpoint = Endpoint.tcpFrom(secret('host1'), secret('port1'), { appProtocol: AppProtocol.REDIS });

    const { lines } = await run(waiting([endpoint], { timeout: Duration.seconds(6) }), shell, {
      secrets: { host1: '::ffff:127.0.0.1', port1: `${port}` },
    });

    const attempts = Number(/\(attempt (\d+)\)/.exec(lines.at(-1)!)![1]);
    expect(ended.length / attempts).toBeGreaterThan(0.7);
  }],
  ['beside others, and in the protocol of the server, it is the same', async shell => {
    const [{ port }, redis] = [await tcpServer(), await talker('+PONG\r\n')];
    const second = Endpoint.tcpFrom(secret('host2'), secret('port2'), { appProtocol: AppProtocol.REDIS });
    const secrets = { host2: 'localhost', port2: `${redis.port}` };

    const { exitCode, said } = await run(waiting([Endpoint.tcp('127.0.0.1', port), second]), shell, { secrets });

    expect({ exitCode, said: said.filter(line => /: up |^all/.test(line)).sort() }).toEqual({
      exitCode: 0,
      said: [
        'all up after N s',
        `redis://localhost:${redis.port}: up (attempt N), N s of 20 s`,
        `tcp://127.0.0.1:${port}: up (attempt N), N s of 20 s`,
      ],
    });
  }],
  ['a URL that looks as if it named variables names none', async shell => {
    const [{ port }, { url }] = [await tcpServer(), await httpServer(status(200))];
    const secrets = { host2: '127.0.0.1', port2: `${port}` };

    const { exitCode } = await run(waiting([Endpoint.http(`${url}/:step_host_1:step_port_1`), from(2)]), shell, {
      secrets,
    });

    expect(exitCode).toBe(0);
  }],
  ['what is wrong ends the step at once, and is named, but not said', async shell => {
    const ends = [];
    for (const [host1, port1] of WRONG) {
      const { exitCode, last, lines } = await run(waiting([from()]), shell, { secrets: { host1, port1 } });
      ends.push([host1, port1, exitCode, last, lines.length]);
    }

    expect(ends).toEqual(WRONG.map(([host, port, message]) => [host, port, 2, message, 1]));
  }],
  ['of several endpoints the wrong one is named by its place, and nothing else is tried', async shell => {
    const closed = Endpoint.tcp('127.0.0.1', await closedPort());
    const secrets = { host2: 'db', port2: '5432', host3: 'db' };

    const { exitCode, said } = await run(waiting([closed, from(2), from(3)]), shell, { secrets });

    expect({ exitCode, said }).toEqual({ exitCode: 2, said: ['port of endpoint 3 is empty'] });
  }],
]);
