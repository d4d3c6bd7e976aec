import { startsLater } from './deploy-order';
import type { Edge, Plan } from './plan';
import { behind, inTime, waiting, type Manifests, type Remark } from './remark';
import type { Workload } from './workloads';
import { directoriesOf, placementsOf, stepsOf } from '../pod/workload-record';
import { isTimeoutChosen, timeoutOf } from '../step/wait-record';

/** `kubectl rollout status` gives up on these after `progressDeadlineSeconds`. */
const WITH_DEADLINE = ['Deployment', 'Rollout'];

/** What starts late, or only with luck. */
export function doubtsOf(plan: Plan, workloads: readonly Workload[]): Remark[] {
  const manifests = new Map<Workload, any>();
  const manifestOf = (workload: Workload) => {
    if (!manifests.has(workload)) manifests.set(workload, workload.object.toJson());
    return manifests.get(workload);
  };
  return workloads.flatMap(workload => [
    ...plan.edges[workload.index].filter(({ to }) => to.length > 0).flatMap(edge => [
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

function withoutReplicas(edge: Edge, manifestOf: Manifests): Remark[] {
  if (edge.to.some(each => manifestOf(each).spec?.replicas !== 0)) return [];
  return [{
    from: edge.from,
    message: `${waiting(edge)}, but ${behind(edge)} has no replicas`,
    remedy: 'give it at least one, unless something else scales it up before the wait ends',
  }];
}

function finishes(edge: Edge): Remark[] {
  if (edge.to.some(({ kind }) => kind !== 'Job' && kind !== 'CronJob')) return [];
  return [{
    from: edge.from,
    message: `${waiting(edge)}, but ${behind(edge)} is a Job, behind whose Service nothing answers once it has finished`,
    remedy: 'wait for what the Job leaves behind, with an InitStep that asks for it',
  }];
}

/** A name that leads to pods that are not ready leads to the pod that asks. */
function namesItself(edge: Edge, manifestOf: Manifests): Remark[] {
  const { from, to, service } = edge;
  if (edge.needsPod || !service!.headless || from.kind !== 'StatefulSet' || !to.includes(from)) return [];
  const replicas = manifestOf(from).spec.replicas ?? 1;
  if (replicas < 2) return [];
  return [{
    from,
    message: `${waiting(edge)}, its own headless Service, whose name is there as soon as the first of its ${replicas} pods is, ready or not`,
    remedy: 'remove the endpoint: replicas must find each other while they run',
  }];
}

/** Who gives up first is started again, with growing delays, while the other one is up long since. */
function tooShort(plan: Plan, edge: Edge): Remark[] {
  const { from, wait, endpoint, to, needsPod } = edge;
  const bounds = needsPod ? to.map(each => plan.worstCaseOf(each)) : [];
  const seconds = Math.min(...bounds.map(bound => bound?.seconds ?? 0));
  if (bounds.length === 0 || seconds <= wait.timeout || !isTimeoutChosen(wait.step)) return [];
  return [{
    from,
    message: `waits at most ${inTime(wait.timeout)} in step '${wait.step.node.id}' for ${endpoint.address}, but ${behind(edge)} may take ${inTime(seconds)} to start, `
      + 'and a step that gives up starts again with a delay of up to 5 min',
    remedy: `give it a timeout of at least ${inTime(seconds)}`,
  }];
}

function beyondDeadline(from: Workload, manifestOf: Manifests): Remark[] {
  const steps = stepsOf(from.pod.workload).filter(isTimeoutChosen).map(step => ({ name: step.node.id, seconds: timeoutOf(step) ?? 0 }));
  const bounded = steps.filter(({ seconds }) => seconds > 0);
  if (!WITH_DEADLINE.includes(from.kind) || bounded.length === 0) return [];
  const sum = bounded.reduce((total, { seconds }) => total + seconds, 0);
  const deadline: number = manifestOf(from).spec.progressDeadlineSeconds ?? 600;
  if (sum <= deadline) return [];
  return [{
    from,
    message: `may take ${inTime(sum)} in its steps (${bounded.map(({ name, seconds }) => `${name} ${inTime(seconds)}`).join(', ')}), `
      + `but after its progressDeadlineSeconds of ${deadline} 'kubectl rollout status' reports a failure`,
    remedy: `set progressDeadlineSeconds to more than ${sum}, or shorten the timeouts`,
  }];
}

function memoryTooSmall(from: Workload): Remark[] {
  const { workload } = from.pod;
  const inMemory = directoriesOf(workload).filter(directory => directory.inMemory);
  return inMemory.length === 0 ? [] : placementsOf(workload).flatMap(({ name, resources, volumeMounts = [] }) => {
    const limit = (resources?.memory?.limit?.toKibibytes() ?? Infinity) / 1024;
    const writes = (volume: string) => volumeMounts.some(mount => mount.volume.name === volume && !mount.readOnly);
    return inMemory
      .filter(({ volume, sizeLimit }) => sizeLimit > limit * 1024 * 1024 && writes(volume))
      .map(({ volume, sizeLimit }) => ({
        from,
        message: `may write ${sizeLimit / 1024 / 1024} MiB to directory '${volume}' in step '${name}', all of which is memory, `
          + `but the step is killed at its memory limit of ${limit} MiB`,
        remedy: 'give the directory a sizeLimit below that, or the step more memory in resources',
      }));
  });
}

/** The workload that starts last, and what it waits for one after the other. */
export function longestChain(plan: Plan, workloads: readonly Workload[]): Remark[] {
  const [last] = workloads.filter(workload => plan.worstCaseOf(workload)?.behind)
    .sort((one, other) => plan.worstCaseOf(other)!.seconds - plan.worstCaseOf(one)!.seconds);
  if (!last) return [];
  const chain: string[] = [];
  for (let each: Workload | undefined = last; each; each = plan.worstCaseOf(each)!.behind) chain.push(each.path);
  const { seconds, open } = plan.worstCaseOf(last)!;
  return [{
    from: last,
    message: `starts last: ${chain.join(' -> ')}, at worst after ${inTime(seconds)}${open ? ' and what steps without a timeout take' : ''}`,
    remedy: 'if that is too long, shorten the timeouts, or let apps that can connect later start without waiting',
  }];
}
