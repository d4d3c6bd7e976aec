import type { PodMetadata } from '../pod/pod';

type Annotations = PodMetadata['annotations'];

/** In which annotation Helm and Argo CD read when they are to apply an object. */
export const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

const NOT_OF_AN_INSTALL =
  /^(test(-success|-failure)?|(pre|post)-(delete|rollback)|skip|syncfail|(pre|post)delete)$/;

/** The hooks that an object is for, in lower case. */
export function hooksOf(annotations: Annotations): string[] {
  return HOOKS.flatMap(name => `${annotations[name] ?? ''}`.toLowerCase().split(/[\s,]+/))
    .filter(hook => hook !== '');
}

/** Whether an object is not there after an install or an upgrade, because it is made for a test or an end only. */
export function isLeftOutOfInstalls(annotations: Annotations): boolean {
  const hooks = hooksOf(annotations);
  return hooks.length > 0 && hooks.every(hook => NOT_OF_AN_INSTALL.test(hook));
}
