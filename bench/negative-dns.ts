/** Names that are looked up before they are there, at name servers that remember that they were missing. */
import { ours, ways } from './contenders';
import { image } from './measure';
import type { Table } from './report';
import { HOST, NAME, seconds } from './waits';
import { cachingServer, coredns } from '../test/lab/coredns';
import { nameServer } from '../test/lab/dns';
import { sleep } from '../test/lab/process';
import { run } from '../test/lab/run';
import { tcpServer } from '../test/lab/servers';

const APPEARS_AFTER = 3;

interface Memory {
  /** For so many seconds a name is remembered as missing. */
  readonly lasts: number;
  /** This line of the Corefile. */
  readonly cache: string;
  /** What the server that knows the names allows, in seconds. */
  readonly allowed: number;
}

const MEMORIES: readonly Memory[] = [
  { lasts: 30, cache: 'cache 30', allowed: 30 },
  { lasts: 5, cache: 'cache 30', allowed: 5 },
  { lasts: 5, cache: 'cache { success 9984 30; denial 9984 5 }', allowed: 30 },
  { lasts: 0, cache: 'cache 30 { disable denial cluster.local }', allowed: 30 },
];

const loop = ways.find(way => way.name.startsWith('`until nc'))!;

/** How much later than the name each wait ends. */
async function rowOf({ lasts, cache, allowed }: Memory): Promise<string[]> {
  const knowing = await nameServer({}, { denialTtl: allowed });
  const remembering = await cachingServer(knowing, cache.replaceAll(/; | (?=})|(?<={) /g, '\n'));
  const { port } = await tcpServer();
  const containers = [ours.tcp([{ host: NAME, port }]), ours.dns(NAME), loop.tcp!([{ host: NAME, port }])];
  const waits = containers.map(container => run(container, image, { nameserver: remembering.address, longest: 60 }));
  await sleep(APPEARS_AFTER * 1000);
  const since = performance.now();
  knowing.names[NAME] = HOST;
  const ended = await Promise.all(waits);
  remembering.close();
  knowing.close();
  const late = ended.map(({ exitCode, ended: end }) => seconds(exitCode === 0 ? (end - since) / 1000 : NaN));
  return [`${lasts} s`, `\`${cache}\``, `${allowed} s`, ...late];
}

export async function negativeDns(): Promise<Table> {
  const title = 'A name that is looked up too early';
  if (coredns === undefined) {
    return { title, text: 'Not measured, because CoreDNS was not installed.', head: [''], rows: [], wanted: [] };
  }
  return {
    title,
    text: `It appears ${APPEARS_AFTER} s after the waits have begun, at a server behind CoreDNS, which remembers that `
      + 'a name was missing for as long as its Corefile and that server allow. How much later than the name the wait '
      + 'ends. Wanted: at most as long as it is remembered, and 2 s more.',
    wanted: [30, 5, 0].flatMap(lasts => [3, 4].map(column =>
      ({ of: new RegExp(`^${lasts} s$`), column, is: lasts + 2 }))),
    head: ['remembered', 'Corefile', 'the server allows', 'this library, tcp', 'this library, name', loop.name],
    rows: await Promise.all(MEMORIES.map(rowOf)),
  };
}
