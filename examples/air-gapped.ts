/**
 * A cluster without internet: images come from the company's mirror, files from its servers, whose
 * certificates its own authority has signed.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
import { DownloadConfig, Endpoint, FileSource, InitDefaults, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const mirror = 'registry.corp.example/mirror';
const app = new App();
InitDefaults.set(app, { registry: mirror, timeout: Duration.minutes(5) });

const chart = new Chart(app, 'air-gapped');
const billing = new kplus.Deployment(chart, 'billing', {
  metadata: { name: 'billing' },
  replicas: 1,
  containers: [{
    image: `${mirror}/library/busybox:1.37.0`,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'cat /app/rates.json && exec sleep 3600'],
    resources: {
      cpu: { request: kplus.Cpu.millis(50) },
      memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
    },
    securityContext: restricted,
  }],
});
const authority = kplus.ConfigMap.fromConfigMapName(chart, 'authority', 'corporate-ca');
const caCertificate = FileSource.fromConfigMap(authority, 'ca.crt');

new WaitForService(billing, 'wait-for-rates', {
  endpoints: [Endpoint.http('https://rates/healthz', { caCertificate })],
});
new DownloadConfig(billing, 'download-rates', {
  url: 'https://rates/rates.json',
  caCertificate,
  path: '/app/rates.json',
});

app.synth();
