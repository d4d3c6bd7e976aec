/** The checks of protocols beside the clients that people use. */
import { writeFileSync } from 'fs';
import { basename, join } from 'path';
import { Duration } from 'cdk8s';
import { delays, inTurn, type Dependency } from './delays';
import { costOf } from './endings';
import { hasCgroups, image, mean } from './measure';
import type { Table } from './report';
import { sizeOf, STORES, stores, type Store } from './stores';
import { HOST, mebibytes, milliseconds, seconds } from './waits';
import { Endpoint } from '../src';
import type { Container } from '../test/lab/container';
import { put } from '../test/lab/images';
import { waiting } from '../test/lab/steps';
import { stopServers, type Server } from '../test/protocols/server';

/** In seconds, and by chance up to one more: so no loop of whole seconds has an advantage. */
const STARTED_AFTER = [3, 6, 9];

interface Way {
  readonly name: string;
  readonly container: Container;
  /** The program that asks, as a file. */
  readonly program: string;
}

function waysOf({ name, port, appProtocol, client, asks }: Store): Way[] {
  const command = asks.replace('HOST', HOST).replace('PORT', `${port}`);
  put(image.folder, basename(client), client);
  return [
    {
      name: `this library, ${name}`,
      container: waiting([Endpoint.tcp(HOST, port, { appProtocol })], { timeout: Duration.seconds(120) }),
      program: join(image.folder, 'bin/busybox'),
    },
    {
      name: `\`until ${basename(client)} …; do sleep 1; done\``,
      container: { command: ['sh', '-c', `until ${command}; do sleep 1; done`] },
      program: client,
    },
  ];
}

/** pg_isready asks who it is, which the images of servers know. */
function nameUsers(): void {
  writeFileSync(join(image.folder, 'etc/passwd'), 'nobody:x:65534:65534:nobody:/:/bin/sh\n');
}

/** How much longer than `true` a wait takes for a server that is up. */
async function alreadyUp(store: Store, ways: readonly Way[]): Promise<number[]> {
  const server = await store.start();
  const [nothing, ...times] = await inTurn([{ command: ['true'] }, ...ways.map(({ container }) => container)], 15);
  await server.stop();
  return times.map(time => time - nothing);
}

/** How long after the server says that it is ready each wait ends, if it is started so late. */
async function late(store: Store, ways: readonly Way[], after: number): Promise<number[]> {
  let [took, server]: [number, Server | undefined] = [0, undefined];
  const up: Dependency['up'] = async () => {
    const since = performance.now();
    server = await store.start();
    took = (performance.now() - since) / 1000;
  };
  const list = await delays(ways, { after, up });
  await server!.stop();
  return list.map(delay => delay - took);
}

async function rowsOf(store: Store, already: readonly number[], ways: readonly Way[]): Promise<string[][]> {
  const delayed: number[][] = [];
  for (const after of STARTED_AFTER) delayed.push(await late(store, ways, after + Math.random()));
  const costs = await Promise.all(ways.map(({ container }) => costOf(container)));
  return ways.map(({ name, program }, index) => [
    name,
    milliseconds(already[index]),
    seconds(mean(delayed.map(list => list[index]))),
    seconds(Math.max(...delayed.map(list => list[index]))),
    costs[index].cpu,
    costs[index].peak,
    costs[index].processes,
    mebibytes(sizeOf(program)),
  ]);
}

async function allRows(): Promise<string[][]> {
  nameUsers();
  const measured: { store: Store; ways: Way[]; already: number[] }[] = [];
  try {
    for (const store of await stores()) {
      const ways = waysOf(store);
      measured.push({ store, ways, already: await alreadyUp(store, ways) });
    }
    const rows = await Promise.all(measured.map(({ store, ways, already }) => rowsOf(store, already, ways)));
    return rows.flat();
  } finally {
    await stopServers();
  }
}

export async function protocols(): Promise<Table> {
  const title = 'Protocol checks beside the clients of the servers';
  if (!hasCgroups) {
    return { title, text: 'Not measured: it takes control groups of version 1.', head: [''], rows: [], wanted: [] };
  }
  const rows = await allRows();
  const missing = STORES.filter(name => !rows.some(([first]) => first.endsWith(`, ${name}`)));
  return {
    title,
    text: 'Real servers. How much longer than `true` a wait takes for a server that is up, median of 15 in turn; how '
      + 'long after the server says that it is ready the wait ends, when it is started 3 to 10 s after the waits, '
      + '3 trials; CPU and memory of 20 s in which it is down, as in the table of that. On disk: the program that asks '
      + 'and the libraries that it loads, the least that its image has to hold beside a shell; here it is busybox, '
      + 'which is the shell. Wanted: late by at most 1.2 s.'
      + missing.map(name => ` Not measured, because it was not installed with its client: ${name}.`).join(''),
    wanted: [{ column: 3, is: 1.2 }],
    head: ['', 'already up', 'late, mean', 'late, worst', 'CPU', 'peak', 'processes', 'on disk'],
    rows,
  };
}
