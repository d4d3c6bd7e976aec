/** What proxies do with connections when no server is behind them, and what a wait makes of it. */
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { inLab } from '../lab/container';
import { ENVOY, HAPROXY, startProxy, type Proxy, type RunningProxy } from '../lab/proxies';
import { run } from '../lab/run';
import { closeServersAfterwards, tcpServer } from '../lab/servers';
import { inEveryContainer, missing, type Case } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const CLOSED = 'accepted and closed at once: a proxy with nothing behind it?';

const running: Promise<RunningProxy>[] = [];
afterAll(async () => (await Promise.all(running)).forEach(proxy => proxy.stop()));

function start(proxy: Proxy): Promise<RunningProxy> {
  const starting = tcpServer().then(({ port }) => startProxy(proxy, port));
  running.push(starting);
  return starting;
}

function casesOf(proxy: Proxy): Case[] {
  if (proxy.file === undefined) {
    missing(proxy.name);
    return [];
  }
  let proxyWithServer: Promise<RunningProxy> | undefined;
  return [[`a wait behind ${proxy.name} is up with a server, and not without one`, async shell => {
    const { none, refused, swallowed, up } = (await (proxyWithServer ??= start(proxy))).ports;
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
