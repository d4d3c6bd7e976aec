import type { IConstruct } from 'constructs';
import {
  askedInWords, awaitedCondition, conditionInText, conditionInWords, type AwaitedCondition, type ConditionKind,
} from './private/step/condition';
import { conditionFault } from './private/step/condition-faults';
import { readObject, type ReadObject } from './private/step/object-reference';
import { groupOf } from './private/values/api-objects';
import { requireKind } from './private/values/kind';
import { CONSTRUCT, TEXT } from './private/values/kinds';
import { inWords, refuse, refuseAll, refuseWith, requireMaker } from './private/values/refuse';

/**
 * Something that Kubernetes says of an object. The object is of this program (a construct of any version of
 * cdk8s-plus, or an `ApiObject` of `cdk8s import`, a Helm chart or an Include) or an `ExternalObject`; its name and
 * namespace are read when the condition is made.
 */
export class Condition {
  /**
   * A Job that is complete. One that has failed ends the wait (exit 1).
   *
   * A Job of the last release that has the same name counts, so have the release in the name.
   *
   * @throws when it is no Job of the group `batch`, or is deleted once it has finished (`ttlSecondsAfterFinished`, a
   * hook that is deleted when it has succeeded) and would be gone when the next pod starts
   */
  public static completed(job: IConstruct): Condition {
    const read = readGiven('job', job);
    const { kind, apiVersion } = read.reference;
    if (kind !== 'Job' || groupOf(apiVersion) !== 'batch') {
      refuseKind('job', 'be a Job of batch/v1', read, insteadOfJob(kind));
    }
    return Condition.of('completed', read);
  }

  /**
   * A Deployment, StatefulSet or DaemonSet whose newest revision is rolled out, as `kubectl rollout status` means it.
   *
   * @throws when it is another kind, or its update strategy is OnDelete
   */
  public static rolledOut(workload: IConstruct): Condition {
    const read = readGiven('workload', workload);
    const { kind, apiVersion } = read.reference;
    if (!ROLLED_OUT.includes(kind) || groupOf(apiVersion) !== 'apps') {
      refuseKind('workload', 'be a Deployment, StatefulSet or DaemonSet of apps/v1', read, insteadOfRollout(kind));
    }
    return Condition.of('rolledOut', read);
  }

  /**
   * An entry of `status.conditions` that is "True", as of `kubectl wait`: `Condition.met(certificate, 'Ready')`.
   *
   * A type that Kubernetes never writes into an object of its own kinds is a warning. The kind as in the API's path is
   * guessed from the kind of the object (small letters, plural); where that is wrong, make an `ExternalObject` with its
   * `resource`.
   *
   * @throws when the object is one of the whole cluster, such as a Namespace or ClusterIssuer, or the type is none
   */
  public static met(construct: IConstruct, conditionType: string): Condition {
    const read = readGiven('construct', construct);
    requireKind({ of: 'Condition' }, 'conditionType', TEXT, conditionType);
    if (!/^[A-Za-z0-9][-A-Za-z0-9_./]*$/.test(conditionType)) {
      refuse({ of: 'Condition' }, 'conditionType', "be a type of status.conditions, as 'Ready'", conditionType);
    }
    return Condition.of('met', read, conditionType);
  }

  private static of(kind: ConditionKind, { reference, manifest }: ReadObject, type?: string): Condition {
    const condition = { kind, type, object: reference };
    const fault = manifest && conditionFault(manifest);
    if (fault && (kind === 'rolledOut' || reference.kind === 'Job')) {
      const place = { of: 'Condition', path: reference.construct.node.path };
      refuseAll(place, `${reference.kind} ${reference.name} ${fault.why}`, fault.remedy);
    }
    return new Condition(condition);
  }

  /** In words, as the start-up graph names it: `job/migrate in shop completed`. */
  public readonly description: string;

  /** What is asked: `completed`, `rolled out`, or the type of the condition. */
  public readonly asks: string;

  /** The API version of the object, e.g. `batch/v1`. */
  public readonly apiVersion: string;

  /** The kind of the object, e.g. `Job`. */
  public readonly objectKind: string;

  /** The same as in the API's path and in Roles, e.g. `jobs`. */
  public readonly resource: string;

  /** The name of the object. */
  public readonly objectName: string;

  /** The namespace of the object, if the program names one; otherwise it is that of the pod. */
  public readonly namespaceName?: string;

  private constructor(condition: AwaitedCondition) {
    requireMaker('Condition', condition, 'write Condition.completed, .rolledOut or .met');
    const { apiVersion, kind, resource, name, namespace } = condition.object;
    this.description = conditionInWords(condition);
    this.asks = askedInWords(condition);
    this.apiVersion = apiVersion;
    this.objectKind = kind;
    this.resource = resource;
    this.objectName = name;
    this.namespaceName = namespace;
    awaitedCondition.set(this, condition);
  }

  /**
   * What a program is told that waits for it: `completed`, `rolledOut` or `met`, the type, the API version, the
   * resource, the namespace, the kind and the name, with commas between. What is left out is empty.
   */
  public toText(): string {
    return conditionInText(awaitedCondition.required(this));
  }
}

const ROLLED_OUT = ['Deployment', 'StatefulSet', 'DaemonSet'];

function readGiven(prop: string, construct: IConstruct): ReadObject {
  requireKind({ of: 'Condition' }, prop, CONSTRUCT, construct);
  return readObject({ of: 'Condition', path: construct.node.path }, prop, construct);
}

function refuseKind(prop: string, must: string, { reference }: ReadObject, remedy: string): never {
  const { apiVersion, kind, name, construct } = reference;
  const place = { of: 'Condition', path: construct.node.path };
  return refuseWith(place, prop, { must, got: inWords(`${kind} '${name}' of ${apiVersion}`), remedy });
}

function insteadOfJob(kind: string): string {
  if (kind === 'CronJob') return 'its Jobs have names of their own: wait for what they leave behind';
  if (ROLLED_OUT.includes(kind)) return 'write Condition.rolledOut(...)';
  return "write Condition.met(..., 'Complete'), or as its status has it";
}

function insteadOfRollout(kind: string): string {
  if (kind === 'Job') return 'write Condition.completed(...)';
  if (kind === 'ReplicaSet') return 'write Condition.rolledOut(...) of the Deployment that makes it';
  return `write Condition.met(..., '${kind === 'Pod' ? 'Ready' : 'Available'}'), or as its status has it`;
}
