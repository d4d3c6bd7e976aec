/** The app starts when the services that it calls let it in: by a token, a password, a certificate. */
import { App, Chart } from 'cdk8s';
import { Endpoint, FileSource, HttpAuth, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'wait-for-apis');

const web = new kplus.Deployment(chart, 'web', {
  containers: [{ image: 'my-app:1.0', portNumber: 8080, securityContext: restricted }],
});

const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'web-credentials');
const certificate = kplus.Secret.fromSecretName(chart, 'certificate', 'web-certificate');

const token = kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'token' });
const rates = Endpoint.http('https://rates.example.com/v1/currencies', {
  headers: { Authorization: 'Bearer ${TOKEN}' },
  variables: { TOKEN: token },
});

const orders = Endpoint.http('http://orders:8081/actuator/health', {
  bodyContains: '"status":"UP"',
});

const password = kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'search-password' });
const search = Endpoint.http('https://search:9200/_cluster/health', {
  auth: HttpAuth.basic(kplus.EnvValue.fromValue('web'), password),
  caCertificate: FileSource.fromSecret(certificate, 'ca.crt'),
});

const ledger = Endpoint.http('https://ledger:8443/ready', {
  auth: HttpAuth.clientCertificate(
    FileSource.fromSecret(certificate, 'tls.crt'),
    FileSource.fromSecret(certificate, 'tls.key'),
  ),
  caCertificate: FileSource.fromSecret(certificate, 'ca.crt'),
});

const peers = Endpoint.dns('cache-peers', { minAddresses: 3 });

new WaitForService(web, 'wait-for-apis', { endpoints: [rates, orders, search, ledger, peers] });

app.synth();
