/** A configuration that is written once, into the app's own volume, and belongs to the app from then on. */
import { App, Chart, Size } from 'cdk8s';
import { FileSource, GenerateConfig, IfPresent, PrepareVolume, RunAs } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const wiki = RunAs.user(10001, 10001);

/** What Pod Security asks of the container of the app. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: wiki.uid,
  group: wiki.gid,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'seed-config');
const claim = new kplus.PersistentVolumeClaim(chart, 'claim', {
  metadata: { name: 'notes' },
  accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
  storage: Size.gibibytes(1),
});
const deployment = new kplus.Deployment(chart, 'wiki', {
  metadata: { name: 'notes' },
  replicas: 1,
  strategy: kplus.DeploymentStrategy.recreate(),
  containers: [{
    name: 'app',
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'echo "edited = $(hostname)" >>/data/conf/wiki.conf && exec sleep 3600'],
    securityContext: restricted,
  }],
});

const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'data' });
new PrepareVolume(deployment, 'prepare-data', { volume, owner: wiki, mode: 0o750 });
new GenerateConfig(deployment, 'seed-config', {
  template: FileSource.inline('title = ${TITLE}\n'),
  variables: { TITLE: kplus.EnvValue.fromValue('Wiki') },
  directory: volume,
  fileName: 'conf/wiki.conf',
  ifPresent: IfPresent.KEEP,
  runAs: wiki,
});
deployment.containers[0].mount('/data', volume);

app.synth();
