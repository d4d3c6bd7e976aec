/** nginx with a generated nginx.conf; the image's other files in /etc/nginx stay visible. */
import { App, Chart } from 'cdk8s';
import { FileSource, GenerateConfig, SharedDirectory } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 101,
  group: 101,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'nginx-config');

const nginx = new kplus.Deployment(chart, 'nginx', {
  metadata: { name: 'nginx' },
  replicas: 1,
  containers: [{
    image: 'nginx:1.27',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    securityContext: restricted,
  }],
});

new GenerateConfig(nginx, 'nginx-conf', {
  template: FileSource.inline(`
pid /run/nginx/nginx.pid;
events { worker_connections \${CONNECTIONS:-1024}; }
http {
  include /etc/nginx/mime.types;
  access_log /dev/stdout;
  server {
    listen \${PORT};
    root /usr/share/nginx/html;
    add_header X-Served-By \${POD};
    location / { try_files $uri $uri/ =404; }
  }
}
`),
  variables: {
    CONNECTIONS: kplus.EnvValue.fromValue('512'),
    PORT: kplus.EnvValue.fromValue('8080'),
    POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
  },
  path: '/etc/nginx/nginx.conf',
});

// nginx writes to these two; everything else is read-only.
for (const [id, path] of [['cache', '/var/cache/nginx'], ['run', '/run/nginx']]) {
  new SharedDirectory(nginx, id).mountAt(path, { readOnly: false });
}
nginx.exposeViaService({ name: 'nginx', ports: [{ port: 80, targetPort: 8080 }] });

app.synth();
