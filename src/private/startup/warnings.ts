import * as kplus from 'cdk8s-plus-28';
import { beyondAnswers } from './addresses';
import { askedInOwnNamespace, metLater } from './conditions';
import { startsLater } from './deploy-order';
import { directoryTooSmall, memoryTooSmall } from './directory-room';
import { awake, ends, type ConditionEdge, type Edge, type EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import { foreignStores } from './foreign-stores';
import { waitsInIsolation } from './isolated-pods';
import { lateRoles } from './late-roles';
import { mistypedStores } from './mistyped-stores';
import { otherProtocols } from './plain-ports';
import type { Plan } from './plan';
import { untranslatedPort } from './pod-ports';
import { opensByProxy } from './service-meshes';
import { typosIn } from './typos';
import { unreadParts } from './unread-parts';
import { unreadableFiles } from './unreadable-files';
import { unwritableFiles } from './unwritable-files';
import { volumeOwners } from './volume-owners';
import { backendsInWords, edgeInWords, inTime, listed, waitInWords } from './wording';
import type { Workload } from './workloads';
import { toKube } from '../pod/cdk8s-internals';
import { recordOf, stepOf, type Placement } from '../pod/workload-record';
import { budgetOf, doubtsAbout, isBudgetWritten } from '../step/step-record';

const SCALE_UP = 'give it at least one, unless something else scales it up before the wait ends';

/** `kubectl rollout status` gives up on these after `progressDeadlineSeconds`. */
const WITH_DEADLINE = ['Deployment', 'Rollout'];

/** What starts late, or only with luck, and what may be mistyped. */
export function warningsOf(
  plan: Plan,
  workloads: readonly Workload[],
): StartupFinding[] {
  return [
    ...workloads.flatMap(workload => [
      ...plan.endpoints[workload.index].flatMap(edge => doubtsOf(plan, edge)),
      ...plan.conditions[workload.index].flatMap(edge => doubtsAboutCondition(plan, edge)),
      ...plan.endpoints[workload.index].flatMap(beyondAnswers),
      ...plan.endpoints[workload.index].flatMap(edge => untranslatedPort(plan, edge)).filter(({ isFact }) => !isFact),
      ...otherProtocols(plan.endpoints[workload.index]),
      ...asksItsNode(plan.endpoints[workload.index]),
      ...waitsInIsolation(plan, workload),
      ...mistypedStores(plan, workload),
      ...beyondDeadline(workload),
      ...memoryTooSmall(workload),
      ...doneByFsGroup(workload),
      ...directoryTooSmall(workload),
      ...unreadableFiles(workload),
      ...unwritableFiles(workload),
      ...volumeOwners(workload),
      ...unreadParts(workload),
      ...lateRoles(workload),
      ...doubtsAboutSteps(workload),
    ]),
    ...opensByProxy(plan, workloads),
    ...foreignStores(plan, workloads).filter(({ isFact }) => !isFact),
    ...plan.cyclesWhileUnscaled()
      .filter(cycle => cycle.some(({ from }) => workloads.includes(from)))
      .map(startsWhenScaled),
  ];
}

/** What steps say of themselves. */
function doubtsAboutSteps(from: Workload): StartupFinding[] {
  return recordOf(from.pod.workload).steps.flatMap(step =>
    doubtsAbout(step).map(doubt => ({ from, step, ...doubt })),
  );
}

function doubtsOf(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  if (edge.backends.length === 0) return typosIn(plan, edge);
  return [
    ...withoutReplicas(edge),
    ...finishes(edge),
    ...namesItself(edge),
    ...tooShort(plan, edge),
    ...startsLater(edge),
  ];
}

function doubtsAboutCondition(plan: Plan, edge: ConditionEdge): StartupFinding[] {
  return [...askedInOwnNamespace(edge), ...metLater(plan, edge), ...tooShort(plan, edge), ...startsLater(edge)];
}

function withoutReplicas(edge: EndpointEdge): StartupFinding[] {
  const { from, backends } = edge;
  if (backends.some(({ replicas }) => replicas !== 0)) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, but ${backendsInWords(edge)} has no replicas`,
    remedy: SCALE_UP,
  }];
}

function startsWhenScaled(cycle: Edge[]): StartupFinding {
  const asleep = cycle.flatMap(({ backends }) => backends.filter(each => each.replicas === 0));
  const { from } = cycle[0];
  return {
    from,
    message:
      `starts only when ${listed([...new Set(asleep.map(({ path }) => path))], 'or')} is scaled up, `
      + `because it has no replicas, and the others wait for each other: ${listed(cycle.map(edgeInWords))}`,
    remedy: SCALE_UP,
  };
}

function finishes(edge: EndpointEdge): StartupFinding[] {
  if (!edge.backends.every(ends)) return [];
  return [{
    from: edge.from,
    message: `${waitInWords(edge)}, but ${backendsInWords(edge)} is a Job, `
      + 'behind whose Service nothing answers once it has finished',
    remedy: edge.backends.every(({ kind }) => kind === 'Job')
      ? 'wait until it is complete, with a WaitForCondition'
      : 'wait for what the Job leaves behind, with an InitStep that asks for it',
  }];
}

/** A name that leads to pods that are not ready leads to the pod that asks. */
function namesItself(edge: EndpointEdge): StartupFinding[] {
  const { from, backends, service, pod, needsPod, target: { minAddresses = 1 } } = edge;
  if (needsPod || minAddresses > 1 || !service!.isHeadless || pod !== undefined) return [];
  if (from.kind !== 'StatefulSet' || !backends.includes(from)) return [];
  const { replicas = 1 } = from;
  if (replicas < 2) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, its own headless Service, `
      + `whose name is there as soon as the first of its ${replicas} pods is, ready or not`,
    remedy: 'remove the endpoint: replicas must find each other while they run',
  }];
}

