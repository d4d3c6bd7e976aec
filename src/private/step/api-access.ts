import { ApiObject, Lazy } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { AwaitedCondition, ObjectReference } from './condition';
import type { StepMount } from './mounts';
import { projectedVolume } from '../pod/cdk8s-internals';
import type { Pod } from '../pod/pod';
import type { Site } from '../pod/site';
import { recordOf } from '../pod/workload-record';
import { groupOf } from '../values/api-objects';
import { DETACHED } from '../values/detached';
import { namespaceOf } from '../values/kinds';
import { inWords, refuse, refuseWith } from '../values/refuse';

/** How a step asks the API server. */
export interface Access {
  readonly path?: string;
  readonly createRole?: boolean;
  readonly verbs?: readonly string[];
  readonly serviceAccount?: kplus.IServiceAccount;
}

/** Where kubectl and the clients of most languages look. */
const USUAL_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** One for all steps of a pod that ask. */
const VOLUME = 'api-access';

/**
 * How long a token is valid, in seconds. The kubelet renews it for as long as the pod lives, although the step has
 * ended long since: with the least, ten minutes, six times as often.
 */
const EXPIRATION_SECONDS = 3600;

/** The token, the authority of the API server and the namespace of the pod, as a step sees them. */
export function accessMounts(access?: Access): StepMount[] {
  if (!access) return [];
  const { path = USUAL_PATH } = access;
  return [{ prop: 'apiAccess', path, readOnly: true, volume: tokenVolume }];
}

function tokenVolume(): kplus.Volume {
  return projectedVolume(DETACHED, VOLUME, [
    { serviceAccountToken: { path: 'token', expirationSeconds: EXPIRATION_SECONDS } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
  ]);
}

/** Refuses access that cannot be given. */
export function checkAccess(site: Site, access: Access | undefined, asked: readonly AwaitedCondition[]): void {
  if (!access) return;
  const { serviceAccount, createRole = true, verbs } = access;
  checkVerbs(site, verbs);
  const { pod } = site;
  if (serviceAccount) checkAccount(site, pod, serviceAccount);
  if (!createRole || asked.length === 0) return;
  if (pod.isFragment && !serviceAccount) refuseUnknownAccount(site);
  if (pod.namespace !== undefined) return;
  refuseWith(site, 'apiAccess.createRole', {
    must: 'be false where the program does not name the namespace of the pod, because a role is bound to an account '
      + 'of a namespace',
    got: createRole,
    remedy: "name it, new Chart(app, 'shop', { namespace: 'shop' }), or make Role and RoleBinding elsewhere",
  });
}

/** Who puts the parts of a fragment into a pod decides whom that runs as. */
function refuseUnknownAccount(site: Site): never {
  return refuseWith(site, 'apiAccess.serviceAccount', {
    must: 'be given in a PodFragment, of which the account is not known',
    got: inWords('none'),
    remedy: "write kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'its-name'), or createRole: false "
      + 'and make Role and RoleBinding elsewhere',
  });
}

function checkVerbs(site: Site, verbs?: readonly string[]): void {
  if (verbs?.length === 0) refuse(site, 'apiAccess.verbs', 'name at least one verb', inWords('none'));
  const wrong = verbs?.find(verb => !/^[a-z]+$/.test(verb));
  if (wrong !== undefined) refuse(site, 'apiAccess.verbs', 'be written in small letters', wrong);
}

/** An account that is only named is said to be in `default` where nobody says more. */
function checkAccount(site: Site, { namespace }: Pod, account: kplus.IServiceAccount): void {
  const own = namespaceOf(account) ?? subjectNamespaceOf(account);
  if (own === undefined || namespace === undefined || own === namespace) return;
  refuseWith(site, 'apiAccess.serviceAccount', {
    must: `be in the namespace of the pod, ${namespace}`,
    got: inWords(`${account.name} in ${own}`),
    remedy: 'a pod runs as an account of its own namespace',
  });
}

function subjectNamespaceOf(account: kplus.IServiceAccount): string | undefined {
  const { namespace } = account.toSubjectConfiguration?.() ?? {};
  return namespace === 'default' ? undefined : namespace;
}

/** Lets the account of a pod read what its step waits for: a Role in each namespace, below the step. */
export function grantAccess(
  step: Construct,
  { pod, id }: Site,
  access: Access | undefined,
  asked: readonly AwaitedCondition[],
): void {
  if (!access) return;
  const { createRole = true, verbs = ['get', 'watch'], serviceAccount } = access;
  if (serviceAccount) recordOf(pod.workload).accounts.push({ step: id, name: serviceAccount.name });
  if (!createRole) return;
  const account = Lazy.any({
    produce: () => serviceAccount?.name ?? pod.finished().serviceAccountName ?? 'default',
  });
  const objects = asked.map(({ object }) => object);
  const namespaces = new Set(objects.map(each => each.namespace ?? pod.namespace!));
  for (const namespace of namespaces) {
    const known = objects.filter(each => (each.namespace ?? pod.namespace) === namespace);
    const ids = namespace === pod.namespace ? [] : [namespace, 'for', pod.namespace];
    const role = new ApiObject(step, ['role', ...ids].join('-'), {
      apiVersion: RBAC,
      kind: 'Role',
      metadata: { namespace },
      rules: rulesFor(known, verbs),
    });
    new ApiObject(step, ['binding', ...ids].join('-'), {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: pod.namespace }],
    });
  }
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** One rule for each kind of objects, which names them: it allows nothing of others. */
function rulesFor(objects: readonly ObjectReference[], verbs: readonly string[]): object[] {
  const names = new Map<string, Set<string>>();
  for (const { apiVersion, resource, name } of objects) {
    const kind = `${groupOf(apiVersion)}/${resource}`;
    names.set(kind, (names.get(kind) ?? new Set()).add(name));
  }
  return [...names.keys()].sort().map(kind => {
    const [group, resource] = kind.split('/');
    const resourceNames = [...names.get(kind)!].sort();
    return { apiGroups: [group], resources: [resource], resourceNames, verbs };
  });
}
