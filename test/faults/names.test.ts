/** What goes wrong with names. */
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { nameServer, type NameServer, type Record } from '../lab/dns';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, httpServer, status, tcpServer } from '../lab/servers';
import { inEveryContainer, type Shell } from '../lab/shells';
import { downloading, waiting } from '../lab/steps';

closeServersAfterwards();

const open: NameServer[] = [];
afterAll(() => open.forEach(server => server.close()));

async function names(list: { [name: string]: Record } = {}): Promise<NameServer> {
  const server = await nameServer(list);
  open.push(server);
  return server;
}

const HOST = 'db.data.svc.cluster.local';
const UNRESOLVED = 'name does not resolve; a typo, or a NetworkPolicy that stops DNS?';
/** A look-up that is cut short by the deadline of its attempt. */
const silent = (endpoint: string) => (endpoint.startsWith('dns')
  ? 'no answer in 1 s; a NetworkPolicy that stops DNS?'
  : 'no answer in 1 s; no ready pods behind the Service? a NetworkPolicy? no DNS?');
const seconds = (count: number) => Duration.seconds(count);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const up = (endpoint: string, timeout = 6) => ({
  exitCode: 0, last: `${endpoint}: up (attempt N), N s of ${timeout} s`,
});
const allUp = (port: number) => [`tcp://${HOST}:${port}`, `http://${HOST}:${port}`, `dns:${HOST}`].map(endpoint =>
  up(endpoint));

/** A wait for the host by address, by http and by name alone, for 6 s with attempts of 2 s. */
async function waitsFor(shell: Shell, nameserver: string, port = 1) {
  const endpoints = [Endpoint.tcp(HOST, port), Endpoint.http(`http://${HOST}:${port}`), Endpoint.dns(HOST)];
  return Promise.all(
    endpoints.map(endpoint =>
      run(waiting([endpoint], { timeout: seconds(6), attemptTimeout: seconds(2) }), shell, { nameserver })),
  );
}

inEveryContainer([
  ['a name that nobody knows is said to be so, whatever asks for it', async shell => {
    const { address } = await names();

    const ended = await waitsFor(shell, address);

    expect(ended.map(end)).toEqual([`tcp://${HOST}:1`, `http://${HOST}:1`, `dns:${HOST}`]
      .map(endpoint => ({ exitCode: 124, last: `gave up: ${endpoint}: ${UNRESOLVED} (attempt N), N s of 6 s` })));
  }],
  ['so is a name that its server fails to look up', async shell => {
    const { address } = await names({ [HOST]: 'SERVFAIL' });

    const ended = await waitsFor(shell, address);

    // musl asks again until the attempt is over
    expect(ended.map(({ exitCode, last }) => ({ exitCode, last: last.replace(/no answer in .*\?/, UNRESOLVED) })))
      .toEqual([`tcp://${HOST}:1`, `http://${HOST}:1`, `dns:${HOST}`]
        .map(endpoint => ({ exitCode: 124, last: `gave up: ${endpoint}: ${UNRESOLVED} (attempt N), N s of 6 s` })));
  }],
  ['a name server that does not answer is no answer, and the attempt is bounded', async shell => {
    const { address } = await names({ [HOST]: 'NO ANSWER' });

    const ended = await waitsFor(shell, address);

    expect(ended.map(end)).toEqual([`tcp://${HOST}:1`, `http://${HOST}:1`, `dns:${HOST}`]
      .map(endpoint => ({ exitCode: 124, last: `gave up: ${endpoint}: ${silent(endpoint)} (attempt N), N s of 6 s` })));
    for (const { seconds: took } of ended) expect(took).toBeLessThan(9);
  }],
  ['a name that has an IPv4 address only is up', async shell => {
    const { address } = await names({ [HOST]: '127.0.0.1' });
    const { port } = await httpServer(status(200));

    expect((await waitsFor(shell, address, port)).map(end)).toEqual(allUp(port));
  }],
  ['a short name is found through the search list', async shell => {
    const { address } = await names({ 'db.test.svc.cluster.local': '127.0.0.1' });
    const { port } = await tcpServer();

    expect(end(await run(waiting([Endpoint.tcp('db', port), Endpoint.dns('db')]), shell, { nameserver: address })))
      .toEqual({ exitCode: 0, last: 'all up after N s' });
  }],
  ['a name that appears later is up then', async shell => {
    const server = await names();
    const { port } = await httpServer(status(200));
    const waits = waitsFor(shell, server.address, port);
    await sleep(1500);
    server.names[HOST] = '127.0.0.1';

    expect((await waits).map(end)).toEqual(allUp(port));
  }],
  ['a name whose address changes is looked up again', async shell => {
    const server = await names({ [HOST]: '127.9.9.9' });
    const { port } = await tcpServer();
    const wait = run(waiting([Endpoint.tcp(HOST, port)]), shell, { nameserver: server.address });
    await sleep(1000);
    server.names[HOST] = '127.0.0.1';

    expect(end(await wait)).toEqual(up(`tcp://${HOST}:${port}`, 20));
  }],
  ['a download asks again for a name that is unknown, and hints at the cause', async shell => {
    const server = await names();
    const { port } = await httpServer(status(200, 'text'));
    const url = `http://${HOST}:${port}`;
    const late = run(downloading({ url }), shell, { nameserver: server.address });
    const failed = await run(downloading({ url: 'http://other.data.svc.cluster.local', timeout: seconds(2) }), shell, {
      nameserver: server.address,
    });
    server.names[HOST] = '127.0.0.1';

    expect(end(failed)).toEqual({
      exitCode: 124, last: `gave up: http://other.data.svc.cluster.local: ${UNRESOLVED} (attempt N), N s of 2 s`,
    });
    expect((await late).files).toEqual({ '/out/app.json': 'text' });
  }],
]);
