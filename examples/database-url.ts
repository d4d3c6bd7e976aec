/** An app that takes its database as one variable, whose password is in a Secret. */
import { App, Chart } from 'cdk8s';
import { GenerateEnv, InitDefaults } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 65534,
  group: 65534,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'database-url');
InitDefaults.set(chart, { kubernetesVersion: '1.35' });

const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'orders-db');
const orders = new kplus.Deployment(chart, 'orders', {
  metadata: { name: 'orders' },
  replicas: 1,
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'echo "$DATABASE_URL" && exec sleep 3600'],
    securityContext: restricted,
  }],
});

new GenerateEnv(orders, 'database-url', {
  templates: { DATABASE_URL: 'postgres://${USER|url}:${PASSWORD|url}@orders-db:5432/orders' },
  variables: {
    USER: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'user' }),
    PASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
  },
});

app.synth();
