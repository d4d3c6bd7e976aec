/** How soon a wait ends after what it waits for is up. */
import { ours, ways, type Address } from './contenders';
import { image, mean, median } from './measure';
import type { Table } from './report';
import { ending, HOST, limited, milliseconds, NAME, plainly, seconds, URL_OF } from './waits';
import type { Container } from '../test/lab/container';
import { nameServer } from '../test/lab/dns';
import { sleep } from '../test/lab/process';
import { run } from '../test/lab/run';
import { closedPort, httpServer, status, tcpServer } from '../test/lab/servers';

const LIBRARY_LIMITS = { cpu: 0.5, memory: 64 * 2 ** 20 };

interface Limits {
  readonly cpu: number;
  readonly memory: number;
}

/** How long a container takes, in milliseconds. */
async function timeOf(container: Container, limits?: Limits): Promise<number> {
  const { exitCode, seconds: took } = limits
    ? await limited(options => run(container, image, options), limits)
    : await run(container, image);
  if (exitCode !== 0) throw new Error(`${container.command.join(' ')} exited with ${exitCode}`);
  return took * 1000;
}

/** Runs all in turn, so that what else happens on the machine meets all alike. */
export async function inTurn(containers: readonly Container[], rounds: number, limits?: Limits): Promise<number[]> {
  const times: number[][] = containers.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, container] of containers.entries()) {
      times[index].push(await timeOf(container, limits));
    }
  }
  return times.map(median);
}

export async function alreadyUp(): Promise<Table> {
  const [{ port }, { port: web }] = [await tcpServer(), await httpServer(status(200))];
  const addresses = [{ host: HOST, port }];
  const bare = [{ command: ['true'] }, { command: ['curl', '-sf', '-o', '/dev/null', URL_OF(web)] }];
  const listed = [
    ...ways.filter(way => way.tcp).map(way => ({ name: `${way.name}, tcp`, container: way.tcp!(addresses) })),
    ...ways.filter(way => way.http).map(way => ({ name: `${way.name}, http`, container: way.http!(URL_OF(web)) })),
  ];
  const [nothing, curl, ...times] = await inTurn([...bare, ...listed.map(({ container }) => container)], 40);
  const ofCurl = (time: number, bareCurl: number) => `${(time / bareCurl).toFixed(2)} ×`;
  const row = (name: string, time: number) => [
    name,
    milliseconds(time),
    milliseconds(time - nothing),
    name.endsWith('http') ? ofCurl(time, curl) : '',
  ];
  const underTheirLimits = [bare[0], ours.tcp(addresses), bare[1], ours.http(URL_OF(web))];
  const [idle, limitedTcp, limitedCurl, limitedHttp] = await inTurn(underTheirLimits, 20, LIBRARY_LIMITS);
  return {
    title: 'The dependency is already up',
    text: 'Whole run of a container, median of 40 in turn. Wanted: at most 10 ms more than `true` (tcp), '
      + 'at most 1.3 × a bare curl (http).',
    wanted: [{ of: /, tcp/, column: 2, is: 10 }, { of: /, http/, column: 3, is: 1.3 }],
    head: ['', 'whole run', 'more than `true`', 'of a bare curl'],
    rows: [
      row('`true`', nothing), row('bare curl', curl), ...listed.map(({ name }, index) => row(name, times[index])),
      [
        'this library, tcp, under its limits (500m CPU, 64 MiB)',
        milliseconds(limitedTcp),
        milliseconds(limitedTcp - idle),
        '',
      ],
      [
        'this library, http, under its limits',
        milliseconds(limitedHttp),
        milliseconds(limitedHttp - idle),
        ofCurl(limitedHttp, limitedCurl),
      ],
    ],
  };
}

export interface Case {
  readonly name: string;
  readonly container: Container;
  readonly limits?: Limits;
}

/** What is brought up while all wait. */
export interface Dependency {
  /** Seconds from the start of the waits. */
  readonly after: number;
  readonly up: () => Promise<unknown>;
  readonly nameserver?: string;
}

/** Starts all waits, brings the dependency up after a while, and tells how much later each ended. */
export async function delays(cases: readonly Case[], { after, up, nameserver }: Dependency): Promise<number[]> {
  const runs = cases.map(({ container, limits }) =>
    limited(options => run(container, image, { ...options, nameserver }), limits));
  await sleep(after * 1000);
  const since = performance.now();
  await up();
  const ended = await Promise.all(runs);
  return ended.map(({ ended: end, exitCode }) => (exitCode === 0 ? (end - since) / 1000 : NaN));
}

function tcpCases(addresses: readonly Address[], limit?: number): Case[] {
  return plainly.map(({ name, tcp }) => ({ name, container: tcp!(addresses, limit) }));
}

