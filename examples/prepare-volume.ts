/** PostgreSQL without root on a volume that comes from the cluster with root as its owner. */
import { App, Chart, Size } from 'cdk8s';
import { PrepareVolume, RunAs, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** The user of PostgreSQL's image. */
const postgres = 999;

/** What Pod Security asks of the container of the app. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: postgres,
  group: postgres,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'prepare-volume');
const claim = new kplus.PersistentVolumeClaim(chart, 'claim', {
  metadata: { name: 'database' },
  accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
  storage: Size.gibibytes(1),
});
const database = new kplus.Deployment(chart, 'database', {
  metadata: { name: 'database' },
  replicas: 1,
  strategy: kplus.DeploymentStrategy.recreate(),
  containers: [{
    name: 'postgres',
    image: 'postgres:16',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 5432,
    envVariables: {
      PGDATA: kplus.EnvValue.fromValue('/var/lib/postgresql/data/pgdata'),
      POSTGRES_HOST_AUTH_METHOD: kplus.EnvValue.fromValue('trust'),
    },
    readiness: kplus.Probe.fromCommand(['pg_isready', '--username=postgres', '--host=127.0.0.1']),
    securityContext: restricted,
  }],
});

const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'data' });
new PrepareVolume(database, 'prepare-data', {
  volume,
  folders: ['pgdata'],
  owner: RunAs.user(postgres, postgres),
  mode: 0o700,
});
database.containers[0].mount('/var/lib/postgresql/data', volume);
for (const [id, path] of [['run', '/run/postgresql'], ['tmp', '/tmp']]) {
  new SharedDirectory(database, id).mountAt(path, { readOnly: false });
}

app.synth();
