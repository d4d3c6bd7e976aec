/**
 * A namespace with a ResourceQuota and a LimitRange: the steps keep within what each container may
 * have, and the quota counts the app alone.
 */
import { App, Chart, Size } from 'cdk8s';
import { Endpoint, FileSource, GenerateConfig, InitDefaults, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

// In a project of your own: import { KubeLimitRange, KubeResourceQuota, Quantity } from './imports/k8s';
const { KubeLimitRange, KubeResourceQuota, Quantity } = kplus.k8s;

const app = new App();
const chart = new Chart(app, 'quota');

// What the platform team has set up: three pods of this app, the third for the time of a rollout.
new KubeResourceQuota(chart, 'quota', {
  metadata: { name: 'quota' },
  spec: {
    hard: {
      'requests.cpu': Quantity.fromString('300m'),
      'requests.memory': Quantity.fromString('192Mi'),
      'limits.cpu': Quantity.fromString('1500m'),
      'limits.memory': Quantity.fromString('384Mi'),
    },
  },
});
new KubeLimitRange(chart, 'limits', {
  metadata: { name: 'limits' },
  spec: {
    limits: [{
      type: 'Container',
      min: { cpu: Quantity.fromString('20m'), memory: Quantity.fromString('32Mi') },
      max: { cpu: Quantity.fromString('500m'), memory: Quantity.fromString('128Mi') },
      maxLimitRequestRatio: { cpu: Quantity.fromString('10') },
    }],
  },
});

InitDefaults.set(chart, {
  resources: {
    cpu: { request: kplus.Cpu.millis(20), limit: kplus.Cpu.millis(200) },
    memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
  },
});
const search = new kplus.Deployment(chart, 'search', {
  metadata: { name: 'search' },
  replicas: 2,
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'cat /etc/search/search.conf && exec sleep 3600'],
    resources: {
      cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.millis(500) },
      memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
    },
    securityContext: restricted,
  }],
});
new WaitForService(search, 'wait-for-index', { endpoints: [Endpoint.tcp('index', 9200)] });
new GenerateConfig(search, 'search-conf', {
  template: FileSource.inline('node = ${POD}\n'),
  variables: { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
  path: '/etc/search/search.conf',
});

app.synth();
