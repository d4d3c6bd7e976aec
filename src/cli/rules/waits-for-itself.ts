import { firstCommand, type Rule, type Said } from './rule';
import { isHeadless, podsBehind, serviceNamed } from './services';
import { isLoopback } from '../../private/values/loopback';
import type { Container, Manifests, Pod } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { loopAround } from '../shell/context';
import { askedBy, type Asked } from '../shell/waits';
import { isNobodyThere, mayMeshAnswer } from '../startup/loopback';

/** A wait for localhost, or for a Service behind which nothing but the waiting pods is. */
export const waitsForItself: Rule = {
  name: 'waits-for-itself',
  severity: 'error',
  reason:
    'A pod is ready, and behind its Service, when its init containers have ended: none of '
    + 'them can wait for it. At localhost nothing but a native sidecar before it answers.',
  fires: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
        - { name: wait, image: 'busybox:1.37', command: [sh, -c, 'until nc -z web 80; do sleep 1; done'] }
      containers: [{ name: web, image: 'nginx:1.29' }]
`,
  silent: `
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { selector: { app: db }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
        - { name: wait, image: 'busybox:1.37', command: [sh, -c, 'until nc -z db 80; do sleep 1; done'] }
      containers: [{ name: web, image: 'nginx:1.29' }]
`,
  find: firstCommand((command, container, manifests) => {
    const asked = askedBy(command);
    if (asked?.host === undefined || !loopAround(command)) return undefined;
    return isLoopback(asked.host)
      ? atLocalhost(container, command)
      : atOwnService(container.pod, asked, asked.host, manifests);
  }),
};

function atLocalhost(container: Container, command: ShellCommand): Said | undefined {
  if (!isNobodyThere(container, command)) return undefined;
  const { host, port } = askedBy(command)!;
  const isMeshed = mayMeshAnswer(container.pod, port);
  return {
    severity: isMeshed ? 'warning' : 'error',
    message: isMeshed
      ? `waits for ${host}, where nothing but a native sidecar of a service mesh answers, if there is one`
      : `waits for ${host}, where nothing answers: the app starts when this container has ended`,
    remedy:
      'make what it waits for a native sidecar before it (restartPolicy: Always), or let the app wait: '
      + 'its containers start together',
  };
}

function atOwnService(
  pod: Pod,
  { kind }: Asked,
  host: string,
  manifests: Manifests,
): Said | undefined {
  const service = serviceNamed(manifests, pod, host);
  if (!service || service.object.spec?.publishNotReadyAddresses) return undefined;
  if (kind === 'name' && !isHeadless(service)) return undefined;
  const behind = podsBehind(manifests, service);
  if (behind.length === 0 || behind.some(each => each !== pod)) return undefined;
  return {
    message:
      `waits for ${host}, the Service of its own pods, `
      + 'none of which is ready before it has ended',
    remedy: 'remove the wait: replicas must find each other while they run',
  };
}
