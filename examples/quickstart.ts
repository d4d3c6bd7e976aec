import { App, Chart } from 'cdk8s';
import { DownloadConfig, Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'quickstart');
const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('my-database-service', 5432)] });
new DownloadConfig(web, 'download-config', {
  url: 'http://config-service/config',
  path: '/app/config/app-config.json',
});
app.synth();
