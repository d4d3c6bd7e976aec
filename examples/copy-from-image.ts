/** nginx with a tool from another image, and with a copy of its own configuration that it may write. */
import { App, Chart, Size } from 'cdk8s';
import { CopyFromImage, RunAs, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const nginxUser = RunAs.user(101, 101);

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: nginxUser.uid,
  group: nginxUser.gid,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'copy-from-image');
const web = new kplus.Deployment(chart, 'web', {
  metadata: { name: 'site' },
  replicas: 1,
  containers: [{
    name: 'nginx',
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});

new CopyFromImage(web, 'copy-tools', {
  image: 'busybox:1.37.0',
  files: { busybox: '/bin/busybox' },
  path: '/opt/tools',
  runAs: nginxUser,
});
new CopyFromImage(web, 'copy-conf', {
  files: { '.': '/etc/nginx' },
  path: '/etc/nginx',
  readOnly: false,
  maxSize: Size.mebibytes(1),
});
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run']]) {
  new SharedDirectory(web, id).mountAt(path, { readOnly: false });
}

app.synth();
