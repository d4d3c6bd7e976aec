import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { ESCAPE, waitInWords } from './wording';
import type { Workload } from './workloads';
import { templateOf } from '../pod/manifest';
import { isLoopback } from '../values/loopback';

/** A wait for a port of its own pod, where only native sidecars run until the steps have ended. */
export function answersNowhere(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  const { from, wait: { step }, target } = edge;
  if (target.answeredByOthers || target.port === undefined || !isLoopback(target.host)) return [];
  if (from.hostNetwork || mayHaveSidecar(plan.answers.manifestOf(from), from, step.node.id)) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, its own pod, in which nothing answers before the steps have ended`,
    remedy:
      'remove the endpoint, or let what answers there be a native sidecar '
      + `(an init container whose restartPolicy is Always) before the step, ${ESCAPE}`,
  }];
}

/** Whether a native sidecar starts before a step, or the pod cannot be read yet. */
function mayHaveSidecar(manifest: any, { pod }: Workload, step: string): boolean {
  const initContainers: any[] | undefined = templateOf(manifest, pod.specPath)?.spec.initContainers;
  if (!initContainers) return true;
  const before = initContainers.slice(0, initContainers.findIndex(({ name }) => name === step));
  return before.some(({ restartPolicy }) => restartPolicy === 'Always');
}
