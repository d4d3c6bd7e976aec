import type { Cluster } from './cluster';
import type { Pod, Service } from './objects';
import { namesMeant } from '../../private/startup/dns-names';

/** What a host name stands for, seen from a pod. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
  /** Nothing if there is none, or if it cannot be read. */
  readonly service?: Service;
  /** The one pod that is meant, of a headless Service. */
  readonly pod?: string;
}

/** What a name may mean. */
type Meaning = Omit<Named, 'service'>;

/**
 * The Service that a host name stands for; one without a `service` is that of a name that can be
 * nothing else. Nothing for a host outside of the cluster.
 */
export function namedBy(host: string, pod: Pod, cluster: Cluster): Named | undefined {
  if (isAddress(host)) {
    const service = cluster.serviceAt(host);
    return service && { ...service.metadata, service };
  }
  if (isInHostsFile(host, pod)) return undefined;
  const all = meaningsOf(host, pod.metadata.namespace);
  for (const meaning of all) {
    const service = cluster.service(meaning.namespace, meaning.name);
    if (service) return { ...meaning, service };
  }
  return (
    all.find(({ namespace }) => !cluster.covers(namespace) && mayBeIn(namespace, host))
    ?? onlyMeaning(host, all)
  );
}

/** The domain of the cluster is taken to be what stands behind `.svc`. */
function meaningsOf(host: string, own: string): Meaning[] {
  const [, domain = 'cluster.local'] = /\.svc\.(.+?)\.?$/.exec(host) ?? [];
  return namesMeant(host, own, domain).map(({ name, namespace = own, pod }) => ({ name, namespace, pod }));
}

/** Whether it is worth a look: `db.data`, `db.data.svc`; not `www.example.com`. */
function mayBeIn(namespace: string, host: string): boolean {
  const [short, inCluster] = withoutDomain(host);
  return inCluster || short.split('.')[1] === namespace;
}

/** A name of one word, or with the cluster's domain, is that of a Service even if there is none. */
function onlyMeaning(host: string, [first]: readonly Meaning[]): Meaning | undefined {
  const [short, inCluster] = withoutDomain(host);
  return inCluster || !short.includes('.') ? first : undefined;
}

function withoutDomain(host: string): [string, boolean] {
  const short = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/\.svc(\..*)?$/, '');
  return [short, /\.svc(\.|$)/.test(host)];
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

function isInHostsFile(host: string, { spec: { hostAliases = [] } }: Pod): boolean {
  return (
    host === 'localhost' || hostAliases.some(({ hostnames }) => hostnames?.includes(host))
  );
}
