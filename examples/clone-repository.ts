/** nginx serves a folder of a private repository, and Prometheus reads rules from another one. */
import { App, Chart, Size } from 'cdk8s';
import { CloneRepository, FileSource, GitAuth, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 101,
  group: 101,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'clone-repository');
const handbook = new kplus.Deployment(chart, 'handbook', {
  metadata: { name: 'handbook' },
  replicas: 1,
  containers: [{
    name: 'nginx',
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'git-credentials');

new CloneRepository(handbook, 'clone-handbook', {
  url: 'https://git.corp.example/docs/handbook.git',
  revision: 'v2.1',
  subdirectory: 'public',
  auth: GitAuth.token(kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'token' })),
  maxSize: Size.mebibytes(50),
  path: '/usr/share/nginx/html',
});
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run']]) {
  new SharedDirectory(handbook, id).mountAt(path, { readOnly: false });
}

const prometheus = new kplus.Deployment(chart, 'prometheus', {
  metadata: { name: 'prometheus' },
  replicas: 1,
  containers: [{
    name: 'prometheus',
    image: 'prom/prometheus:v3.5.0',
    portNumber: 9090,
    securityContext: { ...restricted, user: 65534, group: 65534 },
  }],
});
const keys = kplus.Secret.fromSecretName(chart, 'keys', 'git-keys');

new CloneRepository(prometheus, 'clone-rules', {
  url: 'git@git.corp.example:sre/rules.git',
  auth: GitAuth.sshKey(
    FileSource.fromSecret(keys, 'identity'),
    FileSource.fromSecret(keys, 'known_hosts'),
  ),
  path: '/etc/prometheus/rules',
});
new SharedDirectory(prometheus, 'data').mountAt('/prometheus', { readOnly: false });

app.synth();
