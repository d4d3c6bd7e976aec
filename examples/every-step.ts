/**
 * Every step, the company's defaults and a step of one's own. The same program stands in python/, java/
 * and go/ and makes the same YAML.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  DownloadConfig, Endpoint, FileSource, GenerateConfig, InitDefaults, InitStep, WaitForService,
} from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const SCRIPT = `until orders ping; do sleep 1; done
orders migrate >/reports/migration.json
`;

/** Waits for a database, brings its schema up to date, and shows the app a report. */
class MigrateSchema extends InitStep {
  constructor(scope: Construct, id: string, database: Endpoint) {
    super(scope, id, {
      image: 'orders:2.3',
      command: ['sh', '-e', '/scripts/migrate.sh'],
      files: { '/scripts/migrate.sh': FileSource.inline(SCRIPT) },
      outputFiles: { '/reports/migration.json': { path: '/app/migration.json' } },
      waitsFor: [database],
      timeout: Duration.minutes(3),
    });
  }
}

const app = new App();
const chart = new Chart(app, 'every-step');
InitDefaults.set(chart, { registry: 'registry.corp.example/mirror', timeout: Duration.minutes(2) });

const orders = new kplus.Deployment(chart, 'orders', {
  containers: [{ image: 'orders:2.3' }],
  securityContext: { fsGroup: 10001 },
});
const database = Endpoint.tcp('orders-db', 5432);
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'orders-db');

new WaitForService(orders, 'wait', {
  endpoints: [database, Endpoint.http('http://config-service/healthz')],
});
new MigrateSchema(orders, 'migrate-schema', database);
new DownloadConfig(orders, 'download-rates', {
  url: 'http://config-service/rates.json',
  path: '/app/rates.json',
});
new GenerateConfig(orders, 'app-conf', {
  template: FileSource.inline('workers = ${WORKERS}\npassword = ${PASSWORD}\n'),
  variables: {
    WORKERS: kplus.EnvValue.fromValue('8'),
    PASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
  },
  path: '/app/app.conf',
  mode: 0o640,
});
app.synth();
