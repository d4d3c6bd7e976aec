/** An app that trusts the corporate authority beside all that its programs trust by themselves. */
import { App, Chart } from 'cdk8s';
import { FileSource, TrustCertificates } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 65534,
  group: 65534,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'trust-certificates');
const corporateCa = kplus.ConfigMap.fromConfigMapName(chart, 'corporate-ca', 'corporate-ca');
const reports = new kplus.Deployment(chart, 'reports', {
  metadata: { name: 'reports' },
  replicas: 1,
  containers: [{
    image: 'docker.io/curlimages/curl:8.22.0'
      + '@sha256:58adaa4e8dca9c988bae2aba4ab3434a0bb2da16bbe3f92dec39ec7785166777',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'curl -sSf https://rates/rates.json && exec sleep 3600'],
    securityContext: restricted,
  }],
});

new TrustCertificates(reports, 'trust-corp', {
  certificates: [FileSource.fromConfigMap(corporateCa, 'ca.crt')],
});

app.synth();
