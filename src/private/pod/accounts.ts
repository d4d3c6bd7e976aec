import type { Pod, PodContents } from './pod';
import type { ToldAccount } from './workload-record';

/** Steps whose role is bound to another account than the one whose token they have; of a fragment that is not known. */
export function otherAccounts(
  { isFragment }: Pod,
  { serviceAccountName = 'default' }: PodContents,
  accounts: readonly ToldAccount[],
): string[] {
  const others = isFragment ? [] : accounts.filter(({ name }) => name !== serviceAccountName);
  return others.map(({ step, name }) =>
    `runs as account '${serviceAccountName}', whose token its step '${step}' has, but the step's serviceAccount is `
    + `'${name}'; give the pod that account, or leave it out in the step`);
}
