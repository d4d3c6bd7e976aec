import { startsLater } from './deploy-order';
import type { Manifests, StartupFinding } from './finding';
import type { Edge, Plan } from './plan';
import { backendsInWords, inTime, waitInWords } from './wording';
import type { Workload } from './workloads';
import { recordOf, type Directory, type Placement } from '../pod/workload-record';
import { budgetOf, hasDefaultBudget } from '../step/step-record';

const MEBIBYTE = 1024 * 1024;

/** `kubectl rollout status` gives up on these after `progressDeadlineSeconds`. */
const WITH_DEADLINE = ['Deployment', 'Rollout'];

/** What starts late, or only with luck. */
export function warningsOf(plan: Plan, workloads: readonly Workload[]): StartupFinding[] {
  const manifests = new Map<Workload, any>();
  const manifestOf = (workload: Workload) => {
    if (!manifests.has(workload)) manifests.set(workload, workload.object.toJson());
    return manifests.get(workload);
  };
  return workloads.flatMap(workload => [
    ...plan.edges[workload.index].filter(({ backends }) => backends.length > 0).flatMap(edge => [
      ...withoutReplicas(edge, manifestOf),
      ...finishes(edge),
      ...namesItself(edge, manifestOf),
      ...tooShort(plan, edge),
      ...startsLater(edge, manifestOf),
    ]),
    ...beyondDeadline(workload, manifestOf),
    ...memoryTooSmall(workload),
  ]);
}

function withoutReplicas(edge: Edge, manifestOf: Manifests): StartupFinding[] {
  if (edge.backends.some(each => manifestOf(each).spec?.replicas !== 0)) return [];
  return [{
    from: edge.from,
    message: `${waitInWords(edge)}, but ${backendsInWords(edge)} has no replicas`,
    remedy: 'give it at least one, unless something else scales it up before the wait ends',
  }];
}

function finishes(edge: Edge): StartupFinding[] {
  if (edge.backends.some(({ kind }) => kind !== 'Job' && kind !== 'CronJob')) return [];
  return [{
    from: edge.from,
    message: `${waitInWords(edge)}, but ${backendsInWords(edge)} is a Job, `
      + 'behind whose Service nothing answers once it has finished',
    remedy: 'wait for what the Job leaves behind, with an InitStep that asks for it',
  }];
}

/** A name that leads to pods that are not ready leads to the pod that asks. */
function namesItself(edge: Edge, manifestOf: Manifests): StartupFinding[] {
  const { from, backends, service } = edge;
  if (
    edge.needsPod
    || !service!.isHeadless
    || from.kind !== 'StatefulSet'
    || !backends.includes(from)
  ) {
    return [];
  }
  const replicas = manifestOf(from).spec.replicas ?? 1;
  if (replicas < 2) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, its own headless Service, `
      + `whose name is there as soon as the first of its ${replicas} pods is, ready or not`,
    remedy: 'remove the endpoint: replicas must find each other while they run',
  }];
}

/** Who gives up first is started again, with growing delays, while the other one is up long since. */
function tooShort(plan: Plan, edge: Edge): StartupFinding[] {
  const { from, wait, address, backends } = edge;
  if (!edge.needsPod || hasDefaultBudget(wait.step)) return [];
  const seconds = Math.min(...backends.map(each => plan.worstCaseOf(each)?.seconds ?? 0));
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
function beyondDeadline(from: Workload, manifestOf: Manifests): StartupFinding[] {
  if (!WITH_DEADLINE.includes(from.kind)) return [];
  const bounded = recordOf(from.pod.workload).steps.flatMap(step => {
    const seconds = budgetOf(step);
    return typeof seconds === 'number' && !hasDefaultBudget(step)
      ? [{ name: step.node.id, seconds }]
      : [];
  });
  if (bounded.length === 0) return [];
  const sum = bounded.reduce((total, { seconds }) => total + seconds, 0);
  const deadline: number = manifestOf(from).spec.progressDeadlineSeconds ?? 600;
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

function memoryTooSmall(from: Workload): StartupFinding[] {
  const { directories, placements } = recordOf(from.pod.workload);
  const inMemory = directories.filter(directory => directory.inMemory);
  if (inMemory.length === 0) return [];
  return placements.flatMap(placement =>
    inMemory
      .filter(
        directory => isWritten(directory, placement) && directory.sizeLimit > memoryOf(placement),
      )
      .map(({ volume, sizeLimit }) => ({
        from,
        message:
          `may write ${sizeLimit / MEBIBYTE} MiB to directory '${volume}' in step '${placement.name}', `
          + 'all of which is memory, but the step is killed '
          + `at its memory limit of ${memoryOf(placement) / MEBIBYTE} MiB`,
        remedy: 'give the directory a sizeLimit below that, or the step more memory in resources',
      })),
  );
}

function isWritten({ volume }: Directory, { volumeMounts = [] }: Placement): boolean {
  return volumeMounts.some(mount => mount.volume.name === volume && !mount.readOnly);
}

/** The memory limit of a container, in bytes. */
function memoryOf({ resources }: Placement): number {
  return (resources?.memory?.limit?.toKibibytes() ?? Infinity) * 1024;
}

/** The workload that starts last, and what it waits for one after the other. */
export function longestChain(plan: Plan, workloads: readonly Workload[]): StartupFinding[] {
  const [last] = workloads.filter(workload => plan.worstCaseOf(workload)?.longest)
    .sort((one, other) => plan.worstCaseOf(other)!.seconds - plan.worstCaseOf(one)!.seconds);
  if (!last) return [];
  const chain: string[] = [];
  for (let each: Workload | undefined = last; each; each = plan.worstCaseOf(each)!.longest) {
    chain.push(each.path);
  }
  const { seconds, isOpen } = plan.worstCaseOf(last)!;
  const more = isOpen ? ' and what steps without a timeout take' : '';
  return [
    {
      from: last,
      message: `starts last: ${chain.join(' -> ')}, at worst after ${inTime(seconds)}${more}`,
      remedy:
        'if that is too long, shorten the timeouts, or let apps that can connect later start without waiting',
    },
  ];
}
