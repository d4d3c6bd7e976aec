import type * as kplus from 'cdk8s-plus-28';
import { listOf, type Kinds } from './private/values/kind';
import { FLAG, SERVICE_ACCOUNT, TEXT } from './private/values/kinds';

/**
 * How a step asks the API server: with a token of its pod's account that is mounted in this step only. The app and
 * other steps do not see it.
 */
export interface ApiAccess {
  /**
   * The folder in the step that holds `token`, `ca.crt` and `namespace`, that of the pod. The token is valid for an
   * hour and renewed in place, so read it anew for each request.
   *
   * @default '/var/run/secrets/kubernetes.io/serviceaccount', where kubectl and the clients of most languages look
   * @throws when it is not absolute, or taken
   */
  readonly path?: string;

  /**
   * Make a Role for just the objects of the step's `conditions`, in each of their namespaces, and bind it to the
   * account. false: somebody else does. A Role that is applied only behind the pod, which is a hook of Helm or Argo CD,
   * is a warning.
   *
   * @default true
   * @throws when it is needed and the program does not name the namespace of the pod, without which no account can be
   * bound
   */
  readonly createRole?: boolean;

  /**
   * What the Role allows. `kubectl wait` and `kubectl rollout status` list, too.
   *
   * @default - get and watch
   * @throws when there is none, or one is not written in small letters
   */
  readonly verbs?: string[];

  /**
   * The account that the pod runs as, for the Role.
   *
   * @default - the one that the finished pod names; `default` if it names none
   * @throws when it is not given in a `PodFragment` for which a Role is to be made, it is in another namespace than the
   * pod, or, at synth, when the pod runs as another one: the token is that of the pod's account
   */
  readonly serviceAccount?: kplus.IServiceAccount;
}

export const API_ACCESS: Kinds<ApiAccess> = {
  path: TEXT,
  createRole: FLAG,
  verbs: listOf(TEXT),
  serviceAccount: SERVICE_ACCOUNT,
};
