/** Waits for a name to have several addresses. */
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { nameServer, type NameServer, type Record } from '../lab/dns';
import { copyOf } from '../lab/images';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, httpServer, status } from '../lab/servers';
import { inEveryContainer, type Case } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const open: NameServer[] = [];
afterAll(() => open.forEach(server => server.close()));

async function names(list: { [name: string]: Record } = {}): Promise<NameServer> {
  const server = await nameServer(list);
  open.push(server);
  return server;
}

const PEERS = 'peers.data.svc.cluster.local';
const IN_NAMESPACE = 'peers.test.svc.cluster.local';
const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const lacking = (name: string, result: string) => ({
  exitCode: 124, last: `gave up: dns:${name}: ${result} (attempt N), N s of 8 s`,
});
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `10.0.0.${index + 1}`);

function atLeast(minAddresses: number, name = PEERS, timeout = 20) {
  return waiting([Endpoint.dns(name, { minAddresses })], { timeout: Duration.seconds(timeout) });
}

/** The same, which ends after 8 s. */
const soon = (minAddresses: number, name = PEERS) => atLeast(minAddresses, name, 8);

const folder = mkdtempSync(join(tmpdir(), 'peers-'));
afterAll(() => rmSync(folder, { recursive: true }));

inEveryContainer([
  ['peers that come one by one are counted until there are enough', async shell => {
    const server = await names({ [PEERS]: addresses(1) });

    const { exitCode, said } = await run(waiting([Endpoint.dns(PEERS, { minAddresses: 3 })]), shell, {
      nameserver: server.address,
      meanwhile: async ({ logs }) => {
        await logs('1 of 3');
        server.names[PEERS] = addresses(2);
        await logs('2 of 3');
        server.names[PEERS] = addresses(3);
      },
    });

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        `dns:${PEERS}: 1 of 3 addresses (attempt N), N s of 20 s`,
        `dns:${PEERS}: 2 of 3 addresses (attempt N), N s of 20 s`,
        `dns:${PEERS}: up (attempt N), N s of 20 s`,
      ],
    });
  }],
  ...Object.entries<Record>({
    'that come twice': ['10.0.0.1', '10.0.0.1', '10.0.0.2'],
    'of which one is of IPv6': ['10.0.0.1', 'fd00::1'],
  }).map(([what, list]) => [`addresses ${what} are counted once each`, async shell => {
    const { address: nameserver } = await names({ [PEERS]: list });

    expect(end(await run(atLeast(2), shell, { nameserver })).exitCode).toBe(0);
    expect(end(await run(soon(3), shell, { nameserver }))).toEqual(lacking(PEERS, '2 of 3 addresses'));
  }] as Case),
  ['a short name has the addresses of the first name that exists in the search list', async shell => {
    const { address: nameserver } = await names({ [IN_NAMESPACE]: addresses(2), 'peers.cluster.local': addresses(9) });

    expect(end(await run(soon(3, 'peers'), shell, { nameserver }))).toEqual(lacking('peers', '2 of 3 addresses'));
    expect((await run(atLeast(2, 'peers'), shell, { nameserver })).exitCode).toBe(0);
  }],
  ['a name that nobody knows has no addresses, and the cause is said', async shell => {
    const { address: nameserver } = await names();

    expect(end(await run(soon(2), shell, { nameserver })))
      .toEqual(lacking(PEERS, 'name does not resolve; a typo, or a NetworkPolicy that stops DNS?'));
  }],
  ['a name that stands in /etc/hosts has the addresses that stand there', async shell => {
    const { address: nameserver } = await names();
    const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
    writeFileSync(join(image.folder, 'etc/hosts'), '10.1.1.1 node-1\n');

    expect(end(await run(soon(2, 'node-1'), image, { nameserver })))
      .toEqual(lacking('node-1', '1 of 2 addresses'));
  }],
  ['names that are counted, one that is not, and http go together', async shell => {
    const { address: nameserver } = await names({ [PEERS]: addresses(2), 'one.data.svc.cluster.local': '10.0.0.1' });
    const { url } = await httpServer(status(200));
    const endpoints = [
      Endpoint.dns(PEERS, { minAddresses: 2 }), Endpoint.dns('one.data.svc.cluster.local'), Endpoint.http(url),
    ];

    expect(end(await run(waiting(endpoints), shell, { nameserver })))
      .toEqual({ exitCode: 0, last: 'all up after N s' });
  }],
  ['as many as one answer has room for are counted', async shell => {
    const { address: nameserver } = await names({ [PEERS]: addresses(40) });

    expect(end(await run(soon(40), shell, { nameserver }))).toEqual(lacking(PEERS, '29 of 40 addresses'));
    expect((await run(atLeast(29), shell, { nameserver })).exitCode).toBe(0);
  }],
]);
