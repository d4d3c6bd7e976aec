import type { IConstruct } from 'constructs';
import { Attached } from '../values/attached';

/** An object of Kubernetes, as the API server is asked for it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Its kind as in the API's path. */
  readonly resource: string;
  /** Whether that is made of the kind by a rule, and nobody has written it. */
  readonly isResourceGuessed?: boolean;
  readonly name: string;
  /** Its namespace, where the program names one. */
  readonly namespace?: string;
  /** The ApiObject itself, or the construct that stands for an object of others. */
  readonly construct: IConstruct;
}

/** What is asked of an object: that it has ended well, that its newest revision runs, or a condition of its own. */
export type ConditionKind = 'completed' | 'rolledOut' | 'met';

/** What Kubernetes is to say of an object before a step ends. */
export interface AwaitedCondition {
  readonly kind: ConditionKind;
  /** Of a condition of its own, the type. */
  readonly type?: string;
  readonly object: ObjectReference;
}

/** What each Condition waits for. */
export const awaitedCondition = new Attached<AwaitedCondition>('condition', 1);

/** What each ExternalObject stands for. */
export const externalObject = new Attached<ObjectReference>('object', 1);

/** What is asked of an object, e.g. `completed`. */
export function askedInWords({ kind, type }: AwaitedCondition): string {
  return kind === 'rolledOut' ? 'rolled out' : type ?? kind;
}

/** An object as kubectl names it, seen from a namespace: `job/migrate`, `job/migrate in data`. */
export function objectInWords({ kind, name, namespace }: ObjectReference, from?: string): string {
  const words = `${kind.toLowerCase()}/${name}`;
  return namespace === undefined || namespace === from ? words : `${words} in ${namespace}`;
}

/** A condition as the start-up graph names it: `job/migrate completed`. */
export function conditionInWords(condition: AwaitedCondition, from?: string): string {
  return `${objectInWords(condition.object, from)} ${askedInWords(condition)}`;
}

/** A condition as its program is told, seen from a namespace: two of one text ask the same. */
export function conditionInText({ kind, type = '', object }: AwaitedCondition, from = ''): string {
  const { apiVersion, resource, namespace = from, kind: objectKind, name } = object;
  return [kind, type, apiVersion, resource, namespace, objectKind, name].join(',');
}
