/** A model comes from a bucket into a claim, signed with a key; its labels come by a presigned URL. */
import { App, Chart, Size } from 'cdk8s';
import { DownloadConfig, HttpAuth, RunAs, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'download-from-bucket');

const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models');
const scorer = new kplus.Deployment(chart, 'scorer', {
  containers: [{ image: 'scorer:3.1', portNumber: 8080, securityContext: restricted }],
  volumes: [kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'models' })],
  securityContext: { fsGroup: 10001 },
});
const runAs = RunAs.user(10001, 10001);
const models = SharedDirectory.fromVolumeName(scorer, 'models', 'models');
models.mountAt('/models');

const bucket = kplus.Secret.fromSecretName(chart, 'bucket', 'bucket');
new DownloadConfig(scorer, 'download-model', {
  url: 'https://s3.eu-central-1.amazonaws.com/acme-models/scorer/v%3D3.bin',
  auth: HttpAuth.awsSignature({
    accessKeyId: bucket.envValue('access-key-id'),
    secretAccessKey: bucket.envValue('secret-access-key'),
    region: 'eu-central-1',
  }),
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  maxSize: Size.gibibytes(4),
  directory: models,
  fileName: 'scorer.bin',
  runAs,
});

new DownloadConfig(scorer, 'download-labels', {
  url: '${LABELS_URL}',
  variables: { LABELS_URL: bucket.envValue('labels-url') },
  path: '/app/labels.json',
  runAs,
});

app.synth();
