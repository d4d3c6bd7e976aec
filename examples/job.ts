/**
 * A Job whose pods are not restarted: each failed step costs one of few tries, so the steps are
 * patient inside.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
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
const chart = new Chart(app, 'job');

const load = new kplus.Job(chart, 'load', {
  metadata: { name: 'load' },
  restartPolicy: kplus.RestartPolicy.NEVER,
  backoffLimit: 2,
  activeDeadline: Duration.minutes(45),
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['wc', '-l', '/data/orders.csv'],
    resources: {
      cpu: { request: kplus.Cpu.millis(50) },
      memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
    },
    securityContext: restricted,
  }],
});
new WaitForService(load, 'wait-for-database', {
  endpoints: [Endpoint.tcp('my-database-service', 5432)],
  timeout: Duration.minutes(10),
});
new DownloadConfig(load, 'download-orders', {
  url: 'http://config-service/orders.csv',
  path: '/data/orders.csv',
  timeout: Duration.minutes(4),
});

app.synth();
