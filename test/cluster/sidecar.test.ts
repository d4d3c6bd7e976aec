import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { eventually, until } from './kubectl';
import { BUSYBOX, deployment, jobOf, manifestsOf, postgres, secret, service } from './manifests';
import { inNamespace } from './namespace';
import { Endpoint, RunAs, Sidecar, WaitForService } from '../../src';
import { goldenManifests } from '../golden';

/** Passes each connection to 127.0.0.1 on to the database, and says at port 9090 that it has started. */
const PROXY = `nc -lk -s 127.0.0.1 -p 5432 -e nc database 5432 &
exec nc -lk -p 9090 -e sh -c '
  while read -r line && [ "\${line%?}" ]; do :; done
  printf "HTTP/1.0 200 OK\\r\\n\\r\\n"
'`;

/** The example with a proxy of our own. */
function throughOurProxy(): object[] {
  const manifests = structuredClone(goldenManifests('database-proxy'));
  const { initContainers: [proxy] } = manifests.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  Object.assign(proxy, { image: BUSYBOX, command: ['sh', '-c', PROXY], args: [] });
  return manifests;
}

const user = RunAs.user(10001, 10001);
const busybox = (program: string) => ({ image: BUSYBOX, command: ['sh', '-c', program], runAs: user });

test('a migration and the app reach their database through a proxy that started before them', () =>
  inNamespace('sidecar', async namespace => {
    await namespace.apply([
      secret('ledger-db', { password: 'secret' }),
      service('database', 'database', 5432, 5432),
      ...throughOurProxy(),
    ]);
    await eventually('the wait has asked the proxy', async () =>
      /tcp|postgres/.test(await namespace.log('deployment/ledger', 'wait-for-database')) || undefined, 90);
    await namespace.apply([postgres('database')]);
    await namespace.rolledOut('ledger');

    expect(await namespace.log('deployment/ledger', 'wait-for-database'))
      .toMatch(/Z wait-for-database: postgres:\/\/localhost:5432: up \(attempt \d+\), /);
    expect(await namespace.log('deployment/ledger', 'migrate')).toBe('CREATE TABLE\n');
    expect(await namespace.log('deployment/ledger', 'main')).toContain(' title \n');
  }));

test('a Job is complete while its sidecar still runs, which is stopped then', () =>
  inNamespace('sidecar-job', async namespace => {
    const job = jobOf('nc 127.0.0.1 5432 </dev/null');
    new Sidecar(job, 'server', busybox('exec nc -lk -s 127.0.0.1 -p 5432 -e echo served'));
    new WaitForService(job, 'wait', { endpoints: [Endpoint.tcp('localhost', 5432)] });

    await namespace.apply(manifestsOf(job));
    await namespace.kubectl(['wait', '--for=condition=Complete', 'job/web', '--timeout=90s'], { timeout: 100 });

    expect(await namespace.log('job/web', 'app')).toBe('served\n');
    await until('the sidecar is stopped', async () => {
      const [{ status }] = JSON.parse(await namespace.kubectl(['get', 'pods', '-o', 'json'])).items;
      return status.phase === 'Succeeded' && status.initContainerStatuses[0].state.terminated !== undefined;
    });
  }));

test('a sidecar whose startup probe fails holds the next step, an event says so, and then all goes on', () =>
  inNamespace('sidecar-slow', async namespace => {
    const web = deployment('exec sleep 3600');
    const once = { periodSeconds: Duration.seconds(1), failureThreshold: 1000 };
    const startup = kplus.Probe.fromCommand(['test', '-e', '/tmp/started'], once);
    new Sidecar(web, 'server', {
      ...busybox('exec nc -lk -s 127.0.0.1 -p 5432 -e cat'),
      startup,
      readOnlyRootFilesystem: false,
    });
    new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('localhost', 5432)] });

    await namespace.apply(manifestsOf(web));
    await eventually('an event says that the probe fails', async () =>
      /Unhealthy .*Startup probe failed/.test(await namespace.kubectl(['get', 'events'])) || undefined, 90);
    const { initContainerStatuses: [server, wait] } = (await namespace.podOf('web')).status;
    expect([server.started, wait.state]).toEqual([false, { waiting: { reason: 'PodInitializing' } }]);

    await namespace.kubectl(['exec', 'deployment/web', '-c', 'server', '--', 'touch', '/tmp/started']);
    await namespace.rolledOut('web');
    expect(await namespace.log('deployment/web', 'wait')).toMatch(/Z wait: tcp:\/\/localhost:5432: up \(attempt 1\), /);
  }));
