import type { Workload } from './workloads';

/** The groups of which it is known how their controllers name pods. */
const OF_KUBERNETES = ['core', 'apps', 'batch'];

/**
 * Why no pod of a workload has a name, or nothing if one has, or may have.
 *
 * @param service the headless Service below which it is looked up, if it is
 */
export function whyNotCalled(
  pod: string,
  workload: Workload,
  { spec }: any,
  service?: string,
): string | undefined {
  if (!OF_KUBERNETES.includes(workload.object.apiGroup) || !spec) return undefined;
  const { kind, path } = workload;
  if (kind === 'StatefulSet') {
    return notBelow(service, path, spec) ?? notInSet(pod, workload, spec);
  }
  if (service === undefined || spec.completionMode === 'Indexed') return undefined;
  const { hostname, subdomain } = podSpecIn(kind, spec);
  if (hostname === undefined || subdomain !== service) {
    return `the pods of ${path}, a ${kind}, have no names in Service ${service}`;
  }
  return hostname === pod ? undefined : notCalled(pod, path, hostname);
}

function podSpecIn(
  kind: string,
  spec: any,
): { hostname?: string; subdomain?: string } {
  if (kind === 'Pod') return spec;
  return (spec.jobTemplate?.spec ?? spec).template?.spec ?? {};
}

/** The pods of a StatefulSet have names below one Service. */
function notBelow(
  service: string | undefined,
  path: string,
  { serviceName }: any,
): string | undefined {
  if (service === undefined || service === serviceName) return undefined;
  return serviceName === undefined
    ? `the pods of ${path} have no names in Service ${service}: it has no serviceName`
    : `the pods of ${path} have names in Service ${serviceName} only, its serviceName`;
}

function notInSet(
  pod: string,
  { path, name }: Workload,
  { replicas = Infinity, ordinals }: any,
): string | undefined {
  if (replicas === 0) return undefined;
  const first: number = ordinals?.start ?? 0;
  const last = first + replicas - 1;
  const [, set, ordinal] = /^(.*)-(0|[1-9]\d*)$/.exec(pod) ?? [];
  const isIn = set === name && Number(ordinal) >= first && Number(ordinal) <= last;
  return isIn ? undefined : notCalled(pod, path, named(name!, first, last));
}

function notCalled(pod: string, path: string, names: string): string {
  return `no pod of ${path} is called ${pod}: they are ${names}`;
}

/** Pods of a StatefulSet, in words. */
function named(name: string, first: number, last: number): string {
  if (first === last) return `${name}-${first}`;
  return last === Infinity ? `${name}-${first} and so on` : `${name}-${first} to ${name}-${last}`;
}
