import type { Workload } from './workloads';
import { templateOf } from '../pod/manifest';

/** The groups of which it is known how their controllers name pods. */
const OF_KUBERNETES = ['core', 'apps', 'batch'];

/** Why no pod of a workload answers to a name of its own, or nothing if one does, or may. */
export function whyNotCalled(
  pod: string,
  workload: Workload,
  manifest: any,
  service: string | undefined,
): string | undefined {
  if (!OF_KUBERNETES.includes(workload.object.apiGroup) || !manifest.spec) return undefined;
  if (workload.kind === 'StatefulSet') return notOfSet(pod, workload, manifest.spec, service);
  if (manifest.spec.completionMode === 'Indexed') return undefined;
  const { hostname, subdomain }: any = templateOf(manifest)?.spec ?? {};
  if (hostname === undefined || subdomain !== service) {
    return `the pods of ${workload.path}, a ${workload.kind}, have no names in Service ${service}`;
  }
  return hostname === pod ? undefined : `no pod of ${workload.path} is called ${pod}: they are ${hostname}`;
}

function notOfSet(
  pod: string,
  { path, name }: Workload,
  { serviceName, replicas = Infinity, ordinals }: any,
  service: string | undefined,
): string | undefined {
  if (service !== undefined && serviceName === undefined) {
    return `the pods of ${path} have no names in Service ${service}: it has no serviceName`;
  }
  if (service !== undefined && serviceName !== service) {
    return `the pods of ${path} have names in Service ${serviceName} only, its serviceName`;
  }
  if (replicas === 0) return undefined;
  const first: number = ordinals?.start ?? 0;
  const last = first + replicas - 1;
  const [, set, ordinal] = /^(.*)-(0|[1-9]\d*)$/.exec(pod) ?? [];
  if (set === name && Number(ordinal) >= first && Number(ordinal) <= last) return undefined;
  return `no pod of ${path} is called ${pod}: they are ${named(name!, first, last)}`;
}

/** Pods of a StatefulSet, in words. */
function named(name: string, first: number, last: number): string {
  if (first === last) return `${name}-${first}`;
  return last === Infinity ? `${name}-${first} and so on` : `${name}-${first} to ${name}-${last}`;
}
