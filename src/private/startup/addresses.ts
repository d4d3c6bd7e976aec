import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { listed, pathOf, unlessOthersAnswer, waitInWords } from './wording';
import type { Workload } from './workloads';
import { mostIPv4 } from '../values/dns-answer';

/** Why a name never has as many addresses as are waited for, and what to do about it. */
interface Lack {
  readonly why: string;
  readonly remedy: string;
}

/** A wait for more addresses than a name of the app can ever have. */
export function addressesMissing(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  const { from, service, whyNoPod, target: { minAddresses } } = edge;
  if (minAddresses === undefined || !service || service.isAlias || whyNoPod !== undefined) return [];
  const needed = service.isDualStack ? Math.ceil(minAddresses / 2) : minAddresses;
  const lack = needed < 2 ? undefined : lackOf(plan, edge, needed);
  return lack === undefined ? [] : [{
    from,
    message: `${waitInWords(edge)} with ${minAddresses} addresses, but ${lack.why}`,
    remedy: `${lack.remedy}, ${unlessOthersAnswer(edge)}`,
  }];
}

/** A wait for more addresses than name servers tell, unless some of them are of IPv6. */
export function beyondAnswers(edge: EndpointEdge): StartupFinding[] {
  const { from, wait, service, target: { host, minAddresses = 1, answeredByOthers } } = edge;
  if (answeredByOthers || service?.isDualStack) return [];
  const known = service?.isHeadless && edge.pod === undefined && service.namespace !== undefined;
  const name = known ? `${service.name}.${service.namespace}.svc.${wait.clusterDomain}` : host;
  const most = mostIPv4(name);
  if (minAddresses <= most) return [];
  return [{
    from,
    message: `${waitInWords(edge)} with ${minAddresses} addresses, `
      + `but the answer of a name server has room for ${most} of IPv4`,
    remedy: `wait for at most ${most}`,
  }];
}

/** @param needed how many pods, of which each has an address, or one of IPv4 and one of IPv6 */
function lackOf(plan: Plan, edge: EndpointEdge, needed: number): Lack | undefined {
  const { service, pod, backends } = edge;
  if (!service!.isHeadless) {
    return {
      why: `Service ${pathOf(service!)} has an address of its own instead of those of its pods`,
      remedy: "give the Service clusterIP: 'None'",
    };
  }
  if (backends.length === 0) return undefined;
  if (pod !== undefined) {
    return backends.every(({ kind }) => kind === 'StatefulSet' || kind === 'Pod')
      ? { why: `${pod} is one pod`, remedy: `wait for ${service!.name}, the Service itself` }
      : undefined;
  }
  return comesTooLate(plan, edge, needed) ?? hasTooFewPods(plan, edge, needed);
}

/** Pods that wait for those which their StatefulSet makes after them, and only once they are ready. */
function comesTooLate(
  plan: Plan,
  { from, service, backends }: EndpointEdge,
  needed: number,
): Lack | undefined {
  if (!service!.publishesUnready || !backends.includes(from) || from.kind !== 'StatefulSet') return undefined;
  const { spec } = plan.answers.manifestOf(from);
  if (!spec || (spec.podManagementPolicy ?? 'OrderedReady') !== 'OrderedReady') return undefined;
  const others = podsOf(plan, backends.filter(each => each !== from));
  return 1 + others >= needed ? undefined : {
    why: `the first pod of ${from.path} waits there for pods that are made only when it is ready`,
    remedy: 'give the StatefulSet podManagementPolicy: Parallel, or remove the endpoint',
  };
}

/** Of those that wait, no pod is ready; that a Service has only these is said of it as a whole. */
function hasTooFewPods(
  plan: Plan,
  { from, service, backends }: EndpointEdge,
  needed: number,
): Lack | undefined {
  const counted = service!.publishesUnready ? backends : backends.filter(each => each !== from);
  const pods = podsOf(plan, counted);
  if (counted.length === 0 || pods >= needed) return undefined;
  const known = listed(counted.map(({ path }) => path));
  return {
    why: `${known} ${counted.length === 1 ? 'has' : 'have together'} only ${pods} ${pods === 1 ? 'pod' : 'pods'}`,
    remedy: 'wait for fewer, or give it more replicas',
  };
}

function podsOf(plan: Plan, workloads: readonly Workload[]): number {
  return workloads.reduce((sum, each) => sum + mostPodsOf(plan, each), 0);
}

/** As many as written, unless something may scale them: what has none is there to be scaled. */
function mostPodsOf({ answers: { autoscalers } }: Plan, workload: Workload): number {
  const { kind, object: { apiGroup }, replicas } = workload;
  if (kind === 'Pod') return 1;
  const isCounted = apiGroup === 'apps' && kind !== 'DaemonSet';
  return isCounted && replicas && !autoscalers.mayScale(workload) ? replicas : Infinity;
}
