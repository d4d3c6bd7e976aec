/** What real proxies do with connections when no server is behind them, and what a wait makes of it. */
import { spawn, type ChildProcess } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { inLab } from '../lab/container';
import { envoy, find } from '../lab/images';
import { sleep } from '../lab/process';
import { run } from '../lab/run';
import { closedPort, closeServersAfterwards, tcpServer } from '../lab/servers';
import { inEveryContainer, missing, type Case } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const CLOSED = 'accepted and closed at once: a proxy with nothing behind it?';

/** What is behind a port of a proxy: an address, or nothing at all. */
type Upstreams = { readonly [port: number]: string | undefined };

interface Proxy {
  readonly name: string;
  readonly file?: string;
  configure(upstreams: Upstreams): string;
  args(configuration: string): string[];
}

const ENVOY: Proxy = {
  name: 'Envoy',
  file: envoy,
  args: configuration => ['-c', configuration, '--concurrency', '1', '--log-level', 'off'],
  configure: upstreams => JSON.stringify({
    static_resources: {
      listeners: Object.keys(upstreams).map(port => ({
        name: port,
        address: socketAddress('127.0.0.1', Number(port)),
        filter_chains: [{ filters: [tcpProxy(port)] }],
      })),
      clusters: Object.entries(upstreams).map(([port, address]) => ({
        name: port,
        type: 'STATIC',
        connect_timeout: '5s',
        load_assignment: { cluster_name: port, endpoints: address === undefined ? [] : [lbEndpoint(address)] },
      })),
    },
  }),
};

function socketAddress(address: string, port: number) {
  return { socket_address: { address, port_value: port } };
}

function tcpProxy(name: string) {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      'stat_prefix': name,
      'cluster': name,
    },
  };
}

function lbEndpoint(address: string) {
  const [host, port] = address.split(':');
  return { lb_endpoints: [{ endpoint: { address: socketAddress(host, Number(port)) } }] };
}

/** Its health checks take down what refuses. Without them it would hold a connection for three seconds. */
const HAPROXY: Proxy = {
  name: 'HAProxy',
  file: find('haproxy') ?? find('/usr/sbin/haproxy'),
  args: configuration => ['-f', configuration, '-db'],
  configure: upstreams => [
    'defaults', ' mode tcp', ' timeout connect 5s', ' timeout client 1m', ' timeout server 1m',
    ...Object.entries(upstreams).flatMap(([port, address]) => [
      `listen port-${port}`, ` bind 127.0.0.1:${port}`,
      ...address === undefined ? [] : [` server it ${address}${address.startsWith('127') ? ' check inter 200ms' : ''}`],
    ]),
    '',
  ].join('\n'),
};

const folder = mkdtempSync(join(tmpdir(), 'proxies-'));
const running: ChildProcess[] = [];
afterAll(() => {
  running.forEach(child => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

interface Ports {
  readonly none: number;
  readonly refused: number;
  readonly swallowed: number;
  readonly up: number;
}

async function start(proxy: Proxy): Promise<Ports> {
  const [none, refused, swallowed, up] = [
    await closedPort(), await closedPort(), await closedPort(), await closedPort(),
  ];
  const configuration = join(folder, proxy.name);
  writeFileSync(configuration, proxy.configure({
    [none]: undefined,
    [refused]: `127.0.0.1:${await closedPort()}`,
    [swallowed]: '10.99.7.7:80',
    [up]: `127.0.0.1:${(await tcpServer()).port}`,
  }));
  running.push(spawn(proxy.file!, proxy.args(configuration), { stdio: 'ignore' }));
  await sleep(5000);
  return { none, refused, swallowed, up };
}

function casesOf(proxy: Proxy): Case[] {
  if (proxy.file === undefined) {
    missing(proxy.name);
    return [];
  }
  let ports: Promise<Ports> | undefined;
  return [[`a wait behind ${proxy.name} is up with a server, and not without one`, async shell => {
    const { none, refused, swallowed, up } = await (ports ??= start(proxy));
    const wait = async (port: number) => {
      const { exitCode, last } = await run(
        waiting([Endpoint.tcp('127.0.0.1', port)], { timeout: Duration.seconds(2) }),
        shell,
      );
      return { exitCode, closed: last.includes(CLOSED) };
    };

    // Of a server that swallows everything the proxy knows as little as of one that has nothing to say.
    expect(await Promise.all([none, refused, swallowed, up].map(wait))).toEqual([
      { exitCode: 124, closed: true },
      { exitCode: 124, closed: true },
      { exitCode: 0, closed: false },
      { exitCode: 0, closed: false },
    ]);
  }]];
}

if (inLab) inEveryContainer([ENVOY, HAPROXY].flatMap(casesOf));
else missing('root');
