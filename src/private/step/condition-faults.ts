/** Why a condition of an object can never be met, or not for every pod, and what to do about it. */
export interface ConditionFault {
  /** The end of a sentence that begins with the object. */
  readonly why: string;
  readonly remedy: string;
}

const IN_VAIN = 'so that pods which start later would wait for it in vain';

/** The annotations in which Helm and Argo CD read when a hook is deleted. */
const POLICIES = ['helm.sh/hook-delete-policy', 'argocd.argoproj.io/hook-delete-policy'];

/** What a manifest says against waiting for its object. */
export function conditionFault({ kind, metadata, spec }: any): ConditionFault | undefined {
  if (kind === 'Job') return goesAway(metadata?.annotations ?? {}, spec ?? {});
  if (spec?.updateStrategy?.type !== 'OnDelete') return undefined;
  return {
    why: 'has the update strategy OnDelete, so that nobody knows when it is rolled out',
    remedy: 'wait for its Service with a WaitForService, or let it be RollingUpdate',
  };
}

/** A Job that is gone soon after it has finished. */
function goesAway(
  annotations: { readonly [name: string]: string },
  { ttlSecondsAfterFinished: ttl }: { readonly ttlSecondsAfterFinished?: number | null },
): ConditionFault | undefined {
  if (typeof ttl === 'number') {
    return {
      why: `is deleted ${ttl} s after it has finished, ${IN_VAIN}`,
      remedy: 'remove its ttlSecondsAfterFinished',
    };
  }
  const policy = POLICIES.find(name => /\bhook-?succeeded\b/i.test(`${annotations[name]}`));
  return policy === undefined ? undefined : {
    why: `is deleted as soon as it has succeeded, ${IN_VAIN}`,
    remedy: `let its ${policy} be another one than ${annotations[policy]}`,
  };
}
