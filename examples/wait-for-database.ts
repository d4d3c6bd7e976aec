/** The app starts when its database accepts connections: three times in a row, because PostgreSQL restarts once while it initializes. */
import { App, Chart, Duration } from 'cdk8s';
import { Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import { restricted } from './restricted';

const app = new App();
const chart = new Chart(app, 'wait-for-database');

const database = new kplus.Service(chart, 'database', {
  metadata: { name: 'database' },
  selector: kplus.Pods.select(chart, 'database-pods', { labels: { app: 'database' } }),
  ports: [{ port: 5432 }],
});

const api = new kplus.Deployment(chart, 'api', {
  containers: [{ image: 'my-api:1.0', portNumber: 8080, securityContext: restricted(10001) }],
});

new WaitForService(api, 'wait-for-database', {
  endpoints: [Endpoint.service(database)],
  successThreshold: 3,
  timeout: Duration.minutes(5),
});

app.synth();
