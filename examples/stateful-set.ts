/**
 * Each pod of a StatefulSet gets a configuration of its own: its name, its address and the first pod,
 * which it joins.
 */
import { App, Chart } from 'cdk8s';
import { FileSource, GenerateConfig } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'stateful-set');

const peers = new kplus.Service(chart, 'peers', {
  metadata: { name: 'queue-peers' },
  clusterIP: 'None',
  ports: [{ port: 4369 }],
});
const queue = new kplus.StatefulSet(chart, 'queue', {
  metadata: { name: 'queue' },
  replicas: 3,
  service: peers,
  containers: [{ image: 'my-queue:1.0', portNumber: 4369, securityContext: restricted }],
});

new GenerateConfig(queue, 'node-conf', {
  template: FileSource.inline([
    'node.name = ${POD_NAME}.queue-peers',
    'node.address = ${POD_IP}',
    'join = queue-0.queue-peers:4369',
    '',
  ].join('\n')),
  variables: {
    POD_NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
    POD_IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
  },
  path: '/etc/queue/node.conf',
});

app.synth();
