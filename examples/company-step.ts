/**
 * A step of one's own organisation: it passes data up, and inherits everything else from InitStep and
 * the company's defaults.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
import { Endpoint, InitDefaults, InitStep, RunAs, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

interface MigrateSchemaProps {
  /** The JDBC URL of the database. */
  readonly url: string;
  readonly password: kplus.EnvValue;
}

/** Brings the schema of a database up to date before the app starts. */
class MigrateSchema extends InitStep {
  constructor(scope: Construct, id: string, props: MigrateSchemaProps) {
    super(scope, id, {
      image: 'registry.corp.example/flyway/flyway:10.17',
      command: ['flyway', 'migrate', '-outputType=json', '-outputFile=/reports/migration.json'],
      env: { FLYWAY_URL: kplus.EnvValue.fromValue(props.url), FLYWAY_PASSWORD: props.password },
      outputFiles: { '/reports/migration.json': { path: '/app/migration.json' } },
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
      },
      runAs: RunAs.user(10001, 10001),
      timeout: Duration.minutes(3),
    });
  }
}

const app = new App();
InitDefaults.set(app, {
  registry: 'registry.corp.example/mirror',
  env: {
    HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy.corp.example:3128'),
    NO_PROXY: kplus.EnvValue.fromValue('.svc,.cluster.local'),
  },
});
const chart = new Chart(app, 'company-step');
const orders = new kplus.Deployment(chart, 'orders', {
  containers: [{ image: 'registry.corp.example/orders:2.3', portNumber: 8080, securityContext: restricted }],
});
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'orders-db');

new WaitForService(orders, 'wait-for-db', { endpoints: [Endpoint.tcp('orders-db', 5432)] });
new MigrateSchema(orders, 'migrate-schema', {
  url: 'jdbc:postgresql://orders-db:5432/orders',
  password: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
});

app.synth();
