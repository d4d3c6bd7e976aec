import * as kplus from 'cdk8s-plus-28';
import { FILE_SOURCE, requireOneFile, type FileSource } from './file-source';
import { Attached } from './private/values/attached';
import { isGiven, objectsWith, requireKind } from './private/values/kind';
import { SECRET_VALUE, TEXT } from './private/values/kinds';
import { requireMaker } from './private/values/refuse';
import { checkSecret, checkSecretFile, checkUserName } from './private/values/secret-inputs';

const PLACE = { of: 'GitAuth' };

/** Who clones, in one of these ways. */
export interface GitCredentials {
  readonly token?: { readonly token: kplus.EnvValue; readonly user: string };
  readonly sshKey?: { readonly key: FileSource; readonly knownHosts: FileSource };
}

/** The credentials of each object of the class. */
export const gitCredentials = new Attached<GitCredentials>('git-auth', 1);

export const GIT_AUTH = objectsWith(gitCredentials, {
  one: 'a GitAuth',
  many: 'GitAuths',
  instead: () => 'write GitAuth.token(token) or GitAuth.sshKey(key, knownHosts)',
});

/**
 * Who clones a repository.
 *
 * What is secret is in no argument, in no log, in no `.git/config` and not in the YAML.
 */
export class GitAuth {
  /**
   * A token or password, for https.
   *
   * It is a variable of the step alone. git asks for it when the server wants to know who clones, and sends it to the
   * host of the URL only: a redirect to another host is followed without it. Over plain http it can be read on its way.
   *
   * At run time a token that is missing, empty or holds a line break fails the step (exit 2), and so does one that the
   * server refuses (exit 1), both at once.
   *
   * @param token from a Secret
   * @param user what the server wants beside it, by default `x-access-token`, which GitHub takes; GitLab takes `oauth2`
   * @throws when the token is a text, or the user is empty or holds a line break
   */
  public static token(token: kplus.EnvValue, user?: string): GitAuth {
    requireKind(PLACE, 'token', SECRET_VALUE, token);
    checkSecret(PLACE, 'token', token);
    return new GitAuth({ token: { token, user: userOf(user) } });
  }

  /**
   * A private key without a passphrase, for ssh.
   *
   * It is used where it is mounted. Where ssh would refuse it there, because its own user's keys must not be read by
   * others, or because it has no line break at its end, a copy with mode 0400 beside the files is used, and removed
   * when the step ends; a step that is killed leaves it to its next run.
   *
   * At run time a key that the server refuses, and a host key that is not known, fail the step (exit 1) at once.
   *
   * @param key from a Secret, or a file of an earlier step
   * @param knownHosts lines as `ssh-keyscan` prints them, which you have compared with those that the host publishes;
   * an inline text becomes a ConfigMap
   * @throws when the text of the key is known at synth
   */
  public static sshKey(key: FileSource, knownHosts: FileSource): GitAuth {
    requireKind(PLACE, 'key', FILE_SOURCE, key);
    requireKind(PLACE, 'knownHosts', FILE_SOURCE, knownHosts);
    requireOneFile(PLACE, 'key', key);
    requireOneFile(PLACE, 'knownHosts', knownHosts);
    checkSecretFile(PLACE, 'key', key);
    return new GitAuth({ sshKey: { key, knownHosts } });
  }

  private readonly source: GitCredentials;

  private constructor(source: GitCredentials) {
    requireMaker('GitAuth', source, 'write GitAuth.token or .sshKey');
    this.source = source;
    gitCredentials.set(this, this.source);
  }
}

function userOf(user: string | undefined): string {
  if (!isGiven(user)) return 'x-access-token';
  requireKind(PLACE, 'user', TEXT, user);
  checkUserName(PLACE, 'user', user);
  return user;
}
