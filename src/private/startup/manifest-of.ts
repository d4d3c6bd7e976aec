import type { ApiObject } from 'cdk8s';

/** What an object is written as; one that cannot be rendered yet is left to the synthesis, which says why. */
export function manifestOf(object: ApiObject): any {
  try {
    return object.toJson();
  } catch {
    return {};
  }
}
