/**
 * A web server that starts when a Job of the same program is complete, when the certificate that cert-manager makes is
 * ready, and when the API of another team is rolled out. Nobody writes a Role for it by hand.
 */
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Condition, ExternalObject, WaitForCondition } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'wait-for-job', { namespace: 'shop' });
const release = 'v42';

const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

// The release is in the name: the Job of the last one, which is complete long since, is another one.
const migration = new kplus.Job(chart, 'migration', {
  metadata: { name: `migrate-${release}` },
  backoffLimit: 4,
  containers: [{ image: `shop-migrations:${release}`, securityContext: restricted }],
});

const certificate = new ApiObject(chart, 'certificate', {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'web' },
  spec: { secretName: 'web-tls', dnsNames: ['shop.example.com'], issuerRef: { name: 'internal' } },
});

const prices = new ExternalObject(chart, 'prices', {
  apiVersion: 'apps/v1', kind: 'Deployment', name: 'prices', namespaceName: 'catalog',
});

const web = new kplus.Deployment(chart, 'web', {
  containers: [{ image: `shop-web:${release}`, portNumber: 8080, securityContext: restricted }],
});
new WaitForCondition(web, 'wait-for-all', {
  conditions: [
    Condition.completed(migration),
    Condition.met(certificate, 'Ready'),
    Condition.rolledOut(prices),
  ],
  timeout: Duration.minutes(10),
});

app.synth();
