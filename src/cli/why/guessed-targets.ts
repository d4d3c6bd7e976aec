import { toldBy } from './addresses';
import type { Cluster } from './cluster';
import type { Pod } from './objects';
import { namedBy } from './service-names';
import { Targets, type Target } from './targets';

/**
 * What an init container that is none of our steps seems to wait for: a Service that its command names, and
 * that has no ready pods. Nothing is guessed of its own pods.
 */
export function guessedTargets(pod: Pod, name: string, cluster: Cluster): Target[] {
  const container = pod.spec.initContainers?.find(each => each.name === name);
  if (!container || toldBy(container)) return [];
  const texts = [
    ...(container.command ?? []),
    ...(container.args ?? []),
    ...valuesOf(container.env),
  ];
  const hosts = new Set(
    texts.flatMap(text => text.match(/[a-z0-9][-a-z0-9.]*[a-z0-9]|[a-z]/g) ?? []),
  );
  const services = [...hosts].flatMap(host => {
    const service = namedBy(host, pod, cluster)?.service;
    return service && !cluster.podsOf(service).includes(pod) ? [{ host, service }] : [];
  });
  const once = services.filter(
    ({ service }, index) => services.findIndex(each => each.service === service) === index,
  );
  const targets = new Targets(pod, cluster);
  return once
    .map(({ host }) => targets.at({ shown: host, host }))
    .filter(({ verdict }) => verdict === 'blocked');
}

function valuesOf(env: ReadonlyArray<{ value?: string }> = []): string[] {
  return env.flatMap(({ value }) => value ?? []);
}
