/**
 * OpenShift runs each namespace under a user of its own, and refuses any other: neither the steps nor
 * the app name one.
 */
import { App, Chart, Size } from 'cdk8s';
import { FileSource, GenerateConfig, InitDefaults, RunAs } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, without a user of its own. */
const restricted: kplus.ContainerSecurityContextProps = {
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
InitDefaults.set(app, { runAs: RunAs.inherited() });

const chart = new Chart(app, 'openshift');
const portal = new kplus.Deployment(chart, 'portal', {
  metadata: { name: 'portal' },
  replicas: 1,
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'cat /etc/portal/portal.conf && exec sleep 3600'],
    resources: {
      cpu: { request: kplus.Cpu.millis(50) },
      memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
    },
    securityContext: restricted,
  }],
});
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'portal');

new GenerateConfig(portal, 'portal-conf', {
  template: FileSource.inline('database.password = ${PASSWORD}\n'),
  variables: { PASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }) },
  path: '/etc/portal/portal.conf',
  mode: 0o600,
});

app.synth();
