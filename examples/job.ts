/** A Job whose pods are not restarted: each failed step costs one of few tries, so the steps are patient inside. */
import { App, Chart, Duration, Size } from 'cdk8s';
import { DownloadConfig, Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import { restricted } from './restricted';

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
    resources: { cpu: { request: kplus.Cpu.millis(50) }, memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) } },
    securityContext: restricted(10001),
  }],
});
new WaitForService(load, 'wait-for-database', { endpoints: [Endpoint.tcp('my-database-service', 5432)], timeout: Duration.minutes(10) });
new DownloadConfig(load, 'download-orders', { url: 'http://config-service/orders.csv', path: '/data/orders.csv', timeout: Duration.minutes(4) });

app.synth();
