/** Names that were looked up too early, at a name server that remembers that they were missing. */
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { inLab } from '../lab/container';
import { cachingServer, coredns, type CachingServer } from '../lab/coredns';
import { nameServer, type NameServer } from '../lab/dns';
import { sleep } from '../lab/process';
import { run } from '../lab/run';
import { closeServersAfterwards, httpServer, status } from '../lab/servers';
import { inEveryContainer, notMade, type Case, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const open: (NameServer | CachingServer)[] = [];
afterAll(() => open.forEach(server => server.close()));

const HOST = 'db.data.svc.cluster.local';
const APPEARS_AFTER = 2;
const DENIAL = 5;

type EndpointAt = (port: number) => Endpoint;

const KINDS: { readonly [kind: string]: EndpointAt } = {
  tcp: port => Endpoint.tcp(HOST, port),
  http: port => Endpoint.http(`http://${HOST}:${port}`),
  dns: () => Endpoint.dns(HOST),
};

/** How many seconds a wait ends after its name is there, at a server that remembers for so long that it was not. */
async function lateBy(endpointAt: EndpointAt, shell: Shell): Promise<number> {
  const knowing = await nameServer({}, { denialTtl: DENIAL });
  const remembering = await cachingServer(knowing, 'cache 30');
  open.push(knowing, remembering);
  const { port } = await httpServer(status(200));
  const wait = run(
    waiting([endpointAt(port)], { timeout: Duration.seconds(20) }),
    shell,
    { nameserver: remembering.address },
  );
  await sleep(APPEARS_AFTER * 1000);
  const since = performance.now();
  knowing.names[HOST] = '127.0.0.1';
  const { exitCode, ended } = await wait;
  expect(exitCode).toBe(0);
  return (ended - since) / 1000;
}

const CASES = Object.entries(KINDS).map(([kind, endpointAt]): Case =>
  [`${kind} is up at most two seconds after a missing name is forgotten`, async shell => {
    const late = await lateBy(endpointAt, shell);

    // earlier would say that nobody has remembered it
    expect(late).toBeGreaterThan(DENIAL - APPEARS_AFTER - 1);
    expect(late).toBeLessThan(DENIAL + 2);
  }]);

if (coredns === undefined && inLab) notMade('CoreDNS', '.ci/lab');
else inEveryContainer(CASES);
