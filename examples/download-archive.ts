/** nginx serves a site that comes in a tar.gz, without the folder that all of it is in. */
import { App, Chart, Size } from 'cdk8s';
import { DownloadArchive, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 101,
  group: 101,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'download-archive');
const manual = new kplus.Deployment(chart, 'manual', {
  metadata: { name: 'manual' },
  replicas: 1,
  containers: [{
    name: 'nginx',
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});

new DownloadArchive(manual, 'download-manual', {
  url: 'http://releases/manual-2.1.tar.gz',
  sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  stripComponents: 1,
  maxSize: Size.mebibytes(20),
  path: '/usr/share/nginx/html',
});
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run']]) {
  new SharedDirectory(manual, id).mountAt(path, { readOnly: false });
}

app.synth();
