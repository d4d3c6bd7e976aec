/** The schema is brought up to date by the app's own image before the app starts, as soon as the database takes it. */
import { App, Chart, Duration, Size } from 'cdk8s';
import { FileSource, InitStep } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 999,
  group: 999,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'migrate');
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'ledger-db');

const ledger = new kplus.Deployment(chart, 'ledger', {
  metadata: { name: 'ledger' },
  replicas: 1,
  containers: [{
    image: 'postgres:16',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'psql --command "TABLE entries" && exec sleep 3600'],
    envVariables: {
      PGHOST: kplus.EnvValue.fromValue('database'),
      PGUSER: kplus.EnvValue.fromValue('postgres'),
      PGPASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
    },
    securityContext: restricted,
  }],
});

// psql exits with 2 if the server cannot be reached, and with 3 if a statement fails.
new InitStep(ledger, 'migrate', {
  likeContainer: 'main',
  resources: {
    cpu: { request: kplus.Cpu.millis(50) },
    memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
  },
  command: ['psql', '--set=ON_ERROR_STOP=1', '--single-transaction', '--file=/migrations/entries.sql'],
  files: { '/migrations/entries.sql': FileSource.inline('CREATE TABLE IF NOT EXISTS entries (title text);\n') },
  retryInterval: Duration.seconds(5),
  finalExitCodes: [1, 3],
});

app.synth();
