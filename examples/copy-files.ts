/** One folder for nginx of a ConfigMap of defaults, a template and the passwords of a Secret, which is in memory. */
import { App, Chart } from 'cdk8s';
import { CopyFiles, FileSource, FileTree, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 101,
  group: 101,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'copy-files');
const site = new kplus.Deployment(chart, 'site', {
  metadata: { name: 'intranet' },
  replicas: 1,
  containers: [{
    name: 'nginx',
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});
site.exposeViaService({ name: 'intranet', ports: [{ port: 80, targetPort: 8080 }] });

const defaults = new kplus.ConfigMap(chart, 'defaults', {
  metadata: { name: 'nginx-defaults' },
  data: {
    'gzip.conf': 'gzip on;\n',
    'headers.conf': 'add_header X-Served-By default always;\n',
  },
});
const passwords = kplus.Secret.fromSecretName(chart, 'passwords', 'site-passwords');

new CopyFiles(site, 'nginx-conf', {
  sources: [
    FileTree.fromConfigMap(defaults),
    FileTree.fromSecret(passwords, { items: { htpasswd: { path: 'site.htpasswd' } }, folder: 'auth' }),
    FileTree.fromTexts({
      'headers.conf': FileSource.inline('add_header X-Served-By ${POD} always;\n'),
      'default.conf': FileSource.fromFile(`${__dirname}/site.conf`),
    }),
  ],
  variables: { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
  path: '/etc/nginx/conf.d',
});
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run']]) {
  new SharedDirectory(site, id).mountAt(path, { readOnly: false });
}

app.synth();
