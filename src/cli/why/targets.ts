import type { Address, WantedObject } from './addresses';
import { isReady, type Cluster, type Owner } from './cluster';
import { isSidecar, placesOf } from './containers';
import { conditionOf, type Pod, type Service } from './objects';
import { namedBy, type Named } from './service-names';
import { endpointsOf, whyNoPods, wrongPort } from './service-state';
import { ill, starting, unread, type Trouble } from './trouble';
import { listed } from './wording';
import { isLoopback } from '../../private/values/loopback';

/** A namespace that was not read. */
export interface Foreign {
  readonly name: string;
  /** Otherwise it may be the domain of a host outside of the cluster: `com`. */
  readonly isSure: boolean;
}

/** What a step waits for, as the cluster knows it. */
export interface Target {
  readonly shown: string;
  /** `Service db`, with its namespace if that is not the pod's. */
  readonly about?: string;
  readonly ready?: number;
  readonly pods?: number;
  /** `unknown`: the cluster cannot tell, such as of a host outside of it. */
  readonly verdict: 'up' | 'blocked' | 'unknown';
  /** Pods that are not ready. */
  readonly waitsForPods: readonly Pod[];
  /** What should have pods that are ready. */
  readonly waitsForOwners: readonly Owner[];
  readonly trouble?: Trouble;
  /** A namespace that must be read first. */
  readonly unreadNamespace?: Foreign;
}

const NOTHING_BEHIND = { waitsForPods: [], waitsForOwners: [] };

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

/** What a pod waits for. */
export class Targets {
  public constructor(
    private readonly pod: Pod,
    private readonly cluster: Cluster,
  ) {}

  /** What is at an address. */
  public at(address: Address): Target {
    const { shown, host } = address;
    if (isLoopback(host)) return this.inOwnPod(address);
    const named = namedBy(host, this.pod, this.cluster);
    if (!named) {
      const text = `${host} is outside of the cluster, which cannot tell why it does not answer`;
      return outside(shown, text);
    }
    if (!this.cluster.reads('services', named.namespace)) {
      const isSure = /\.svc(\.|$)/.test(host);
      return this.unreadable(shown, 'Services', { name: named.namespace, isSure });
    }
    const about = `Service ${this.qualified(named)}`;
    const { service } = named;
    if (!service) {
      const near = nearName(named, this.cluster);
      return blocked({ shown }, ill('missing', `there is no ${about}`, [near]));
    }
    if (service.spec.type === 'ExternalName') return this.aliased(address, service);
    const trouble = wrongPort(address, service, about, this.cluster);
    if (trouble) return blocked({ shown, about }, trouble);
    return this.behind({ shown, about }, service, named.pod);
  }

  /** What is waited for by the API of Kubernetes. */
  public of(wanted: WantedObject): Target {
    const { shown, kind, name, report = '' } = wanted;
    const { namespace = this.pod.metadata.namespace } = wanted;
    if (/^may not (get|watch) /.test(report)) {
      const account = this.pod.spec.serviceAccountName ?? 'default';
      const text = `account ${this.seenFrom(namespace, account)} ${report}`;
      return blocked({ shown }, ill('rights', text));
    }
    if (!WORKLOADS.has(kind)) return this.ofOtherKind(wanted, namespace);
    const resource = `${kind.toLowerCase()}s`;
    if (!this.cluster.reads(resource, namespace)) {
      return this.unreadable(shown, `${kind}s`, { name: namespace, isSure: true });
    }
    const owner = { kind, namespace, name };
    const workload = this.cluster.workload(owner);
    const about = `${kind} ${this.qualified(owner)}`;
    if (!workload) return blocked({ shown }, ill('missing', `there is no ${about}`));
    if (conditionOf(workload.status?.conditions, 'Complete')?.status === 'True') {
      return { shown, about, verdict: 'up', ...NOTHING_BEHIND };
    }
    const pods = this.cluster.podsOwnedBy(owner);
    const runs = kind === 'Job' && pods.some(isReady);
    return {
      shown,
      about,
      verdict: 'blocked',
      waitsForPods: pods.filter(each => !isReady(each)),
      waitsForOwners: [owner],
      trouble: runs ? starting(`${about} runs`) : undefined,
    };
  }

