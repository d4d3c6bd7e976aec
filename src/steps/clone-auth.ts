import type { ToolStep } from './tool-step';
import { FileSource } from '../file-source';
import { gitCredentials, type GitAuth, type GitCredentials } from '../git-auth';
import { defaultsAt } from '../init-defaults';
import type { GitScheme } from '../private/values/git-urls';
import { inWords, refuseWith, type NewPlace } from '../private/values/refuse';
import type { CloneNeeds } from '../programs';
import type { RunAs } from '../run-as';
import { doubtsInFile, doubtsInValue, doubtsOnItsWay } from '../secret-doubts';

/** What a program is told of who clones, and which program that takes. */
export interface CloneAuth {
  readonly kind: CloneNeeds['auth'];
  readonly env?: ToolStep['env'];
  readonly files?: { readonly [path: string]: FileSource };
  readonly names?: ToolStep['names'];
  readonly warnings?: ToolStep['warnings'];
}

interface CloneAuthOptions {
  readonly url: string;
  readonly auth?: GitAuth;
  readonly runAs?: RunAs;
}

const KEY = '/in/key';
const KNOWN_HOSTS = '/in/known-hosts';
const USERS = '/etc/passwd';

/** Checks who clones. */
export function cloneAuth(
  place: NewPlace,
  scheme: GitScheme,
  { url, auth, runAs = defaultsAt(place.scope).runAs }: CloneAuthOptions,
): CloneAuth {
  const { token, sshKey }: GitCredentials = auth ? gitCredentials.required(auth) : {};
  checkFits(place, scheme, { token, sshKey });
  if (token) {
    return {
      kind: 'token',
      env: { step_user: token.user, step_token: token.token },
      warnings: [...doubtsInValue('token', token.token), ...doubtsOnItsWay('token', url)],
    };
  }
  if (!sshKey) return { kind: 'nobody' };
  return {
    kind: 'key',
    env: { step_key_file: KEY, step_known_hosts_file: KNOWN_HOSTS },
    files: { [KEY]: sshKey.key, [KNOWN_HOSTS]: sshKey.knownHosts, ...userNames(runAs) },
    names: { [KEY]: 'auth', [KNOWN_HOSTS]: 'auth', [USERS]: 'auth' },
    warnings: doubtsInFile('key', sshKey.key),
  };
}

function checkFits(place: NewPlace, scheme: GitScheme, { token, sshKey }: GitCredentials): void {
  if (scheme === 'ssh' && !sshKey) {
    refuseWith(place, 'auth', {
      must: 'be a key for a URL of ssh',
      got: inWords(token ? 'a token' : 'nothing'),
      remedy: 'write GitAuth.sshKey(key, knownHosts), or an https:// URL',
    });
  }
  if (scheme !== 'ssh' && sshKey) {
    refuseWith(place, 'auth', {
      must: `be a token for a URL of ${scheme}`,
      got: inWords('a key'),
      remedy: 'write GitAuth.token(token), or an ssh:// URL',
    });
  }
}

/**
 * ssh does nothing for a user without a name. Where only the cluster knows who that is, it may have a name already, and
 * the program looks for it.
 */
function userNames({ uid, gid = 0 }: RunAs): { readonly [path: string]: FileSource } {
  if (uid === undefined) return {};
  return { [USERS]: FileSource.inline(`git:x:${uid}:${gid}::/nonexistent:/bin/sh\n`) };
}
