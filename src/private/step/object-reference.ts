import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { externalObject, type ObjectReference } from './condition';
import { isOfCluster, resourceOf } from '../values/api-objects';
import { checkNamespace, checkObjectName } from '../values/checks';
import { classNameOf } from '../values/class-name';
import { inWords, refuseWith, type Place } from '../values/refuse';

/** The object that a construct is, makes or stands for, and its manifest as far as it can be rendered yet. */
export interface ReadObject {
  readonly reference: ObjectReference;
  /** Nothing of an object that is not of this program, or not complete. */
  readonly manifest?: any;
}

/** Reads an object whatever class or version made it; one without a kind, or of the whole cluster, is refused. */
export function readObject(place: Place, prop: string, construct: IConstruct): ReadObject {
  const external = externalObject.of(construct);
  if (external) return { reference: external };
  const object = objectAt(construct);
  if (!object) {
    return refuseWith(place, prop, {
      must: 'be an object of Kubernetes',
      got: inWords(`${classNameOf(construct)} '${construct.node.path}'`),
      remedy: 'what this program does not make is an ExternalObject',
    });
  }
  const manifest = manifestOf(object);
  const { name, namespace } = (manifest ?? { metadata: object.metadata.toJson() }).metadata;
  const { apiVersion, kind } = object;
  requireNamespaced(place, prop, kind, name);
  checkObjectName(place, `name of the ${kind}`, name);
  if (namespace !== undefined) checkNamespace(place, `namespace of the ${kind}`, namespace);
  const guessed = { resource: resourceOf(kind), isResourceGuessed: true };
  return { reference: { apiVersion, kind, ...guessed, name, namespace, construct: object }, manifest };
}

/** Refuses an object of the whole cluster. */
export function requireNamespaced(place: Place, prop: string, kind: string, name: string): void {
  if (!isOfCluster(kind)) return;
  refuseWith(place, prop, {
    must: 'be an object in a namespace, because a Role cannot name one of the whole cluster',
    got: inWords(`${kind} '${name}'`),
    remedy: 'wait for something that depends on it, or ask for it in an InitStep whose account may read it',
  });
}

/** The object that a construct is or makes. */
function objectAt(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) return construct;
  const child = Chart.isChart(construct) ? undefined : construct.node.defaultChild;
  return child && objectAt(child);
}

/** Nothing of an object that cannot be rendered yet, as a Job without containers. */
function manifestOf(object: ApiObject): any {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}