  /** What only its own status tells of, which the step reads. */
  private ofOtherKind({ shown, kind, name, report }: WantedObject, namespace: string): Target {
    const object = `${kind} ${name} in ${namespace}`;
    if (report === undefined) {
      return outside(shown, `what keeps ${object} from its condition, only its own status tells`);
    }
    if (/^\S+ is true\b/i.test(report)) {
      return { shown, about: `${kind} ${name}`, verdict: 'up', ...NOTHING_BEHIND };
    }
    return blocked({ shown }, ill('status', `${object}: ${report}`));
  }

  /** An address where only the sidecars of the pod can answer. */
  private inOwnPod({ shown, port }: Address): Target {
    const sidecars = placesOf(this.pod)
      .steps.filter(each => isSidecar(each) && each.status.state?.running)
      .map(({ container }) => container.name);
    const where = port === undefined ? '' : ` on ${port}`;
    const who = `sidecar${sidecars.length === 1 ? '' : 's'} ${listed(sidecars)}`;
    const text =
      sidecars.length === 0
        ? `its own pod, where no sidecar runs that could answer${where}`
        : `its own pod; ${who} ${sidecars.length === 1 ? 'runs' : 'run'}, and nothing answers${where}`;
    const trouble = ill('own-pod', text);
    return { shown, verdict: 'unknown', ...NOTHING_BEHIND, trouble };
  }

  /** A Service that stands for another name, which may be that of a Service again. */
  private aliased(address: Address, { spec, metadata }: Service): Target {
    const host = spec.externalName ?? '';
    const named = namedBy(host, this.pod, this.cluster);
    if (named && named.service?.spec.type !== 'ExternalName') {
      return this.at({ ...address, host });
    }
    const about = `Service ${this.qualified(metadata)}`;
    return outside(address.shown, `${about} stands for ${host}, outside of the cluster`);
  }

  /** The pods of a Service, or the one of them that is meant. */
  private behind(
    shown: Pick<Target, 'shown' | 'about'>,
    service: Service,
    only?: string,
  ): Target {
    if (!this.cluster.reads('pods', service.metadata.namespace)) {
      const trouble = unread('its pods cannot be read');
      return { ...shown, verdict: 'unknown', ...NOTHING_BEHIND, trouble };
    }
    const { pods, ready } = endpointsOf(service, only, this.cluster);
    const found: Target = {
      ...shown,
      ready,
      pods: Math.max(pods.length, ready),
      verdict: ready > 0 ? 'up' : 'blocked',
      waitsForPods: pods.filter(each => !isReady(each)),
      waitsForOwners: [],
    };
    return found.pods === 0
      ? { ...found, ...whyNoPods(service, shown.about!, this.cluster) }
      : found;
  }

  private unreadable(shown: string, what: string, namespace: Foreign): Target {
    return {
      shown,
      verdict: 'unknown',
      ...NOTHING_BEHIND,
      trouble: unread(`the ${what} of namespace ${namespace.name} cannot be read`),
      unreadNamespace: this.cluster.covers(namespace.name) ? undefined : namespace,
    };
  }

  /** The pod's account, with its namespace if what it asks for is in another one. */
  private seenFrom(namespace: string, account: string): string {
    const own = this.pod.metadata.namespace;
    return own === namespace ? account : `${own}/${account}`;
  }

  /** `db`, or `data/db` if it is in another namespace than the pod. */
  private qualified({ name, namespace }: Pick<Owner, 'name' | 'namespace'>): string {
    return namespace === this.pod.metadata.namespace ? name : `${namespace}/${name}`;
  }
}

/** A Service that may be meant by a name that is none. */
function nearName({ name, namespace }: Named, cluster: Cluster): string | undefined {
  const services = cluster.snapshot.services.map(({ metadata }) => metadata);
  const elsewhere = services.filter(each => each.name === name);
  if (elsewhere.length > 0) {
    return `there is one in ${elsewhere.map(each => each.namespace).join(', ')}`;
  }
  const near = services.filter(
    each =>
      each.namespace === namespace
      && (each.name.startsWith(name) || name.startsWith(each.name)),
  );
  return near.length > 0 ? `there is ${near.map(each => each.name).join(', ')}` : undefined;
}

function blocked(shown: Pick<Target, 'shown' | 'about'>, trouble: Trouble): Target {
  return { ...shown, verdict: 'blocked', ...NOTHING_BEHIND, trouble };
}

function outside(shown: string, text: string): Target {
  return { shown, verdict: 'unknown', ...NOTHING_BEHIND, trouble: ill('outside', text) };
}
