import { isOver, timeOf, type Cluster, type Owner } from './cluster';
import { placesOf, troubleOf } from './containers';
import { conditionOf, type Pod, type Workload } from './objects';
import { ill, type Trouble } from './trouble';

/** What keeps a workload from having the pods that it wants; nothing if it has them, or tells nothing. */
export function troubleOfWorkload(
  workload: Workload,
  cluster: Cluster,
): Trouble | undefined {
  if (workload.kind === 'Job') return troubleOfJob(workload, cluster);
  const pods = cluster.podsOwnedBy(cluster.ownerOf(workload)).filter(pod => !isOver(pod));
  if (pods.length < wantedPods(workload)) return whyNoPods(workload, cluster);
  // Old pods of a rolling update are as many as are wanted; an event may be about pods that were made since.
  return isRolling(workload) ? noPods(refusal(makersOf(workload, cluster))) : undefined;
}

/** Whether a Deployment has pods of an older template still. */
function isRolling({ kind, status, ...workload }: Workload): boolean {
  const { updatedReplicas = 0 } = status ?? {};
  return kind === 'Deployment' && status !== undefined && updatedReplicas < wantedPods({ kind, ...workload });
}

/** What the cluster says of a pod that has failed: how it was evicted, or how its containers ended. */
export function troubleOfFailedPod(pod: Pod, cluster: Cluster): Trouble {
  const { reason, message } = pod.status ?? {};
  if (reason === 'Evicted') return ill('evicted', `the node has evicted it: ${message}`);
  const why = message ?? reason ?? 'no reason is given';
  return failureIn(pod, cluster)?.trouble ?? ill('crash', `its pod has failed: ${why}`);
}

/** The container that a pod has failed of. */
export function containerOfFailure(pod: Pod, cluster: Cluster): string | undefined {
  return failureIn(pod, cluster)?.container;
}

function failureIn(
  pod: Pod,
  cluster: Cluster,
): { trouble: Trouble; container: string } | undefined {
  const { steps, apps } = placesOf(pod);
  for (const place of [...steps, ...apps]) {
    const trouble = troubleOf(place, cluster);
    if (trouble) return { trouble, container: place.container.name };
  }
  return undefined;
}

/** The pod of a Job that failed last. */
export function lastFailed(owner: Owner, cluster: Cluster): Pod | undefined {
  return cluster
    .podsOwnedBy(owner)
    .filter(({ status }) => status?.phase === 'Failed')
    .sort((one, other) => createdAt(one) - createdAt(other))
    .at(-1);
}

function troubleOfJob(job: Workload, cluster: Cluster): Trouble | undefined {
  const { status, spec, metadata } = job;
  if (metadata.ownerReferences?.some(({ kind }) => kind === 'CronJob')) return undefined;
  if (spec.suspend || conditionOf(status?.conditions, 'Complete')?.status === 'True') {
    return undefined;
  }
  const owner = cluster.ownerOf(job);
  const failed = conditionOf(status?.conditions, 'Failed');
  const pod = lastFailed(owner, cluster);
  const why = pod && troubleOfFailedPod(pod, cluster);
  if (failed?.status === 'True') {
    const { reason, message } = failed;
    return ill('job', `it has failed: ${message ?? reason}`, [
      why?.text,
      ...(why?.details ?? []),
    ]);
  }
  if (cluster.podsOwnedBy(owner).some(each => !isOver(each))) return undefined;
  return why ?? (status?.active ? undefined : whyNoPods(job, cluster));
}

function wantedPods({ kind, spec, status }: Workload): number {
  return kind === 'DaemonSet'
    ? (status?.desiredNumberScheduled ?? 0)
    : (spec.replicas ?? 1);
}

function whyNoPods(workload: Workload, cluster: Cluster): Trouble | undefined {
  const makers = makersOf(workload, cluster);
  const [event] = makers
    .flatMap(each => cluster.eventsOf(each))
    .filter(({ reason }) => reason === 'FailedCreate')
    .sort((one, other) => timeOf(other) - timeOf(one));
  return noPods(refusal(makers) ?? event?.message);
}

/** What makes the pods of a workload: itself, and the ReplicaSets of a Deployment. */
function makersOf(workload: Workload, cluster: Cluster): Workload[] {
  return [workload, ...cluster.madeFor(workload)];
}

/** Why pods cannot be made now. */
function refusal(makers: readonly Workload[]): string | undefined {
  return makers
    .map(({ status }) => conditionOf(status?.conditions, 'ReplicaFailure'))
    .find(each => each?.status === 'True')?.message;
}

function noPods(message: string | undefined): Trouble | undefined {
  return message === undefined
    ? undefined
    : ill('quota', `its pods cannot be made: ${withoutNames(message)}`);
}

/** The message without the name of the pod, which is another one each time. */
function withoutNames(message: string): string {
  return message
    .replace(/^.*?pods "[^"]*" is (forbidden: )?/, '')
    .replace(/^Error creating: /, '');
}

function createdAt({ metadata }: Pod): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}
