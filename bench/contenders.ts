/** Ways to wait for a dependency. */
import { Duration } from 'cdk8s';
import { peers } from './measure';
import { Endpoint } from '../src';
import type { Container } from '../test/lab/container';
import { waiting } from '../test/lab/steps';

export interface Way {
  readonly name: string;
  /** Waits for all of these addresses. With a time limit if it has one. */
  tcp?(addresses: readonly Address[], seconds?: number): Container;
  http?(url: string, seconds?: number): Container;
  /** Waits for a name alone. */
  dns?(name: string, seconds?: number): Container;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

function shell(program: string): Container {
  return { command: ['sh', '-c', program] };
}

function untilOpen(addresses: readonly Address[]): string {
  return addresses.map(({ host, port }) => `until nc -z ${host} ${port}; do sleep 1; done`).join('\n');
}

const limit = (seconds?: number) => ({ timeout: Duration.seconds(seconds ?? 120) });

export const ours: Required<Way> = {
  name: 'this library',
  tcp: (addresses, seconds) => waiting(addresses.map(({ host, port }) => Endpoint.tcp(host, port)), limit(seconds)),
  http: (url, seconds) => waiting([Endpoint.http(url)], limit(seconds)),
  dns: (name, seconds) => waiting([Endpoint.dns(name)], limit(seconds)),
};

const tutorials: Way[] = [
  {
    name: '`until nc -z …; do sleep 1; done`',
    tcp: addresses => shell(untilOpen(addresses)),
  },
  {
    name: '`until nslookup …; do sleep 2; done`',
    dns: name => shell(`until nslookup ${name}; do echo waiting for ${name}; sleep 2; done`),
  },
  {
    name: '`until curl -sf …; do sleep 1; done`',
    http: url => shell(`until curl -sf -o /dev/null ${url}; do sleep 1; done`),
  },
  {
    name: '`timeout 5 sh -c \'until nc -z …\'`',
    tcp: (addresses, seconds) => ({
      command: ['timeout', `${seconds ?? 120}`, 'sh', '-c', untilOpen(addresses)],
    }),
  },
];

function waitForIt(addresses: readonly Address[], seconds: number): string {
  return addresses.map(({ host, port }) => `wait-for-it -h ${host} -p ${port} -t ${seconds}`).join(' && ');
}

const installed: { [program: string]: Way } = {
  'wait-for-it': {
    name: 'wait-for-it',
    tcp: (addresses, seconds) => ({
      command: ['bash', '-c', waitForIt(addresses, seconds ?? 120)],
      env: [{ name: 'PATH', value: '/bin/gnu:/bin' }],
    }),
  },
  'wait4x': {
    name: 'wait4x',
    tcp: (addresses, seconds) => {
      const all = addresses.map(({ host, port }) => `${host}:${port}`);
      return { command: ['wait4x', 'tcp', ...all, '-t', `${seconds ?? 120}s`] };
    },
    http: (url, seconds) => ({ command: ['wait4x', 'http', url, '-t', `${seconds ?? 120}s`] }),
  },
  'dockerize': {
    name: 'dockerize',
    tcp: (addresses, seconds) => {
      const all = addresses.flatMap(({ host, port }) => ['-wait', `tcp://${host}:${port}`]);
      return { command: ['dockerize', ...all, '-timeout', `${seconds ?? 120}s`] };
    },
    http: (url, seconds) => ({ command: ['dockerize', '-wait', url, '-timeout', `${seconds ?? 120}s`] }),
  },
};

const programs = Object.keys(installed);

export const others: Way[] = [
  ...tutorials,
  ...programs.filter(program => peers.has(program)).map(program => installed[program]),
];
export const notInstalled = programs.filter(program => !peers.has(program));
export const ways: Way[] = [ours, ...others];
