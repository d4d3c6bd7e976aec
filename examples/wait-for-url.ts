/**
 * The app starts when the stores are ready whose addresses an operator and a colleague have put into Secrets: nobody
 * knows them when this program runs.
 */
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
const chart = new Chart(app, 'wait-for-url');

/** What CloudNativePG makes beside a cluster `shop`: `uri`, `host`, `port`, `password`, ... */
const database = kplus.Secret.fromSecretName(chart, 'database', 'shop-app');
const cache = kplus.Secret.fromSecretName(chart, 'cache', 'cache');

const web = new kplus.Deployment(chart, 'web', {
  containers: [{
    image: 'my-app:1.0',
    portNumber: 8080,
    securityContext: restricted,
    envVariables: { DATABASE_URL: database.envValue('uri'), CACHE_URL: cache.envValue('url') },
  }],
});

new WaitForService(web, 'wait-for-database', {
  endpoints: [
    Endpoint.tcpFrom(database.envValue('host'), database.envValue('port'), {
      appProtocol: AppProtocol.POSTGRES,
    }),
  ],
});

new WaitForService(web, 'wait-for-cache', {
  endpoints: [Endpoint.urlFrom(cache.envValue('url'))],
});

app.synth();
