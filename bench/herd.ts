/** Many replicas that wait for the same server. */
import { Duration } from 'cdk8s';
import { image, mean, median } from './measure';
import type { Table } from './report';
import { attemptOf, restOf, second, simulated, type Herd, type Outcome, type Waiting } from './simulation';
import { seconds } from './waits';
import { Endpoint } from '../src';
import type { Container } from '../test/lab/container';
import { nameServer } from '../test/lab/dns';
import { run } from '../test/lab/run';
import { closedPort } from '../test/lab/servers';
import { waiting } from '../test/lab/steps';

const [REPLICAS, WITHIN] = [1000, 1];
const NAME = 'db.data.svc.cluster.local';
/** How the name is written, and so how often it is looked up. */
const WRITTEN = ['db.data', `${NAME}.`];
/** So long a real program is watched. */
const WATCHED = 10;

interface Way extends Omit<Waiting, 'attempt'> {
  readonly name: string;
  /** Its container for this host. */
  container(host: string, port: number): Container;
  /** How often it has tried, by its log. */
  attempts(lines: readonly string[]): number;
}

const WAYS: readonly Way[] = [
  {
    name: 'this library',
    hold: 0.1,
    pause: restOf,
    container: (host, port) => waiting([Endpoint.tcp(host, port)], { timeout: Duration.seconds(WATCHED) }),
    attempts: lines => Number(/\(attempt (\d+)\)/.exec(lines.at(-1)!)![1]),
  },
  {
    name: '`until nc -z …; do sleep 1; done`',
    hold: 0,
    pause: second,
    container: (host, port) => ({
      command: ['sh', '-c', `until nc -z ${host} ${port}; do echo again; sleep 1; done`],
    }),
    attempts: lines => lines.filter(line => line === 'again').length,
  },
];

/** What a real program does while nothing listens: attempts, and questions to its name server in each. */
async function watched(way: Way, host: string): Promise<{ attempts: number; questions: number }> {
  const server = await nameServer({ [NAME]: '127.0.0.1' });
  const { lines } = await run(way.container(host, await closedPort()), image, {
    nameserver: server.address, longest: WATCHED,
  });
  server.close();
  const attempts = way.attempts(lines);
  return { attempts, questions: server.questions.length / attempts };
}

/** How many of these times fall into the fullest stretch of this length. */
function fullest(times: readonly number[], length: number): number {
  const counts = new Map<number, number>();
  for (const time of times) {
    const stretch = Math.floor(time / length);
    counts.set(stretch, (counts.get(stretch) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

function rowOf(name: string, upAfter: number, { connections, delays }: Outcome, questions: number[]): string[] {
  const waits = connections.filter(time => time < upAfter);
  const last = waits.filter(time => time >= upAfter - 10);
  const each = last.length / 10;
  return [
    `${name}, ${upAfter < 120 ? `${upAfter} s` : `${upAfter / 60} min`}`,
    `${fullest(waits, 1)}`,
    each.toFixed(0),
    `${fullest(last, 0.1)}`,
    ...questions.map(count => (each * count).toFixed(0)),
    seconds(median(delays)),
    seconds(delays.at(-1)!),
  ];
}

async function rowsOf(way: Way): Promise<string[][]> {
  const real = await Promise.all(WRITTEN.map(host => watched(way, host)));
  const attempt = attemptOf(way, mean(real.map(({ attempts }) => attempts)), WATCHED);
  return [60, 600].map(upAfter => {
    const all: Herd = { replicas: REPLICAS, within: WITHIN, upAfter };
    return rowOf(way.name, upAfter, simulated({ ...way, attempt }, all), real.map(({ questions }) => questions));
  });
}

export async function herd(): Promise<Table> {
  const rows: string[][] = [];
  for (const way of WAYS) rows.push(...await rowsOf(way));
  return {
    title: 'A thousand replicas wait for one server',
    text: `They start within ${WITHIN} s, and the server comes up after 60 s or 10 minutes. Simulated: the pauses are `
      + 'those of the programs; how long an attempt takes and how many questions it asks was measured with real ones, '
      + `for ${WATCHED} s each. Connections in the fullest second since the start; then in the last 10 s before the `
      + 'server is up: connections a second, in the fullest tenth of a second, and questions to name servers a second, '
      + 'for a name that is looked up along the search list and for one that ends in a dot. At last how much later '
      + 'than the server the waits end. Wanted: the last one within 1.2 s.',
    wanted: [{ column: 7, is: 1.2 }],
    head: [
      '', 'fullest second', 'connections/s', 'fullest 0.1 s', 'questions/s, `db.data`', 'questions/s, with a final dot',
      'median', 'last',
    ],
    rows,
  };
}
