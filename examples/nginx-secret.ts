/**
 * A password from a Secret in a configuration file: in memory, not on the node's disk, and readable by
 * nginx's user alone.
 */
import { App, Chart, Size } from 'cdk8s';
import { FileSource, GenerateConfig, RunAs, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const nginxUser = 101;

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: nginxUser,
  group: nginxUser,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'nginx-secret');
const proxy = new kplus.Deployment(chart, 'proxy', {
  replicas: 1,
  containers: [{
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});
const backend = kplus.Secret.fromSecretName(chart, 'backend', 'backend-credentials');

new GenerateConfig(proxy, 'upstream-conf', {
  template: FileSource.fromFile(`${__dirname}/upstream.conf`),
  variables: {
    BASIC_AUTH: kplus.EnvValue.fromSecretValue({ secret: backend, key: 'basic-auth' }),
    BACKEND: kplus.EnvValue.fromValue('http://backend.internal:8080'),
  },
  directory: new SharedDirectory(proxy, 'secrets', {
    medium: kplus.EmptyDirMedium.MEMORY,
    sizeLimit: Size.mebibytes(1),
  }),
  path: '/etc/nginx/conf.d/default.conf',
  runAs: RunAs.user(nginxUser, nginxUser),
  mode: 0o400,
});
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run']]) {
  new SharedDirectory(proxy, id).mountAt(path, { readOnly: false });
}

app.synth();
