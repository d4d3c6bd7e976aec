import type { Hit, Rule } from './rule';
import { circlesOf } from '../startup/circles';
import type { CircleLink } from '../startup/judged';

/** Pods that wait for each other. */
export const circleOfWaits: Rule = {
  name: 'circle-of-waits',
  severity: 'error',
  reason: 'Each waits until the next one is ready, and none ever is.',
  fires: manifestsWith('until nc -z web 80; do sleep 1; done'),
  silent: manifestsWith('echo ready'),
  find: manifests => circlesOf(manifests).filter(({ length }) => length > 1).map(hitOf),
};

function hitOf(circle: readonly CircleLink[]): Hit {
  const [{ container, command }] = circle;
  const words = circle.map(({ awaited, container: { name, pod } }) =>
    `${pod.kind} ${pod.name} waits for ${awaited} in '${name}'`);
  return {
    container,
    pod: container.pod,
    command,
    message: `waits in a circle, so that none of them starts: ${words.join(', ')}`,
    remedy:
      'remove one of these waits: what can run for a while without the other must start first',
  };
}

/** Of two Pods the first waits for the second, whose init container runs a script. */
function manifestsWith(script: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  initContainers: [{ name: wait, image: 'busybox:1.37', command: [sh, -c, 'until nc -z api 80; do sleep 1; done'] }]
  containers: [{ name: web, image: 'nginx:1.29' }]
---
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api } }
spec:
  initContainers: [{ name: wait, image: 'busybox:1.37', command: [sh, -c, '${script}'] }]
  containers: [{ name: api, image: 'nginx:1.29' }]
`;
}
