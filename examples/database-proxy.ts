/** A proxy to the database starts first: the migration and the app reach the database at localhost. */
import { App, Chart, Duration } from 'cdk8s';
import { AppProtocol, Endpoint, FileSource, InitStep, RunAs, Sidecar, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 999,
  group: 999,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'database-proxy');
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'ledger-db');

const ledger = new kplus.Deployment(chart, 'ledger', {
  metadata: { name: 'ledger' },
  replicas: 1,
  containers: [{
    image: 'postgres:16',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'psql --command "TABLE entries" && exec sleep 3600'],
    envVariables: {
      PGHOST: kplus.EnvValue.fromValue('localhost'),
      PGUSER: kplus.EnvValue.fromValue('postgres'),
      PGPASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
    },
    securityContext: restricted,
  }],
});

// The kubelet asks at the address of the pod, so the health check listens there, too.
new Sidecar(ledger, 'database-proxy', {
  image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1',
  args: ['--port=5432', '--health-check', '--http-address=0.0.0.0', 'shop:europe-west1:ledger'],
  startup: kplus.Probe.fromHttpGet('/startup', {
    port: 9090,
    periodSeconds: Duration.seconds(1),
    failureThreshold: 60,
  }),
  runAs: RunAs.user(65532, 65532),
});
new WaitForService(ledger, 'wait-for-database', {
  endpoints: [Endpoint.tcp('localhost', 5432, { appProtocol: AppProtocol.POSTGRES })],
});
new InitStep(ledger, 'migrate', {
  likeContainer: 'main',
  command: ['psql', '--set=ON_ERROR_STOP=1', '--single-transaction', '--file=/migrations/entries.sql'],
  files: { '/migrations/entries.sql': FileSource.inline('CREATE TABLE IF NOT EXISTS entries (title text);\n') },
});

app.synth();
