import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Certificate } from './authority';

export const BUSYBOX = 'busybox:1.37.0';

/** What Pod Security "restricted" asks of the container of an app that is made with cdk8s-plus. */
const RESTRICTED: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

/** A pod that Pod Security "restricted" admits, labelled `app: <name>`. */
function pod(name: string, user: number, main: object, mounts: { [path: string]: object } = {}): object {
  const paths = Object.keys(mounts);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [{
        name: 'main',
        imagePullPolicy: 'IfNotPresent',
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: paths.map((mountPath, index) => {
          const subPath = mountPath.startsWith('/etc/') ? mountPath.slice('/etc/'.length) : undefined;
          return { mountPath, subPath, name: `volume-${index}` };
        }),
        ...main,
      }],
      volumes: paths.map((path, index) => ({ name: `volume-${index}`, ...mounts[path] })),
    },
  };
}

/** A Service in front of a pod. */
export function service(name: string, podName: string, port: number, targetPort: number): object {
  const spec = { selector: { app: podName }, ports: [{ port, targetPort }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}

export function configMap(name: string, data: { [key: string]: string }): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

export function secret(name: string, stringData: { [key: string]: string }): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}

/** PostgreSQL. It keeps its files in the pod, and lets in whoever can reach it. */
export function postgres(name: string): object {
  return pod(name, 999, {
    image: 'postgres:16',
    env: [
      { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' },
      { name: 'PGDATA', value: '/var/lib/postgresql/pgdata' },
    ],
    ports: [{ containerPort: 5432 }],
    readinessProbe: { exec: { command: ['pg_isready', '-U', 'postgres', '-h', '127.0.0.1'] }, periodSeconds: 1 },
  }, {
    '/var/lib/postgresql': { emptyDir: {} },
    '/run/postgresql': { emptyDir: {} },
    '/tmp': { emptyDir: {} },
  });
}

/**
 * A web server on port 8080 and the Service `config-service`, port 80; files below `cgi-bin-` are
 * programs below `/cgi-bin/`.
 */
export function configService(files: { [name: string]: string }): object[] {
  const items = Object.keys(files).map(key => ({ key, path: key.replace('cgi-bin-', 'cgi-bin/') }));
  return [configMap('config-service', files), ...webService('config-service', { defaultMode: 0o555, items })];
}

/** The same for files that are no text, under another name. */
export function archiveService(name: string, files: { [name: string]: Buffer }): object[] {
  const binaryData = Object.fromEntries(
    Object.entries(files).map(([file, bytes]) => [file, bytes.toString('base64')]),
  );
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, binaryData }, ...webService(name)];
}

/** Serves the ConfigMap of its name. */
function webService(name: string, volume: object = {}): object[] {
  return [
    pod(name, 10001, {
      image: BUSYBOX,
      command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
      ports: [{ containerPort: 8080 }],
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
    }, {
      '/www': { configMap: { name, ...volume } },
      '/tmp': { emptyDir: {} },
    }),
    service(name, name, 80, 8080),
  ];
}

/** nginx that serves one file, `path`, over https, and the Service `name` in front of it. */
export function httpsService(name: string, { key, cert }: Certificate, path: string, text: string): object[] {
  const conf = `pid /run/nginx/nginx.pid;
events {}
http {
  server {
    listen 8443 ssl;
    ssl_certificate /tls/cert.pem;
    ssl_certificate_key /tls/key.pem;
    location = /healthz { return 204; }
    location = ${path} { default_type application/json; alias /www/file; }
  }
}
`;
  return [
    configMap(`${name}-conf`, { 'nginx.conf': conf }),
    configMap(`${name}-www`, { file: text }),
    secret(`${name}-tls`, { 'key.pem': key, 'cert.pem': cert }),
    pod(name, 101, {
      image: 'nginx:1.27',
      command: ['nginx', '-g', 'daemon off;', '-c', '/conf/nginx.conf'],
      ports: [{ containerPort: 8443 }],
      readinessProbe: { tcpSocket: { port: 8443 }, periodSeconds: 1 },
    }, {
      '/conf': { configMap: { name: `${name}-conf` } },
      '/www': { configMap: { name: `${name}-www` } },
      '/tls': { secret: { secretName: `${name}-tls` } },
      '/run/nginx': { emptyDir: {} },
      '/var/cache/nginx': { emptyDir: {} },
      '/var/log/nginx': { emptyDir: {} },
    }),
    service(name, name, 443, 8443),
  ];
}

/** What makes a repository of one commit and serves it. */
const SERVE = `git init -q -b main /tmp/work && cd /tmp/work
echo 'the site' >index.html && git add . && git -c user.name=a -c user.email=a@b commit -q -m a && git tag v1
git clone -q --bare . /repositories/site.git
exec /usr/sbin/sshd -D -e -p 2222 -h /keys/host -o StrictModes=no -o UsePAM=no -o PidFile=none -f /dev/null \\
  -o AuthorizedKeysFile=/keys/user.pub`;

/**
 * OpenSSH with a repository, \`/repositories/site.git\`, of which \`v1\` is a tag, for user \`git\`, and the Service
 * \`name\` on port 22 in front of it.
 *
 * @param image has git and sshd
 * @param keys \`host\`, the private key of the host, and \`user.pub\`, that of who is let in
 */
export function gitService(name: string, image: string, keys: { [file: string]: string }): object[] {
  return [
    secret(`${name}-keys`, keys),
    configMap(`${name}-users`, { passwd: 'git:x:10001:10001::/tmp:/bin/sh\n' }),
    pod(name, 10001, {
      image,
      command: ['sh', '-c', SERVE],
      ports: [{ containerPort: 2222 }],
      readinessProbe: { tcpSocket: { port: 2222 }, periodSeconds: 1 },
    }, {
      '/keys': { secret: { secretName: `${name}-keys` } },
      '/etc/passwd': { configMap: { name: `${name}-users` } },
      '/repositories': { emptyDir: {} },
      '/tmp': { emptyDir: {} },
    }),
    service(name, name, 22, 2222),
  ];
}

/** A pod of busybox that runs a shell program. */
export function shell(name: string, program: string): object {
  return pod(name, 10001, { image: BUSYBOX, command: ['sh', '-c', program] });
}

/** A Deployment `web` with one container, `app`, that runs a shell program. */
export function deployment(program: string, props: kplus.DeploymentProps = {}): kplus.Deployment {
  const chart = new Chart(Testing.app(), 'chart');
  return new kplus.Deployment(chart, 'web', {
    metadata: { name: 'web' },
    replicas: 1,
    containers: [container(program)],
    ...props,
  });
}

/** A Job `web` with one container, `app`, that runs a shell program once. */
export function jobOf(program: string): kplus.Job {
  return new kplus.Job(new Chart(Testing.app(), 'chart'), 'web', {
    metadata: { name: 'web' },
    restartPolicy: kplus.RestartPolicy.NEVER,
    backoffLimit: 0,
    containers: [container(program)],
  });
}

/** The app of a workload that a test makes with the library. */
export function container(program: string): kplus.ContainerProps {
  return {
    name: 'app',
    image: BUSYBOX,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['sh', '-c', program],
    resources: {},
    securityContext: RESTRICTED,
  };
}

/** The manifests of the chart that a workload is in. */
export function manifestsOf(workload: kplus.AbstractPod): object[] {
  return Testing.synth(Chart.of(workload));
}
