import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { postgres, secret, service } from './manifests';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';
import { helm, writeChart } from '../lab/helm';
import { notMade } from '../lab/shells';

const folder = mkdtempSync(join(tmpdir(), 'helm-values-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the app of the chart is, beside what the example has for its values. */
const APP = {
  image: 'busybox:1.37.0',
  command: ['sh', '-c', 'cat /etc/wiki/wiki.conf && exec sleep 3600'],
  podSecurityContext: {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** What helm makes of the chart with values. */
function rendered(values: object): string {
  const file = join(folder, 'values.json');
  writeFileSync(file, JSON.stringify(values));
  return execFileSync(helm!, ['template', 'wiki', writeChart(folder), '-f', file], { encoding: 'utf8' });
}

const withHelm: typeof test | typeof test.skip = helm ? test : test.skip;
if (!helm) notMade('helm', '.ci/lab');

withHelm('steps that came in the values of a chart run in its pod', () =>
  inNamespace('helm-values', async namespace => {
    const [{ spec: { source } }] = goldenManifests('helm-values');
    await namespace.apply([
      secret('wiki-credentials', { password: 'p@ss word' }),
      postgres('wiki-db'),
      service('wiki-db', 'wiki-db', 5432, 5432),
    ]);

    await namespace.apply(rendered({ ...source.helm.valuesObject, ...APP }));
    await namespace.rolledOut('wiki');

    expect(await namespace.log('deployment/wiki', 'shop')).toBe('db = "postgres://wiki:p%40ss%20word@wiki-db/wiki"\n');
    expect(await namespace.log('deployment/wiki', 'wait-for-db')).toMatch(/wait-for-db: .*tcp:\/\/wiki-db:5432/);
  }));
