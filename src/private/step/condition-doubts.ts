import { objectInWords, type AwaitedCondition } from './condition';
import type { Doubt } from './step-record';
import { groupOf, isResourceDoubtful } from '../values/api-objects';
import { isSlip } from '../values/slips';

/** The conditions that Kubernetes itself writes into objects of a kind, and what to do if none of them is meant. */
interface KnownKind {
  readonly types: readonly string[];
  readonly remedy: string;
}

const WITHOUT_CONDITIONS: KnownKind = {
  types: [],
  remedy: 'remove the condition, or ask for what is meant in an InitStep with apiAccess',
};
const ONLY_ROLLED_OUT: KnownKind = { types: [], remedy: 'write Condition.rolledOut(...)' };

/** By group and kind. A Service is not among them: clouds write conditions of their own into it. */
const KNOWN_KINDS: { readonly [kind: string]: KnownKind } = {
  'apps/Deployment': {
    types: ['Available', 'Progressing', 'ReplicaFailure'],
    remedy: 'did you mean Available, or Condition.rolledOut(...)?',
  },
  'apps/StatefulSet': ONLY_ROLLED_OUT,
  'apps/DaemonSet': ONLY_ROLLED_OUT,
  'apps/ReplicaSet': {
    types: ['ReplicaFailure'],
    remedy: 'write Condition.rolledOut(...) of the Deployment that makes it',
  },
  'batch/Job': {
    types: ['Complete', 'Failed', 'FailureTarget', 'SuccessCriteriaMet', 'Suspended'],
    remedy: 'write Condition.completed(...)',
  },
  'batch/CronJob': WITHOUT_CONDITIONS,
  '/Pod': {
    types: [
      'ContainersReady', 'DisruptionTarget', 'Initialized', 'PodReadyToStartContainers', 'PodResizeInProgress',
      'PodResizePending', 'PodScheduled', 'Ready',
    ],
    remedy: 'did you mean Ready?',
  },
  '/PersistentVolumeClaim': {
    types: [
      'ControllerResizeError', 'FileSystemResizePending', 'ModifyVolumeError', 'ModifyingVolume', 'NodeResizeError',
      'Resizing',
    ],
    remedy: 'remove the condition: a pod that mounts the claim starts only when it is bound',
  },
  '/ConfigMap': WITHOUT_CONDITIONS,
  '/Secret': WITHOUT_CONDITIONS,
  '/ServiceAccount': WITHOUT_CONDITIONS,
  '/Endpoints': WITHOUT_CONDITIONS,
  'networking.k8s.io/Ingress': WITHOUT_CONDITIONS,
};

/** What is seldom met, or asked at a path that may be another one. */
export function doubtsAboutConditions(conditions: readonly AwaitedCondition[]): Doubt[] {
  return conditions.flatMap(condition => [...isUnknownType(condition), ...mayBeCalledOtherwise(condition)]);
}

/** Types with a `/` are of others: the readiness gates of a pod, for one. */
function isUnknownType({ type, object }: AwaitedCondition): Doubt[] {
  const known = KNOWN_KINDS[`${groupOf(object.apiVersion)}/${object.kind}`];
  if (type === undefined || !known || type.includes('/')) return [];
  const { types } = known;
  if (types.some(each => each.toLowerCase() === type.toLowerCase())) return [];
  const meant = types.find(each => isSlip(each, type));
  const has = types.length > 0 ? `only ${types.join(', ')}` : 'no conditions';
  return [{
    message: `waits for condition ${type} of ${objectInWords(object)}, but a ${object.kind} has ${has}`,
    remedy: meant === undefined ? known.remedy : `did you mean ${meant}?`,
  }];
}

function mayBeCalledOtherwise({ object }: AwaitedCondition): Doubt[] {
  const { kind, resource, isResourceGuessed } = object;
  if (!isResourceGuessed || !isResourceDoubtful(kind)) return [];
  return [{
    message: `asks for ${objectInWords(object)} under ${resource}, a name that is only guessed of ${kind}`,
    remedy: "compare 'kubectl api-resources', and make an ExternalObject with that resource",
  }];
}
