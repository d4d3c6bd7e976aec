import { eachCommand, type Rule } from './rule';
import { isHeadless, podsBehind, serviceNamed } from './services';
import { loopAround } from '../shell/context';
import { askedBy } from '../shell/waits';

/** A wait for a Service behind which nothing but the waiting pods is. */
export const waitsForItself: Rule = {
  name: 'waits-for-itself',
  severity: 'error',
  reason:
    'A pod is ready, and behind its Service, when its init containers have ended: none of '
    + 'them can wait for it.',
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
  find: eachCommand((command, { pod }, manifests) => {
    const asked = askedBy(command);
    const service = asked?.host === undefined ? undefined : serviceNamed(manifests, pod, asked.host);
    if (!asked || !service || !loopAround(command)) return undefined;
    if (service.object.spec?.publishNotReadyAddresses) return undefined;
    if (asked.kind === 'name' && !isHeadless(service)) return undefined;
    const behind = podsBehind(manifests, service);
    if (behind.length === 0 || behind.some(each => each !== pod)) return undefined;
    return {
      message:
        `waits for ${asked.host}, the Service of its own pods, `
        + 'none of which is ready before it has ended',
      remedy: 'remove the wait: replicas must find each other while they run',
    };
  }),
};
