/** What is said of a server behind a proxy, and whether that is right. */
import { Duration } from 'cdk8s';
import { image } from './measure';
import type { Table } from './report';
import { HOST } from './waits';
import { AppProtocol, Endpoint } from '../src';
import type { Container } from '../test/lab/container';
import { ENVOY, HAPROXY, startProxy, type Ports, type Proxy } from '../test/lab/proxies';
import { run } from '../test/lab/run';
import { waiting } from '../test/lab/steps';
import { talker } from '../test/lab/talkers';

/** What says something of a port. */
interface Check {
  readonly name: string;
  container(port: number): Container;
}

const LIMITS = { timeout: Duration.seconds(4), attemptTimeout: Duration.seconds(2) };

const CHECKS: readonly Check[] = [
  { name: '`nc -z`', container: port => ({ command: ['timeout', '4', 'nc', '-z', HOST, `${port}`] }) },
  { name: 'this library, tcp', container: port => waiting([Endpoint.tcp(HOST, port)], LIMITS) },
  {
    name: 'this library, `appProtocol`',
    container: port => waiting([Endpoint.tcp(HOST, port, { appProtocol: AppProtocol.REDIS })], LIMITS),
  },
];

const BEHIND: { readonly [kind in keyof Ports]: string } = {
  none: 'no server',
  refused: 'one that refuses',
  swallowed: 'one that swallows everything',
  up: 'one that is up',
};

async function verdict(check: Check, port: number, isUp: boolean): Promise<string> {
  const { exitCode } = await run(check.container(port), image, { longest: 10 });
  const saysUp = exitCode === 0;
  return `${saysUp ? 'up' : 'not up'}, ${saysUp === isUp ? 'right' : '**wrong**'}`;
}

async function rowsOf(proxy: Proxy): Promise<string[][]> {
  const { port } = await talker('+PONG\r\n');
  const { ports, stop } = await startProxy(proxy, port);
  const rows: string[][] = [];
  for (const kind of Object.keys(BEHIND) as (keyof Ports)[]) {
    const said = await Promise.all(CHECKS.map(check => verdict(check, ports[kind], kind === 'up')));
    rows.push([`${proxy.name}: ${BEHIND[kind]}`, ...said]);
  }
  stop();
  return rows;
}

export async function proxies(): Promise<Table> {
  const [there, missing] = [true, false].map(is => [ENVOY, HAPROXY].filter(({ file }) => (file !== undefined) === is));
  const rows = await Promise.all(there.map(rowsOf));
  return {
    title: 'A server behind a proxy',
    text: 'A proxy accepts before it knows whether a server is there. What is said of Redis behind it, and whether '
      + 'that is right. HAProxy checks the health of the server that refuses. Wanted: `appProtocol` is right.'
      + missing.map(({ name }) => ` Not measured, because it was not installed: ${name}.`).join(''),
    wanted: [{ column: CHECKS.length, is: /right/ }],
    head: ['', ...CHECKS.map(({ name }) => name)],
    rows: rows.flat(),
  };
}
