/**
 * A shop: web → api → PostgreSQL and Redis. A Job migrates the schema, and the API waits until that is complete.
 * Everything is applied at once and starts in the right order.
 */
import { App, Chart, Duration } from 'cdk8s';
import { Condition, Endpoint, SharedDirectory, WaitForCondition, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of a container, which runs as the user of its image. */
function restricted(user: number): kplus.ContainerSecurityContextProps {
  return {
    user,
    group: user,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
}

const app = new App();
const chart = new Chart(app, 'three-tier-shop', { namespace: 'shop' });
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'database-credentials');
const password = kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' });

const postgres = new kplus.Deployment(chart, 'postgres', {
  replicas: 1,
  containers: [{
    image: 'postgres:16',
    portNumber: 5432,
    envVariables: {
      POSTGRES_PASSWORD: password,
      PGDATA: kplus.EnvValue.fromValue('/var/lib/postgresql/pgdata'),
    },
    securityContext: restricted(999),
  }],
});
const writable = { data: '/var/lib/postgresql', run: '/run/postgresql', tmp: '/tmp' };
for (const [id, path] of Object.entries(writable)) {
  new SharedDirectory(postgres, id).mountAt(path, { readOnly: false });
}
const redis = new kplus.Deployment(chart, 'redis', {
  replicas: 1,
  containers: [{ image: 'redis:7', portNumber: 6379, securityContext: restricted(999) }],
});
const database = postgres.exposeViaService({ name: 'postgres', ports: [{ port: 5432 }] });
const cache = redis.exposeViaService({ name: 'redis', ports: [{ port: 6379 }] });

// The release is in its name: the Job of the last one, which is complete long since, is another one.
const migration = new kplus.Job(chart, 'migration', {
  metadata: { name: 'migrate-1-0' },
  backoffLimit: 4,
  containers: [{
    image: 'shop-migrations:1.0',
    envVariables: { DB_PASSWORD: password },
    securityContext: restricted(10001),
  }],
});
new WaitForService(migration, 'wait-for-postgres', {
  endpoints: [Endpoint.service(database)],
  successThreshold: 3,
});

const api = new kplus.Deployment(chart, 'api', {
  containers: [{
    image: 'shop-api:1.0',
    portNumber: 8080,
    envVariables: { DB_PASSWORD: password },
    securityContext: restricted(10001),
  }],
});
new WaitForService(api, 'wait-for-stores', {
  endpoints: [Endpoint.service(database), Endpoint.service(cache)],
  timeout: Duration.minutes(5),
});
new WaitForCondition(api, 'wait-for-migration', {
  conditions: [Condition.completed(migration)],
});
const backend = api.exposeViaService({ name: 'api', ports: [{ port: 80, targetPort: 8080 }] });

const web = new kplus.Deployment(chart, 'web', {
  containers: [{ image: 'shop-web:1.0', portNumber: 8080, securityContext: restricted(10001) }],
});
new WaitForService(web, 'wait-for-api', {
  endpoints: [Endpoint.service(backend, { httpPath: '/healthz' })],
  timeout: Duration.minutes(5),
});

app.synth();
