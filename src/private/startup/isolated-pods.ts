import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { pathOf, waitInWords } from './wording';
import type { Workload } from './workloads';
import { pageOf } from '../values/documentation';
import { isLoopback } from '../values/loopback';

/** A wait in a pod that NetworkPolicies of the app let reach nothing. Pods in the network of their node have none. */
export function waitsInIsolation({ edges, answers }: Plan, from: Workload): StartupFinding[] {
  const edge = edges[from.index].find(each =>
    each.condition || !each.target.answeredByOthers && !isLoopback(each.target.host));
  const policy = edge && !from.hostNetwork ? answers.networkPolicies.denyingAll(from) : undefined;
  if (!policy) return [];
  return [{
    from,
    message: `${waitInWords(edge!)}, but NetworkPolicy ${pathOf({ object: policy })} `
      + 'lets its pods reach nothing, not even name servers',
    remedy: `open both ways, with connections.allowTo or egress rules; see ${pageOf('clusters.md#isolated-pods')}`,
  }];
}
