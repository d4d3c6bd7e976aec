/**
 * Two isolated workloads: what one of them waits for is opened on both sides, and the name servers,
 * without which no name resolves.
 */
import { App, Chart, Size } from 'cdk8s';
import { Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of a container, which runs as the user of its image. */
function restricted(user: number): kplus.ContainerSecurityContextProps {
  return {
    user,
    group: user,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
}

const app = new App();
const chart = new Chart(app, 'isolated');
const resources: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(50) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
};

const sessions = new kplus.Deployment(chart, 'sessions', {
  metadata: { name: 'sessions' },
  replicas: 1,
  isolate: true,
  containers: [{
    image: 'redis:7',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 6379,
    resources,
    securityContext: restricted(999),
  }],
});
const login = new kplus.Deployment(chart, 'login', {
  metadata: { name: 'login' },
  replicas: 1,
  isolate: true,
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', 'nc -z sessions 6379 && exec sleep 3600'],
    resources,
    securityContext: restricted(10001),
  }],
});
const nameServers = kplus.Pods.select(chart, 'name-servers', {
  namespaces: kplus.Namespaces.select(chart, 'kube-system', { names: ['kube-system'] }),
  labels: { 'k8s-app': 'kube-dns' },
});

login.connections.allowTo(nameServers, {
  ports: [kplus.NetworkPolicyPort.udp(53), kplus.NetworkPolicyPort.tcp(53)],
  isolation: kplus.PodConnectionsIsolation.POD,
});
login.connections.allowTo(sessions);
const service = sessions.exposeViaService({ name: 'sessions', ports: [{ port: 6379 }] });
new WaitForService(login, 'wait-for-sessions', { endpoints: [Endpoint.service(service)] });

app.synth();
