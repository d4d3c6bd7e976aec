import { eventually } from './kubectl';
import { postgres, secret, service } from './manifests';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';

/** The example with another migration. */
function migratingBy(sql: string): object[] {
  return goldenManifests('migrate').map(manifest => (manifest.kind === 'ConfigMap'
    ? { ...manifest, data: { 'entries.sql': sql } }
    : manifest));
}

const DATABASE = service('database', 'database', 5432, 5432);
const SECRET = secret('ledger-db', { password: 'secret' });

test('a migration in the image of the app is tried until its database is there, and the app finds its tables', () =>
  inNamespace('migrate', async namespace => {
    await namespace.apply([SECRET, ...goldenManifests('migrate')]);
    await eventually('the migration has failed once', async () =>
      /Z migrate: psql: exit code 2: psql: error: could not translate host name "database"/
        .test(await namespace.log('deployment/ledger', 'migrate')), 90);

    await namespace.apply([DATABASE, postgres('database')]);
    await namespace.rolledOut('ledger');

    expect(await namespace.log('deployment/ledger', 'migrate'))
      .toMatch(/Z migrate: psql: done \(attempt \d+\), \d+ s of 660 s\n$/);
    expect(await namespace.log('deployment/ledger', 'main')).toContain(' title \n');
  }));

test('a migration that is wrong is not tried again, and the pod says why', () =>
  inNamespace('migrate-wrong', async namespace => {
    await namespace.apply([SECRET, DATABASE, postgres('database'), ...migratingBy('CREATE TABLE;\n')]);

    await eventually('the pod says why', async () => {
      const pod = await namespace.podOf('ledger');
      const { state, lastState } = pod?.status.initContainerStatuses?.[0] ?? {};
      const { exitCode, message } = state?.terminated ?? lastState?.terminated ?? {};
      return exitCode === 3 && /psql: exit code 3, which is final: .*/.test(message);
    }, 90);
  }));
