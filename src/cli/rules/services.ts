import type { Manifest } from '../manifests/manifest';
import type { Manifests, Pod } from '../manifests/pods';

/** The Service that a host means for a pod, if it is among the manifests. */
export function serviceNamed(
  { all }: Manifests,
  pod: Pod,
  host: string,
): Manifest | undefined {
  const [name, namespace, third] = host.replace(/\.$/, '').split('.');
  if (third !== undefined && third !== 'svc') return undefined;
  return all.find(
    ({ object: { kind, metadata } }) =>
      kind === 'Service'
      && metadata?.name === name
      && isIn(metadata, namespace ?? pod.namespace),
  );
}

/** The pods behind a Service. */
export function podsBehind(
  { pods }: Manifests,
  { object: { metadata, spec } }: Manifest,
): Pod[] {
  const selector = Object.entries(spec?.selector ?? {});
  if (selector.length === 0) return [];
  return pods.filter(
    ({ namespace, labels }) =>
      isIn(metadata, namespace)
      && selector.every(([name, value]) => labels[name] === value),
  );
}

/** Whether nothing but the names of its pods leads to a Service: it has no address of its own. */
export function isHeadless({ object }: Manifest): boolean {
  return object.spec?.clusterIP === 'None';
}

/** A manifest without a namespace is put into that of who applies it. */
function isIn(
  metadata: { readonly namespace?: string } | undefined,
  namespace: string | undefined,
): boolean {
  return (metadata?.namespace ?? undefined) === (namespace ?? undefined);
}
