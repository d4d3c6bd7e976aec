import type { Pod, PodContents } from './pod';
import type { ToldAccount } from './workload-record';

/** Whether the account of a pod is known where it names none: not where only parts of it are. */
export function knowsAccount(pod: Pod): boolean {
  return !('isFragment' in pod && pod.isFragment);
}

/** Steps whose role is bound to another account than the one whose token they have. */
export function otherAccounts(
  pod: Pod,
  { serviceAccountName = 'default' }: PodContents,
  accounts: readonly ToldAccount[],
): string[] {
  const others = knowsAccount(pod) ? accounts.filter(({ name }) => name !== serviceAccountName) : [];
  return others.map(({ step, name }) =>
    `runs as account '${serviceAccountName}', whose token its step '${step}' has, but the step's serviceAccount is `
    + `'${name}'; give the pod that account, or leave it out in the step`);
}
