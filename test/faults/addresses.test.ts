/** Names that have several addresses, of which not all answer. */
import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { Endpoint, type WaitForServiceProps } from '../../src';
import { NO_ANSWER_FOR_IPV6, nameServer, type NameServer, type Record } from '../lab/dns';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';
import { inEveryContainer, type Case, type Shell } from '../lab/shells';
import { secret, waiting } from '../lab/steps';

closeServersAfterwards();

const open: NameServer[] = [];
afterAll(() => open.forEach(server => server.close()));

const HOST = 'db.data.svc.cluster.local';
/** Nothing listens there. */
const REFUSES = '127.9.9.9';
let lastHole = 0;

/** An address in the network that swallows what is sent to it. */
function hole(): string {
  lastHole += 1;
  return `10.99.${process.pid % 250 + 1}.${100 + lastHole}`;
}

async function names(list: { [name: string]: Record }): Promise<NameServer> {
  const server = await nameServer(list);
  open.push(server);
  return server;
}

const KINDS = ['tcp', 'http', 'host', 'url'] as const;

type Kind = typeof KINDS[number];

/** An endpoint of each kind: one that is known at synth, or only in the pod. */
function endpointOf(kind: Kind, port: number): Endpoint {
  switch (kind) {
    case 'tcp': return Endpoint.tcp(HOST, port);
    case 'http': return Endpoint.http(`http://${HOST}:${port}`);
    case 'host': return Endpoint.tcpFrom(secret('host'), EnvValue.fromValue(`${port}`));
    case 'url': return Endpoint.urlFrom(EnvValue.fromValue(`tcp://${HOST}:${port}`));
  }
}

/** A wait for a server that listens on one address, and whose name has these. */
async function waitFor(
  kind: Kind, listens: string, addresses: Record, shell: Shell, props: Partial<WaitForServiceProps> = {},
): Promise<Run> {
  const { port } = await httpServer(status(200), 0, undefined, listens);
  const { address } = await names({ [HOST]: addresses });
  const container = waiting([endpointOf(kind, port)], props);
  return run(container, shell, { nameserver: address, secrets: { host: HOST } });
}

const ONE_IS_DEAD: { [how: string]: [listens: string, addresses: () => string[]] } = {
  'the first of two addresses refuses': ['127.0.0.1', () => [REFUSES, '127.0.0.1']],
  'the last of two addresses refuses': ['127.0.0.1', () => ['127.0.0.1', REFUSES]],
  'the first of two addresses swallows': ['127.0.0.1', () => [hole(), '127.0.0.1']],
  'two of three addresses swallow': ['127.0.0.1', () => [hole(), hole(), '127.0.0.1']],
  'the IPv6 address refuses': ['127.0.0.1', () => ['127.0.0.1', '::1']],
  'the IPv4 address refuses': ['::1', () => [REFUSES, '::1']],
  'questions for IPv6 addresses are not answered': ['127.0.0.1', () => ['127.0.0.1', NO_ANSWER_FOR_IPV6]],
};

inEveryContainer([
  ...Object.entries(ONE_IS_DEAD).flatMap(([how, [listens, addresses]]) => KINDS.map(kind =>
    [`${kind} is up within five seconds although ${how}`, async shell => {
      const { exitCode, seconds } = await waitFor(kind, listens, addresses(), shell);

      expect({ exitCode, soon: seconds < 6 }).toEqual({ exitCode: 0, soon: true });
    }] as Case)),
  ['what is up several times in a row is up at one and the same address', async shell => {
    const { exitCode } = await waitFor('tcp', '127.0.0.1', [REFUSES, '127.0.0.1'], shell, { successThreshold: 3 });

    expect(exitCode).toBe(0);
  }],
  ...['db', 'db.data', 'db.data.svc', HOST, `${HOST}.`].map(name =>
    [`the addresses of ${name} are found as its first one is`, async shell => {
      const { port } = await httpServer(status(200));
      const full = name === 'db' ? 'db.test.svc.cluster.local' : HOST;
      const { address } = await names({ [full]: [REFUSES, '127.0.0.1'], db: '127.8.8.8' });

      const { exitCode } = await run(waiting([Endpoint.tcp(name, port)]), shell, { nameserver: address });

      expect(exitCode).toBe(0);
    }] as Case),
  ['a name that a file knows has no other addresses', async shell => {
    const { port } = await httpServer(status(200), 0, undefined, '127.7.7.7');
    const { address } = await names({ 'localhost.test.svc.cluster.local': '127.7.7.7' });

    const { exitCode } = await run(
      waiting([Endpoint.tcp('localhost', port)], { timeout: Duration.seconds(4) }),
      shell,
      { nameserver: address },
    );

    expect(exitCode).toBe(124);
  }],
  ['an attempt at an address asks no name server, so of two attempts one is free', async shell => {
    const server = await names({ [HOST]: '127.0.0.1' });
    const container = waiting([Endpoint.tcp(`${HOST}.`, await closedPort())], { timeout: Duration.seconds(10) });

    const { lines } = await run(container, shell, { nameserver: server.address });

    const attempts = Number(/\(attempt (\d+)\)/.exec(lines.at(-1)!)![1]);
    expect(server.questions.length / attempts).toBeLessThan(1.3);
  }],
]);