function underLimits(addresses: readonly Address[]): Case {
  return { name: 'this library, under its limits', container: ours.tcp(addresses), limits: LIBRARY_LIMITS };
}

async function late(trials: readonly number[]): Promise<{ name: string; delays: number[] }[]> {
  const all = new Map<string, number[]>();
  const note = async (cases: readonly Case[], dependency: Dependency) => {
    const list = await delays(cases, dependency);
    cases.forEach(({ name }, index) => all.set(name, [...all.get(name) ?? [], list[index]]));
  };
  for (const after of trials) {
    const [port, web] = [await closedPort(), await closedPort()];
    const server = await nameServer();
    const tcp = [...tcpCases([{ host: HOST, port }]), underLimits([{ host: HOST, port }])];
    const http = ways.filter(way => way.http)
      .map(way => ({ name: `${way.name}, http`, container: way.http!(URL_OF(web)) }));
    const dns = ways.filter(way => way.dns)
      .map(way => ({ name: `${way.name}, name`, container: way.dns!(NAME) }));
    const resolves = async () => { server.names[NAME] = HOST; };
    await note(tcp, { after, up: () => tcpServer(port) });
    await note(http, { after, up: () => httpServer(status(200), web) });
    await note(dns, { after, up: resolves, nameserver: server.address });
    server.close();
  }
  return [...all].map(([name, list]) => ({ name, delays: list }));
}

export async function comesUpLater(): Promise<Table> {
  const results = await late(Array.from({ length: 15 }, (_, index) => 1 + index * 2 / 14 + Math.random() * 0.05));
  return {
    title: 'The dependency comes up after 1 to 3 s',
    text: 'Delay until the wait ends, 15 trials, all at the same server. '
      + 'Wanted: mean at most 0.15 s, worst at most 0.35 s.',
    wanted: [{ column: 1, is: 0.15 }, { column: 2, is: 0.35 }],
    head: ['', 'mean', 'worst'],
    rows: results.map(({ name, delays: list }) => [name, seconds(mean(list)), seconds(Math.max(...list))]),
  };
}

export async function comesUpMuchLater(): Promise<Table> {
  const waits = [5, 8, 12, 20, 30];
  const results = await Promise.all(waits.map(async after => {
    const port = await closedPort();
    const cases = tcpCases([{ host: HOST, port }]);
    return { after, cases, list: await delays(cases, { after, up: () => tcpServer(port) }) };
  }));
  return {
    title: 'The dependency comes up much later',
    text: 'Delay until the wait ends. Wanted: at most a tenth of the time waited, never above 1.2 s.',
    wanted: waits.map((after, index) => ({ column: index + 1, is: Math.min(after / 10, 1.2) })),
    head: ['', ...waits.map(after => `after ${after} s`)],
    rows: results[0].cases.map(({ name }, index) => [name, ...results.map(({ list }) => seconds(list[index]))]),
  };
}

export async function tenDependencies(): Promise<Table> {
  const rows: Map<string, number[]> = new Map();
  let before = 0;
  for (let trial = 0; trial < 6; trial++) {
    const ports = await Promise.all(Array.from({ length: 10 }, () => closedPort()));
    const addresses = ports.map(port => ({ host: HOST, port }));
    const cases = [...tcpCases(addresses), underLimits(addresses)];
    const up = async () => {
      const since = performance.now();
      for (const port of ports) {
        await sleep(Math.random() * 400);
        await tcpServer(port);
      }
      before = (performance.now() - since) / 1000;
    };
    const list = await delays(cases, { after: 0.5, up });
    cases.forEach(({ name }, index) => rows.set(name, [...rows.get(name) ?? [], list[index] - before]));
  }
  const ports = await Promise.all(Array.from({ length: 10 }, () => closedPort()));
  await Promise.all(ports.slice(1).map(port => tcpServer(port)));
  const addresses = ports.map(port => ({ host: HOST, port }));
  const missing = new Map(await Promise.all(tcpCases(addresses, 5)
    .map(async ({ name, container }) => [name, ending(await run(container, image, { longest: 12 }))] as const)));
  return {
    title: 'Ten dependencies',
    text: 'Each comes up at a time of its own; delay after the last one, 6 trials. Then one never comes up, '
      + 'with a deadline of 5 s where there is one. Wanted: at most 0.35 s, and ended at the deadline.',
    wanted: [{ column: 2, is: 0.35 }, { column: 3, is: /^5\.[0-2]\d s, exit 124$/ }],
    head: ['', 'mean', 'worst', 'one never'],
    rows: [...rows].map(([name, list]) =>
      [name, seconds(mean(list)), seconds(Math.max(...list)), missing.get(name) ?? '']),
  };
}