/** A pod that asks the name servers of its node hears nothing of Services. */
function asksItsNode(edges: readonly EndpointEdge[]): StartupFinding[] {
  const edge = edges.find(({ service }) => service);
  if (!edge) return [];
  const { from } = edge;
  const { hostNetwork, dnsPolicy = 'ClusterFirst' } = from;
  if (dnsPolicy !== 'Default' && !(hostNetwork && dnsPolicy === 'ClusterFirst')) return [];
  const why = hostNetwork ? `hostNetwork and dnsPolicy ${dnsPolicy}` : `dnsPolicy ${dnsPolicy}`;
  return [{
    from,
    message:
      `${waitInWords(edge)}, but with ${why} its pods ask the name servers of their node, `
      + 'which do not know Services',
    remedy: `give it dnsPolicy ${hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}`,
  }];
}

/**
 * Who gives up first is started again, with growing delays, while the other one is up long since. Only what somebody
 * wrote counts, on both sides.
 */
function tooShort(plan: Plan, edge: Edge): StartupFinding[] {
  const { from, wait, address, backends } = edge;
  if (!edge.needsPod || !isBudgetWritten(wait.step)) return [];
  const seconds = Math.min(...awake(backends).map(each => plan.worstCaseOf(each)?.written ?? 0));
  if (seconds <= wait.timeout) return [];
  return [{
    from,
    message: `waits at most ${inTime(wait.timeout)} in step '${wait.step.node.id}' for ${address}, `
      + `but ${backendsInWords(edge)} may take ${inTime(seconds)} to start, `
      + 'and a step that gives up starts again with a delay of up to 5 min',
    remedy: `give it a timeout of at least ${inTime(seconds)}`,
  }];
}

/** Of the timeouts that somebody wrote; with the defaults there is `kubectl rollout status --timeout`. */
function beyondDeadline(from: Workload): StartupFinding[] {
  if (!WITH_DEADLINE.includes(from.kind)) return [];
  const bounded = recordOf(from.pod.workload).steps.flatMap(step => {
    const seconds = budgetOf(step);
    return typeof seconds === 'number' && seconds > 0 && isBudgetWritten(step)
      ? [{ name: step.node.id, seconds }]
      : [];
  });
  if (bounded.length === 0) return [];
  const sum = bounded.reduce((total, { seconds }) => total + seconds, 0);
  const { progressDeadlineSeconds: deadline = 600 } = from;
  if (sum <= deadline) return [];
  return [
    {
      from,
      message:
        `may take ${inTime(sum)} in its steps `
        + `(${bounded.map(({ name, seconds }) => `${name} ${inTime(seconds)}`).join(', ')}), `
        + `but after its progressDeadlineSeconds of ${deadline} 'kubectl rollout status' reports a failure`,
      remedy: `set progressDeadlineSeconds to more than ${sum}, or shorten the timeouts`,
    },
  ];
}

/** Owners that are changed as user 0 on a claim, and nothing else that the kubelet does not do for an `fsGroup`. */
function doneByFsGroup(from: Workload): StartupFinding[] {
  const { placements } = recordOf(from.pod.workload);
  return placements.filter(changesOwners).flatMap(({ name, volumeMounts = [] }) =>
    volumeMounts
      .filter(({ volume, readOnly }) => !readOnly && toKube(volume).persistentVolumeClaim)
      .map(({ volume }) => ({
        from,
        step: stepOf(from.pod.workload, name),
        message: `changes the owner of claim '${volume.name}' as root, `
          + 'where an fsGroup of the pod would do without a step',
        remedy: "set fsGroup in the pod's securityContext to the group of the app, and remove the step; "
          + 'if the app must own the folders itself, keep the step and give it a mode',
      })),
  );
}

function changesOwners({ securityContext }: Placement): boolean {
  const added = securityContext?.capabilities?.add;
  if (!added) return false;
  return added.includes(kplus.Capability.CHOWN) && !added.includes(kplus.Capability.FOWNER);
}
