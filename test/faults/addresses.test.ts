/** Names that have several addresses, of which not all answer. */
import { appendFileSync, mkdtempSync, rmSync } from 'fs';
import * as net from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { Endpoint, type WaitForServiceProps } from '../../src';
import { NO_ANSWER_FOR_IPV6, nameServer, type NameServer, type Record } from '../lab/dns';
import { copyOf, withScripts } from '../lab/images';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, httpServer, started, status } from '../lab/servers';
import { inEveryContainer, type Case, type Shell } from '../lab/shells';
import { downloading, secret, waiting } from '../lab/steps';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'addresses-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open: NameServer[] = [];
afterAll(() => open.forEach(server => server.close()));

const HOST = 'db.data.svc.cluster.local';
/** Programs take 127.0.0.1 first, in whatever order a name server has them. */
const SECOND = '127.7.7.7';
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

/** More domains than a name is looked up in during one attempt. */
const MANY = Array.from({ length: 12 }, (_, index) => `n${index}.example`);
let lastImage = 0;

/** Where the next image can be. */
function imageFolder(shell: Shell): string {
  lastImage += 1;
  return join(folder, `${shell.name}-${lastImage}`);
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
  ['a download is there although questions for IPv6 addresses are not answered', async shell => {
    const { port } = await httpServer(status(200, 'text'));
    const { address } = await names({ [HOST]: ['127.0.0.1', NO_ANSWER_FOR_IPV6] });

    const { exitCode } = await run(downloading({ url: `http://${HOST}:${port}` }), shell, { nameserver: address });

    expect(exitCode).toBe(0);
  }],
  ['a name that has an IPv6 address only is found after it was not answered at first', async shell => {
    const { port } = await httpServer(status(200, 'text'), 0, undefined, '::1');
    const [url, server] = [`http://${HOST}:${port}`, await names({ [HOST]: 'NO ANSWER' })];
    const steps = [waiting([Endpoint.http(url)]), downloading({ url })];
    const ends = Promise.all(steps.map(step => run(step, shell, { nameserver: server.address })));
    await sleep(5500);
    server.names[HOST] = '::1';

    expect((await ends).map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  }],
  ['that a name has no IPv4 address is no reason where IPv6 is what is not answered', async shell => {
    const { address } = await names({ [HOST]: [NO_ANSWER_FOR_IPV6] });
    const timeout = Duration.seconds(12);
    const url = `http://${HOST}`;
    const ends = await Promise.all([waiting([Endpoint.http(url)], { timeout }), downloading({ url, timeout })]
      .map(step => run(step, shell, { nameserver: address })));

    expect(ends.flatMap(({ said }) => said.filter(line => line.includes('resolve')))).toEqual([]);
  }],
  ['what a file knows is not taken for another name that is a part of it', async shell => {
    const image = copyOf(shell, imageFolder(shell));
    appendFileSync(join(image.folder, 'etc/hosts'), `127.8.8.8\tdb-2 db.other x-db ${HOST}.example\n`);
    const { port } = await httpServer(status(200), 0, undefined, SECOND);
    const { address } = await names({ 'db.test.svc.cluster.local': ['127.0.0.1', SECOND] });

    const { exitCode } = await run(waiting([Endpoint.tcp('db', port)]), image, { nameserver: address });

    expect(exitCode).toBe(0);
  }],
  ['an IPv6 address is no name that is looked up', async shell => {
    const server = await names({ [HOST]: '127.0.0.1' });
    const endpoints = [Endpoint.tcp('fd00::a', 80), Endpoint.tcp(HOST, await closedPort())];

    await run(waiting(endpoints, { timeout: Duration.seconds(3) }), shell, { nameserver: server.address });

    expect(server.questions.filter(question => question.includes('fd00'))).toEqual([]);
  }],
  ['a look-up ends with its attempt, however many domains are searched', async shell => {
    const { address } = await names(Object.fromEntries(MANY.map(domain => [`${HOST}.${domain}`, 'NO ANSWER'])));
    const container = waiting([Endpoint.tcp(HOST, 80)], { timeout: Duration.seconds(2) });

    const { exitCode, seconds } = await run(container, shell, { nameserver: address, search: MANY });

    expect({ exitCode, late: seconds > 4 }).toEqual({ exitCode: 124, late: false });
  }],
  ['the time that a look-up takes is none that a connection must be held for', async shell => {
    const image = withScripts({
      nslookup: 'sleep 0.1; exec busybox nslookup "$@"',
      timeout: '[ "$2" != telnet ] || echo "$1" >>/dev/termination-log; exec busybox timeout "$@"',
    }, shell, imageFolder(shell));
    const { port } = await httpServer(status(200), 0, undefined, SECOND);
    const { address } = await names({ [HOST]: ['127.0.0.1', SECOND] });

    const { last } = await run(waiting([Endpoint.tcp(HOST, port)]), image, { nameserver: address });

    expect(last).toMatch(/ message is '0\.[2-5]\n/);
  }],
  ['an IPv6 address that is up is tried as it is until it is up often enough', async shell => {
    let connections = 0;
    const ofFirstAttempt = 2;
    const server = net.createServer(socket => {
      connections += 1;
      if (connections <= ofFirstAttempt) socket.destroy();
    });
    const [{ port }, { url }] = [await started(server, 0, '::1'), await httpServer(status(200))];
    const { address } = await names({ [HOST]: '::1' });
    const container = waiting([Endpoint.tcp(HOST, port), Endpoint.http(url)], { successThreshold: 4 });

    const { said } = await run(container, shell, { nameserver: address });

    const results = said.filter(line => line.startsWith('tcp')).map(line => line.split(' (')[0].split(': ')[1]);
    expect(results).toEqual([
      'accepted and closed at once', 'up 1 of 4 times', 'up 2 of 4 times', 'up 3 of 4 times', 'up',
    ]);
  }],
  ['an attempt at an address asks no name server, so of two attempts one is free', async shell => {
    const server = await names({ [HOST]: '127.0.0.1' });
    const container = waiting([Endpoint.tcp(`${HOST}.`, await closedPort())], { timeout: Duration.seconds(10) });

    const { lines } = await run(container, shell, { nameserver: server.address });

    const attempts = Number(/\(attempt (\d+)\)/.exec(lines.at(-1)!)![1]);
    expect(server.questions.length / attempts).toBeLessThan(1.3);
  }],
]);
