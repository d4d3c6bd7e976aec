import type { ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';
import { templateOf } from '../pod/pod-specs';

/** Marks of what something in the cluster fills: with certificates, secrets, or a copy of another one. */
const MARKS =
  /inject|reflect|replicat|reload|kubed|clone|sealed-?secret|external-?secret|vault|1password|doppler|infisical/i;

/** Whether something in the cluster may add keys to a ConfigMap or Secret, or copy it to other namespaces. */
export function isFilledInCluster(
  object: ApiObject,
  objects: Iterable<ApiObject>,
): boolean {
  const { type, metadata } = manifestOf(object);
  const marks = Object.keys({ ...metadata?.annotations, ...metadata?.labels });
  return type === 'kubernetes.io/service-account-token'
    || marks.some(each => MARKS.test(each))
    || isNamedByOthers(metadata?.name, objects);
}

/** Whether an object of a kind that Kubernetes itself does not have may make or fill one of a name. */
export function isNamedByOthers(name: string, objects: Iterable<ApiObject>): boolean {
  return [...objects].some(each => isCustom(each) && mayFill(manifestOf(each), name));
}

/** Whether an object is of a kind that Kubernetes itself does not have. */
export function isCustom({ apiGroup }: ApiObject): boolean {
  return apiGroup.includes('.') && !apiGroup.endsWith('.k8s.io');
}

/** A controller that is told the name of a ConfigMap or Secret, or has an object of that name, may fill it. */
function mayFill(manifest: any, name: string): boolean {
  if (templateOf(manifest)) return false;
  return manifest.metadata?.name === name || holds(manifest.spec, name);
}

function holds(value: unknown, text: string): boolean {
  if (value instanceof Object) return Object.values(value).some(each => holds(each, text));
  return value === text;
}
