/** How a wait ends, and what it costs until then. */
import { Duration } from 'cdk8s';
import { ours, ways, type Address, type Way } from './contenders';
import { hasCgroups, image, median } from './measure';
import type { Table } from './report';
import { ending, HOST, limited, mebibytes, NAME, plainly, seconds, URL_OF } from './waits';
import { Endpoint } from '../src';
import type { Container } from '../test/lab/container';
import { nameServer } from '../test/lab/dns';
import { sleep } from '../test/lab/process';
import { run, type Run } from '../test/lab/run';
import { certificate, closedPort, httpServer, status } from '../test/lab/servers';
import { waiting } from '../test/lab/steps';

interface Fault {
  readonly name: string;
  readonly address?: Address;
  readonly url?: string;
  readonly nameserver?: string;
}

/** A wait of 5 s for what has a fault, if the way can wait for that. */
function waitFor({ address, url }: Fault, way: Way): Container | undefined {
  return address ? way.tcp?.([address], 5) : way.http?.(url!, 5);
}

async function endingsOf(fault: Fault): Promise<{ fault: Fault; way: Way; result: Run }[]> {
  const { nameserver } = fault;
  const waits = ways.flatMap(way => {
    const container = waitFor(fault, way);
    return container ? [{ way, container }] : [];
  });
  return Promise.all(waits.map(async ({ way, container }) =>
    ({ fault, way, result: await run(container, image, { nameserver, longest: 12 }) })));
}

export async function deadline(): Promise<Table> {
  const refused = await closedPort();
  const { port: silent } = await httpServer(() => undefined);
  const { port: busy } = await httpServer(status(503));
  const unknown = await nameServer();
  const dead = await nameServer({ [NAME]: 'NO ANSWER' });
  const selfSigned = certificate && await httpServer(status(200), 0, certificate);
  const faults: Fault[] = [
    { name: 'refused', address: { host: HOST, port: refused } },
    { name: 'swallowed', address: { host: '10.99.9.9', port: 80 } },
    { name: 'unknown name', address: { host: NAME, port: 80 }, nameserver: unknown.address },
    { name: 'no DNS', address: { host: NAME, port: 80 }, nameserver: dead.address },
    { name: 'accepts, then hangs', url: URL_OF(silent) },
    { name: '503', url: URL_OF(busy) },
    ...selfSigned ? [{ name: 'self-signed certificate', url: selfSigned.url }] : [],
  ];
  const all = (await Promise.all(faults.map(endingsOf))).flat();
  unknown.close();
  dead.close();
  return {
    title: 'A deadline of 5 s, and a fault',
    text: 'Wanted: ends at 5.0 to 5.3 s with exit code 124, the endpoint and the cause in the last line and '
      + 'in the termination message. What has no deadline of its own was killed after 12 s. '
      + 'The termination message is what `kubectl describe pod` shows.',
    wanted: [{ column: 2, is: /^5\.[0-2]\d s, exit 124$/ }, { column: 4, is: /^yes$/ }],
    head: ['fault', '', 'ended', 'last line', 'also the termination message'],
    rows: all.map(({ fault, way, result }) => [
      fault.name,
      way.name,
      ending(result),
      (result.lines.at(-1)?.slice(0, 160) || 'none').replaceAll('|', '\\|'),
      result.exitCode === 124 && !result.last.includes('but the termination message') ? 'yes' : 'no',
    ]),
  };
}

export async function stopped(): Promise<Table> {
  const rows = await Promise.all(ways.filter(way => way.tcp).map(async way => {
    const container = way.tcp!([{ host: HOST, port: await closedPort() }, { host: '10.99.9.9', port: 80 }]);
    const times: number[] = [];
    const codes = new Set<number | null>();
    for (let trial = 0; trial < 12; trial++) {
      const result = await run(container, image, {
        longest: 12,
        meanwhile: async ({ signal }) => {
          await sleep(300 + Math.random() * 2000);
          signal('SIGTERM');
        },
      });
      codes.add(result.exitCode);
      times.push(result.seconds);
      if (result.exitCode === null) break;
    }
    const never = codes.has(null);
    const took = never ? ['ignored, killed after 12 s', ''] : [seconds(median(times)), seconds(Math.max(...times))];
    return [way.name, ...took, [...codes].map(code => code ?? 'killed').join(', ')];
  }));
  return {
    title: 'TERM while waiting',
    text: 'At 12 random moments. Wanted: gone within 0.2 s, exit code 143.',
    wanted: [{ column: 2, is: 0.2 }, { column: 3, is: /^143$/ }],
    head: ['', 'median', 'worst', 'exit code'],
    rows,
  };
}

