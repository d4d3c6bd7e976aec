/** Three stages: wait for the database, download the configuration, start the app. */
import { App, Chart } from 'cdk8s';
import { DownloadConfig, Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'multi-stage');

const web = new kplus.Deployment(chart, 'web', {
  metadata: { name: 'web' },
  replicas: 1,
  containers: [{
    name: 'app',
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'cat /app/config/app-config.json && exec sleep 3600'],
    securityContext: restricted,
  }],
});

new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('my-database-service', 5432)] });
new DownloadConfig(web, 'download-config', {
  url: 'http://config-service/config',
  path: '/app/config/app-config.json',
});

app.synth();
