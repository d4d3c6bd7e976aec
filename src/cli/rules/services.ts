import { namesMeant } from '../../private/startup/dns-names';
import type { Manifest } from '../manifests/manifest';
import type { Manifests, Pod } from '../manifests/pods';

const CLUSTER_DOMAIN = 'cluster.local';

/** The Service that a host means for a pod, if it is among the manifests. */
export function serviceNamed({ all }: Manifests, pod: Pod, host: string): Manifest | undefined {
  const services = all.filter(({ kind }) => kind === 'Service');
  for (const meant of namesMeant(host, pod.namespace, CLUSTER_DOMAIN)) {
    const service = services.find(each =>
      each.name === meant.name && each.namespace === meant.namespace && (meant.pod === undefined || isHeadless(each)));
    if (service) return service;
  }
  return undefined;
}

/** Whether nothing but the names of its pods leads to a Service: it has no address of its own. */
export function isHeadless({ object }: Manifest): boolean {
  return object.spec?.clusterIP === 'None';
}
