/** The app starts when its stores say, each in its own protocol, that they are ready: an open port is less. */
import { App, Chart } from 'cdk8s';
import { AppProtocol, Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'wait-for-stores');

const database = new kplus.Service(chart, 'database', {
  metadata: { name: 'database' },
  selector: kplus.Pods.select(chart, 'database-pods', { labels: { app: 'database' } }),
  ports: [{ port: 5432 }],
});

const web = new kplus.Deployment(chart, 'web', {
  containers: [{ image: 'my-app:1.0', portNumber: 8080, securityContext: restricted }],
});

new WaitForService(web, 'wait-for-stores', {
  endpoints: [
    Endpoint.service(database, { appProtocol: AppProtocol.POSTGRES }),
    Endpoint.tcp('cache', 6379, { appProtocol: AppProtocol.REDIS }),
    Endpoint.tcp('kafka-bootstrap.kafka', 9092, { appProtocol: AppProtocol.KAFKA }),
  ],
});

app.synth();
