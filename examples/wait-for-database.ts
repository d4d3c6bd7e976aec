/**
 * The app starts when its database accepts connections: three times in a row, in case it goes up and
 * down while it starts.
 */
import { App, Chart, Duration } from 'cdk8s';
import { Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'wait-for-database');

const database = new kplus.Service(chart, 'database', {
  metadata: { name: 'database' },
  selector: kplus.Pods.select(chart, 'database-pods', { labels: { app: 'database' } }),
  ports: [{ port: 5432 }],
});

const api = new kplus.Deployment(chart, 'api', {
  containers: [{ image: 'my-api:1.0', portNumber: 8080, securityContext: restricted }],
});

new WaitForService(api, 'wait-for-database', {
  endpoints: [Endpoint.service(database)],
  successThreshold: 3,
  timeout: Duration.minutes(5),
});

app.synth();
