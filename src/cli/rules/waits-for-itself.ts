import { firstCommand, type Hit, type Rule, type Said } from './rule';
import { isLoopback } from '../../private/values/loopback';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { loopAround } from '../shell/context';
import { askedBy } from '../shell/waits';
import { circlesOf } from '../startup/circles';
import { needFor } from '../startup/hand-written-waits';
import type { CircleLink } from '../startup/judged';
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
  find: manifests => onceEach([...asksLocalhost(manifests), ...circlesOf(manifests).flatMap(atOwnService)]),
};

/** A container may wait for itself several times. */
function onceEach(hits: readonly Hit[]): Hit[] {
  return hits.filter(({ container }, index) => hits.findIndex(each => each.container === container) === index);
}

const asksLocalhost = firstCommand((command, container) => {
  const isLocal = loopAround(command) && isLoopback(askedBy(command)?.host ?? '');
  return isLocal ? atLocalhost(container, command) : undefined;
});

function atLocalhost(container: Container, command: ShellCommand): Said | undefined {
  const need = needFor(command, container);
  if (need === 'none' || !isNobodyThere(container, command)) return undefined;
  const { host, port } = askedBy(command)!;
  const isMeshed = mayMeshAnswer(container.pod, port);
  return {
    severity: isMeshed || need === 'maybe' ? 'warning' : 'error',
    message: isMeshed
      ? `waits for ${host}, where nothing but a native sidecar of a service mesh answers, if there is one`
      : `waits for ${host}, where nothing answers: the app starts when this container has ended`,
    remedy:
      'make what it waits for a native sidecar before it (restartPolicy: Always), or let the app wait: '
      + 'its containers start together',
  };
}

/** Our own steps are refused in the program. */
function atOwnService(circle: readonly CircleLink[]): Hit[] {
  const [{ container, command, awaited }] = circle;
  if (circle.length > 1 || container.isOurs) return [];
  return [{
    container,
    pod: container.pod,
    command,
    message:
      `waits for ${awaited}, the Service of its own pods, `
      + 'none of which is ready before it has ended',
    remedy: 'remove the wait: replicas must find each other while they run',
  }];
}
