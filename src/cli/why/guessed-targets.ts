import { toldBy } from './addresses';
import type { Cluster } from './cluster';
import type { Container, Pod } from './objects';
import { namedBy } from './service-names';
import { Targets, type Target } from './targets';
import { argumentsOf, environmentOf, type Argument } from '../manifests/arguments';
import type { Manifest } from '../manifests/manifest';
import { scriptOf } from '../shell/script';
import { askedBy } from '../shell/waits';
import { withoutUsers } from '../user-info';

/** A script of a cluster stands in no file that could be shown. */
const IN_NO_FILE = { manifest: {} as Manifest };

/** An address that is all of a text, or the value of an option: `tcp://db:5432`, `db:5432`. */
const ADDRESS =
  /^(?:-[^=]*=)?(?:[a-z][a-z0-9+]*:\/\/)?([a-z0-9][-a-z0-9.]*)(?::\d+)?(?:[/?#].*)?$/;

/**
 * What an init container that is none of our steps seems to wait for: a Service that its commands ask, or
 * whose address it is told, and that has no ready pods. Nothing is guessed of its own pods.
 */
export function guessedTargets(pod: Pod, name: string, cluster: Cluster): Target[] {
  const container = pod.spec.initContainers?.find(each => each.name === name);
  if (!container || toldBy(container)) return [];
  const argv = argumentsOf(container, '');
  const hosts = new Set([...hostsAskedBy(container, argv), ...hostsToldTo(container, argv)]);
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

/** The hosts that the commands of a container ask whether they are there. */
function hostsAskedBy(container: Container, argv: readonly Argument[]): string[] {
  const { commands } = scriptOf({ pod: IN_NO_FILE, argv, mounts: [], spec: container }, []);
  return commands.flatMap(each => askedBy(each)?.host ?? []);
}

/** The hosts of what is an address with a scheme or a port, in its arguments and its environment. */
function hostsToldTo(container: Container, argv: readonly Argument[]): string[] {
  const texts = [...argv.map(({ text }) => text), ...environmentOf(container).values()];
  return texts.flatMap(text => (/:\d|:\/\//.test(text) ? (ADDRESS.exec(withoutUsers(text))?.[1] ?? []) : []));
}
