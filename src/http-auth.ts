import type * as kplus from 'cdk8s-plus-28';
import { signingKeys, type AwsSignatureOptions, type SigningKeys } from './aws-signature';
import { FILE_SOURCE, requireOneFile, type FileSource } from './file-source';
import { Attached } from './private/values/attached';
import { checkEnvSource } from './private/values/env-source';
import { objectsWith, requireKind } from './private/values/kind';
import { SECRET_VALUE } from './private/values/kinds';
import { inWords, refuse, requireMaker } from './private/values/refuse';
import { checkSecret, checkSecretFile, checkUserName } from './private/values/secret-inputs';

const PLACE = { of: 'HttpAuth' };

/** Who asks, in one of these ways. */
export interface Credentials {
  readonly basic?: { readonly user: kplus.EnvValue; readonly password: kplus.EnvValue };
  readonly clientCertificate?: { readonly certificate: FileSource; readonly key: FileSource };
  readonly awsSignature?: SigningKeys;
}

/** The credentials of each object of the class. */
export const httpCredentials = new Attached<Credentials>('auth', 1);

export const HTTP_AUTH = objectsWith(httpCredentials, {
  one: 'an HttpAuth',
  many: 'HttpAuths',
  instead: () => 'write HttpAuth.basic(user, password), HttpAuth.clientCertificate(certificate, key)'
    + ' or HttpAuth.awsSignature(options)',
});

/**
 * Who asks an http server.
 *
 * What is secret reaches curl through a pipe or in a file that is mounted: it is in no argument, in no log and not
 * in the YAML.
 */
export class HttpAuth {
  /**
   * User and password, which are sent with the first request.
   *
   * They go to the host of the URL only: a redirect to another host or port is followed without them. Over plain http
   * they can be read on their way.
   *
   * At run time a user or password that is missing or holds a line break, and a user that is empty or holds a colon,
   * fail the step (exit 2) with words that do not show it. All other bytes are sent as they are.
   *
   * @param user from a Secret or ConfigMap, or a text
   * @param password from a Secret; as a text it may only be empty, for servers that take a key as the user
   * @throws when the password is a text, or the user is one that cannot be sent
   */
  public static basic(user: kplus.EnvValue, password: kplus.EnvValue): HttpAuth {
    requireKind(PLACE, 'user', SECRET_VALUE, user);
    requireKind(PLACE, 'password', SECRET_VALUE, password);
    checkEnvSource(PLACE, 'user', user);
    checkUser(user.value);
    if (password.value !== '') checkSecret(PLACE, 'password', password);
    return new HttpAuth({ basic: { user, password } });
  }

  /**
   * A certificate of the client and its key, both in PEM form, the key without a passphrase.
   *
   * They are mounted as files. A server that a redirect leads to sees the certificate, too, if it asks for one.
   *
   * At run time a certificate or key that is not in PEM form, or does not belong to the other one, fails the step
   * (exit 2).
   *
   * @param certificate with those of authorities in between behind it; an inline one becomes a ConfigMap
   * @param key from a Secret, or a file of an earlier step
   * @throws when the text of the key is known at synth
   */
  public static clientCertificate(certificate: FileSource, key: FileSource): HttpAuth {
    requireKind(PLACE, 'certificate', FILE_SOURCE, certificate);
    requireKind(PLACE, 'key', FILE_SOURCE, key);
    requireOneFile(PLACE, 'certificate', certificate);
    requireOneFile(PLACE, 'key', key);
    checkSecretFile(PLACE, 'key', key);
    return new HttpAuth({ clientCertificate: { certificate, key } });
  }

  /**
   * AWS signature version 4, by which S3, MinIO, SeaweedFS, Ceph and R2 know who asks.
   *
   * Each attempt is signed anew, with the time of the node: one that is off by more than 15 minutes is refused with
   * status 403. The path must be percent-encoded in the URL, but for letters, digits and `-._~/`. A redirect to
   * another host is followed without a signature.
   *
   * At run time a key that is missing or holds a line break, and an id with a colon, fail the step (exit 2) with words
   * that do not show it.
   *
   * @throws when a secret one is a text, or the id, the region or the service cannot be sent
   */
  public static awsSignature(options: AwsSignatureOptions): HttpAuth {
    return new HttpAuth({ awsSignature: signingKeys(PLACE, options) });
  }

  private readonly source: Credentials;

  private constructor(source: Credentials) {
    requireMaker('HttpAuth', source, 'write HttpAuth.basic, .clientCertificate or .awsSignature');
    this.source = source;
    httpCredentials.set(this, this.source);
  }
}

/** A user whose name is known now. */
function checkUser(user: unknown): void {
  if (typeof user !== 'string') return;
  checkUserName(PLACE, 'user', user);
  if (user.includes(':')) {
    refuse(PLACE, 'user', 'not hold a colon, where the password would begin', inWords('one'));
  }
}
