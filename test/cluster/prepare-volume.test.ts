import { withVolume } from './claims';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

const LOG = /Z prepare-data: (.*)$/gm;

test('PostgreSQL without root starts on a new volume of root, and the second time nothing is left to do', () =>
  inNamespace('prepare-volume', async namespace => withVolume(namespace, 'database', async () => {
    const said = async () =>
      [...(await namespace.log('deployment/database', 'prepare-data')).matchAll(LOG)].map(match => match[1]);

    await namespace.apply(goldenYaml('prepare-volume'));
    await namespace.rolledOut('database');
    const first = await said();
    await namespace.kubectl(['exec', 'deployment/database', '--', 'psql', '-Upostgres', '-c', 'create table t ()']);
    await namespace.kubectl(['rollout', 'restart', 'deployment/database']);
    await namespace.rolledOut('database');

    expect(first).toEqual([
      'giving all in /volume/pgdata to 999:999',
      '/volume/pgdata: made, given to 999:999 (was 0:999), mode 700 (was 755)',
      'prepared /volume/pgdata',
    ]);
    expect(await said()).toEqual([
      '/volume/pgdata: right already; what is in it was not looked at', 'prepared /volume/pgdata',
    ]);
    const tables = await namespace.kubectl(['exec', 'deployment/database', '--', 'psql', '-Upostgres', '-Atc', '\\dt']);
    expect(tables).toBe('public|t|table|postgres\n');
  }), 'baseline'));
