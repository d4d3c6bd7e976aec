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

/** Brings the schema of a database up to date before the app starts. */
class MigrateSchema extends InitStep {
  constructor(scope: Construct, id: string, url: string) {
    super(scope, id, {
      image: 'orders:2.3',
      command: ['orders', 'migrate', url],
      timeout: Duration.minutes(3),
    });
  }
}

const app = new App();
const chart = new Chart(app, 'every-step');
InitDefaults.set(chart, { registry: 'registry.corp.example/mirror', timeout: Duration.minutes(5) });

const orders = new kplus.Deployment(chart, 'orders', { containers: [{ image: 'orders:2.3' }] });
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'orders-db');

new WaitForService(orders, 'wait', {
  endpoints: [Endpoint.tcp('orders-db', 5432), Endpoint.http('http://config-service/healthz')],
});
new MigrateSchema(orders, 'migrate-schema', 'postgres://orders-db/orders');
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
});
app.synth();