export interface Cost {
  readonly cpu: string;
  /** The control group's, with what the kernel keeps for processes. */
  readonly peak: string;
  /** The highest sum of the processes' own memory. */
  readonly processes: string;
}

/** What a wait costs that does not end, in 20 s. */
export function costOf(container: Container): Promise<Cost> {
  return limited(async (options, group) => {
    let processes = 0;
    const { exitCode } = await run(container, image, {
      ...options,
      meanwhile: async ({ signal }) => {
        for (const end = performance.now() + 20_000; performance.now() < end; await sleep(50)) {
          processes = Math.max(processes, group.processMebibytes);
        }
        signal('SIGKILL');
      },
    });
    if (exitCode !== null) throw new Error(`${container.command.join(' ')} ended with ${exitCode}`);
    return {
      cpu: `${group.cpuMilliseconds.toFixed(0)} ms`,
      peak: mebibytes(group.peakMebibytes),
      processes: mebibytes(processes),
    };
  });
}

export async function costs(): Promise<Table> {
  const title = 'Waiting for 20 s: CPU and memory';
  const notMeasured = 'Not measured: it takes control groups of version 1.';
  if (!hasCgroups) return { title, text: notMeasured, head: [''], rows: [], wanted: [] };
  const web = await closedPort();
  const ten = await Promise.all(Array.from({ length: 10 }, async () => ({ host: HOST, port: await closedPort() })));
  const cases: { name: string; container: Container }[] = [
    ...plainly.map(way => ({ name: `${way.name}, one`, container: way.tcp!(ten.slice(0, 1)) })),
    { name: 'this library, one http', container: ours.http(URL_OF(web)) },
    ...plainly.map(way => ({ name: `${way.name}, ten`, container: way.tcp!(ten) })),
  ];
  const rows = await Promise.all(cases.map(async ({ name, container }) => {
    const { cpu, peak, processes } = await costOf(container);
    return [name, cpu, peak, processes];
  }));
  return {
    title,
    text: 'Nothing listens. Wanted: at most 400 ms and 3 MiB for one endpoint, 2.5 s and 8 MiB for ten. '
      + 'The peak is the control group\'s and includes what the kernel keeps for processes; '
      + 'beside it the highest sum of the processes\' own memory (PSS), sampled every 50 ms.',
    wanted: [
      { of: /, one/, column: 1, is: 400 },
      { of: /, one/, column: 2, is: 3 },
      { of: /, ten/, column: 1, is: 2500 },
      { of: /, ten/, column: 2, is: 8 },
    ],
    head: ['', 'CPU', 'peak', 'processes'],
    rows,
  };
}

export async function log(): Promise<Table> {
  const [port, dns] = [await closedPort(), await nameServer()];
  const flapping = await httpServer(Array.from({ length: 400 }, (_, index) => status(index % 3 === 0 ? 200 : 503)));
  const twoMinutes = 120;
  const flappy = waiting([Endpoint.http(flapping.url)], { timeout: Duration.seconds(twoMinutes), successThreshold: 3 });
  const cases: { name: string; container: Container }[] = [
    ...plainly.map(({ name, tcp }) => ({ name, container: tcp!([{ host: HOST, port }], twoMinutes) })),
    ...ways.filter(way => way.dns).map(way => ({ name: `${way.name}, name`, container: way.dns!(NAME, twoMinutes) })),
    { name: 'this library, a server that flaps, `successThreshold: 3`', container: flappy },
  ];
  const rows = await Promise.all(cases.map(async ({ name, container }) => {
    const { lines } = await run(container, image, { longest: twoMinutes + 3, nameserver: dns.address });
    const said = lines.filter(line => line !== '');
    return [name, `${said.length}`, `${new Set(said.map(line => line.replace(/[\d.:TZ-]+/g, ''))).size}`];
  }));
  dns.close();
  return {
    title: 'The log of a wait of 2 minutes',
    text: 'Wanted: at most 30 lines, each of use.',
    wanted: [{ column: 1, is: 30 }],
    head: ['', 'lines', 'different ones, numbers aside'],
    rows,
  };
}
