/** What goes wrong while waiting that takes a network or a process 1 of its own. */
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { faketime } from '../lab/faketime';
import { copyOf, find, put } from '../lab/images';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, httpServer, status, tcpServer } from '../lab/servers';
import { inEveryContainer, missing, type Case, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const up = { exitCode: 0, last: 'all up after N s' };
const REFUSED = 'connection refused or no route';
let lastHole = 0;

/** An address in the network that swallows what is sent to it. */
function hole(): string {
  lastHole += 1;
  return `10.99.${process.pid % 250 + 1}.${lastHole}`;
}

/** Ten ports that are down. */
function tenPorts(): Promise<number[]> {
  return Promise.all(Array.from({ length: 10 }, () => closedPort()));
}

const CLOCK = '/etc/clock';

/** The shell in an image whose tools take the time of day from a file, which may change while they run. */
function withClock(shell: Shell, library: string, name: string): { image: Shell; step(offset: string): void } {
  const image = { ...shell, ...copyOf(shell, join(folder, `${shell.name}-${name}`)) };
  for (const tool of ['date', 'sleep', 'timeout']) put(image.folder, tool, find(`/usr/bin/${tool}`)!);
  const step = (offset: string) => writeFileSync(image.folder + CLOCK, `${offset}\n`);
  step('+0');
  const env = {
    ...shell.env,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: CLOCK,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { image: { ...image, env }, step };
}

function steppedClocks(): Case[] {
  if (faketime === undefined) {
    missing('libfaketime');
    return [];
  }
  const library = faketime;
  return ['+3600', '-3600'].map(offset => [`a clock that is stepped by ${offset} s changes nothing`, async shell => {
    const { image, step } = withClock(shell, library, offset);
    const [late, never] = [await closedPort(), await closedPort()];
    const meanwhile = async () => {
      await sleep(1000);
      step(offset);
    };
    const waits = [
      run(waiting([Endpoint.tcp('127.0.0.1', late)]), image, { meanwhile }),
      run(waiting([Endpoint.tcp('127.0.0.1', never)], { timeout: seconds(4) }), image),
    ];
    await sleep(2500);
    await tcpServer(late);
    const [came, missed] = await Promise.all(waits);

    expect(end(came)).toEqual({ exitCode: 0, last: `tcp://127.0.0.1:${late}: up (attempt N), N s of 20 s` });
    expect(end(missed))
      .toEqual({ exitCode: 124, last: `gave up: tcp://127.0.0.1:${never}: ${REFUSED} (attempt N), N s of 4 s` });
    expect(missed.seconds).toBeGreaterThan(3.9);
    expect(missed.seconds).toBeLessThan(8);
    const [first, last] = [came.lines[0], came.lines.at(-1)!].map(line => Date.parse(line.split(' ')[0]) / 1000);
    expect(Math.abs(last - first - Number(offset))).toBeLessThan(20);
  }] satisfies Case);
}

inEveryContainer([
  ['ten endpoints that come up one after another are all waited for, and each is said once', async shell => {
    const ports = await tenPorts();
    const wait = run(waiting(ports.map(port => Endpoint.tcp('127.0.0.1', port))), shell);
    for (const port of ports) {
      await sleep(200);
      await tcpServer(port);
    }
    const { exitCode, said } = await wait;

    const cameUp = said.filter(line => line.includes(': up')).map(line => Number(/:(\d+): up/.exec(line)![1]));
    expect({ exitCode, cameUp: cameUp.sort(), last: said.at(-1) })
      .toEqual({ exitCode: 0, cameUp: ports.sort(), last: 'all up after N s' });
  }],
  ['one of ten that never comes up is the only one in the last line', async shell => {
    const ports = await tenPorts();
    await Promise.all(ports.slice(1).map(port => tcpServer(port)));

    const missed = await run(
      waiting(ports.map(port => Endpoint.tcp('127.0.0.1', port)), { timeout: seconds(4) }),
      shell,
    );

    expect(end(missed))
      .toEqual({ exitCode: 124, last: `gave up: tcp://127.0.0.1:${ports[0]}: ${REFUSED} (attempt N), N s of 4 s` });
    expect(missed.seconds).toBeLessThan(8);
  }],
  ['an address that swallows everything ends at the deadline, and holds up none that is up beside it', async shell => {
    const address = hole();
    const { port, url } = await httpServer(status(200));
    const endpoints = [Endpoint.tcp(address, port), Endpoint.http(`http://${address}`), Endpoint.http(url)];

    const missed = await run(waiting(endpoints, { timeout: seconds(4), attemptTimeout: seconds(1) }), shell);

    const swallowed = [
      `tcp://${address}:${port}: no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?`,
      `http://${address}: no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?`,
    ];
    expect(missed.exitCode).toBe(124);
    const said = missed.said.filter(line =>
      !line.startsWith(`${url}: no answer`)); // the server beside it may be slow at first
    expect(said.sort()).toEqual([
      `${url}: up (attempt N), N s of 4 s`, ...swallowed.flatMap(each =>
        [each, `gave up: ${each}`].map(line => `${line} (attempt N), N s of 4 s`)),
    ].sort());
    expect(missed.seconds).toBeGreaterThan(3.9);
    expect(missed.seconds).toBeLessThan(8);
  }],
  ['an address that swallows everything at first is up when it answers', async shell => {
    const address = hole();
    const { port } = await httpServer(status(200), 0, undefined, '0.0.0.0');
    const wait = run(
      waiting([Endpoint.tcp(address, port), Endpoint.http(`http://${address}:${port}`)], {
        attemptTimeout: seconds(1),
      }),
      shell,
    );
    await sleep(1500);
    execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);

    expect(end(await wait)).toEqual(up);
  }],
  ['a network without a way to the address is no route', async shell => {
    const missed = await run(
      waiting([Endpoint.tcp('10.98.0.1', 80), Endpoint.http('http://10.98.0.1')], { timeout: seconds(2) }),
      shell,
    );

    expect(missed.exitCode).toBe(124);
    expect(missed.said.filter(line => line.startsWith('gave up')).sort()).toEqual(
      ['http://10.98.0.1', 'tcp://10.98.0.1:80'].map(each => `gave up: ${each}: ${REFUSED} (attempt N), N s of 2 s`),
    );
  }],
  ['TERM ends the wait at once, at whatever moment it comes', async shell => {
    const container = waiting([
      Endpoint.tcp('127.0.0.1', await closedPort()), Endpoint.tcp(hole(), 80), Endpoint.http(`http://${hole()}`),
    ]);
    for (let count = 0; count < 15; count++) {
      const stopped = await run(container, shell, {
        meanwhile: async ({ logs, signal }) => {
          await logs('refused');
          await sleep(Math.random() * 500);
          signal('SIGTERM');
        },
      });

      expect(end(stopped)).toEqual({ exitCode: 143, last: 'stopped by a signal' });
      expect(stopped.seconds).toBeLessThan(2);
    }
  }],
  ...steppedClocks(),
]);
