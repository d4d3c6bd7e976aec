import type { Hit, Rule } from './rule';
import { podsBehind, serviceNamed } from './services';
import type { Container, Manifests, Pod } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { loopAround } from '../shell/context';
import { askedBy } from '../shell/waits';

/** An arrow from a pod that waits to one that answers. */
interface Arrow {
  readonly from: Pod;
  readonly to: Pod;
  readonly container: Container;
  readonly command?: ShellCommand;
  readonly host: string;
}

/** Pods that wait for each other. */
export const circleOfWaits: Rule = {
  name: 'circle-of-waits',
  severity: 'error',
  reason: 'Each waits until the next one is ready, and none ever is.',
  fires: circle('until nc -z web 80; do sleep 1; done'),
  silent: circle('echo ready'),
  find: manifests => {
    const arrows = manifests.pods.flatMap(pod => arrowsFrom(pod, manifests));
    const circles = arrows
      .map(arrow => wayBack(arrow, arrows))
      .filter(each => each !== undefined);
    const seen = new Set<Pod>();
    return circles.flatMap(way => {
      if (way.some(({ from }) => seen.has(from))) return [];
      way.forEach(({ from }) => seen.add(from));
      return [hitOf(way)];
    });
  },
};

function hitOf(way: readonly Arrow[]): Hit {
  const [{ container, from, command }] = way;
  const words = way.map(
    each =>
      `${each.from.kind} ${each.from.name} waits for ${each.host} in '${each.container.name}'`,
  );
  return {
    container,
    pod: from,
    command,
    message: `waits in a circle, so that none of them starts: ${words.join(', ')}`,
    remedy:
      'remove one of these waits: what can run for a while without the other must start first',
  };
}

/** Only where one workload alone answers is it known that the wait is for it. */
function arrowsFrom(from: Pod, manifests: Manifests): Arrow[] {
  return from.initContainers.flatMap(container =>
    hostsOf(container).flatMap(({ host, command }) => {
      const service = serviceNamed(manifests, from, host);
      const behind =
        service && !service.object.spec?.publishNotReadyAddresses
          ? podsBehind(manifests, service)
          : [];
      return behind.length === 1 && behind[0] !== from
        ? [{ from, to: behind[0], container, command, host }]
        : [];
    }),
  );
}

/** Whose readiness a container waits for, by hand or in a step of ours. */
function hostsOf({
  isOurs,
  spec,
  commands,
}: Container): { host: string; command?: ShellCommand }[] {
  if (isOurs) {
    const endpoints = String(
      spec.env?.find((each: any) => each?.name === 'step_endpoints')?.value ?? '',
    ).split(' ');
    return endpoints.flatMap(each => {
      const host = /^(?:.*,)?(?!dns:)[a-z]+:\/\/(?:[^@/]*@)?([\w.-]+)/.exec(each)?.[1];
      return host === undefined ? [] : [{ host }];
    });
  }
  return commands.filter(loopAround).flatMap(command => {
    const asked = askedBy(command);
    return asked?.host === undefined || asked.kind === 'name'
      ? []
      : [{ host: asked.host, command }];
  });
}

/** The arrows of a circle that begins with this one. */
function wayBack(first: Arrow, arrows: readonly Arrow[]): Arrow[] | undefined {
  const ways = [[first]];
  const reached = new Set<Pod>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    const { to } = way.at(-1)!;
    if (to === first.from) return way;
    if (reached.has(to)) continue;
    reached.add(to);
    ways.push(...arrows.filter(({ from }) => from === to).map(next => [...way!, next]));
  }
  return undefined;
}

function circle(script: string): string {
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
