import { App, Chart, Size } from 'cdk8s';
import { Endpoint, FileSource, GenerateConfig, SharedDirectory, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'quickstart');

// Small, and not root: left alone, cdk8s-plus asks for a whole CPU.
function deployment(name: string, image: string, command?: string[]) {
  return new kplus.Deployment(chart, name, {
    metadata: { name },
    replicas: 1,
    containers: [{
      image,
      command,
      portNumber: 8080,
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { limit: Size.mebibytes(64) } },
      securityContext: {
        user: 101,
        group: 101,
        capabilities: { drop: [kplus.Capability.ALL] },
        seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
      },
    }],
  });
}

const hello = 'sleep 10; echo "Hello from $HOSTNAME" >/www/index.html; trap exit TERM; httpd -f -p 8080 -h /www & wait';
const api = deployment('api', 'busybox:1.37.0', ['sh', '-c', hello]);
new SharedDirectory(api, 'www').mountAt('/www', { readOnly: false });
const service = api.exposeViaService({ name: 'api' });

const web = deployment('web', 'nginx:1.27');
new SharedDirectory(web, 'cache').mountAt('/var/cache/nginx', { readOnly: false });
new WaitForService(web, 'wait-for-api', { endpoints: [Endpoint.service(service)] });
new GenerateConfig(web, 'nginx-conf', {
  template: FileSource.inline(`pid /var/cache/nginx/pid;
events {}
http {
  server {
    listen 8080;
    location / { proxy_pass http://\${API}; proxy_set_header Host $host; }
  }
}
`),
  variables: { API: kplus.EnvValue.fromValue(`${service.name}:${service.port}`) },
  path: '/etc/nginx/nginx.conf',
});
app.synth();
