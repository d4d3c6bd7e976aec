/** Proxies of service meshes and clusters, which accept before they know whether a server is there. */
import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { envoy, find } from './images';
import { sleep } from './process';
import { closedPort } from './servers';

/** What is behind a port of a proxy: an address, or nothing at all. */
type Upstreams = { readonly [port: number]: string | undefined };

export interface Proxy {
  readonly name: string;
  readonly file?: string;
  configure(upstreams: Upstreams): string;
  args(configuration: string): string[];
}

export const ENVOY: Proxy = {
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
export const HAPROXY: Proxy = {
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

/** The ports of a proxy, by what is behind each. */
export interface Ports {
  readonly none: number;
  readonly refused: number;
  readonly swallowed: number;
  readonly up: number;
}

/** A proxy that runs. */
export interface RunningProxy {
  readonly ports: Ports;
  stop(): void;
}

/** Starts a proxy that is installed, with a server at this port behind one of its own. */
export async function startProxy(proxy: Proxy, server: number): Promise<RunningProxy> {
  const [none, refused, swallowed, up] = [
    await closedPort(), await closedPort(), await closedPort(), await closedPort(),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const configuration = join(folder, 'configuration');
  writeFileSync(configuration, proxy.configure({
    [none]: undefined,
    [refused]: `127.0.0.1:${await closedPort()}`,
    [swallowed]: '10.99.7.7:80',
    [up]: `127.0.0.1:${server}`,
  }));
  const child = spawn(proxy.file!, proxy.args(configuration), { stdio: 'ignore' });
  await sleep(5000);
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  };
  return { ports: { none, refused, swallowed, up }, stop };
}
