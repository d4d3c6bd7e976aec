import type * as kplus from 'cdk8s-plus-28';
import { checkEnvSource } from './private/values/env-source';
import { checkOptions, required, type Kinds } from './private/values/kind';
import { SECRET_VALUE, TEXT } from './private/values/kinds';
import { refuse, refuseWith, type Place } from './private/values/refuse';
import { checkSecret } from './private/values/secret-inputs';

/** Options of `HttpAuth.awsSignature`. */
export interface AwsSignatureOptions {
  /**
   * Which key it is. It is not secret, but seldom known at synth: mostly it is in the Secret of the other one.
   *
   * @throws when it is a text that is empty, or holds a colon or line breaks
   */
  readonly accessKeyId: kplus.EnvValue;

  /**
   * The key, from a Secret. It is never sent.
   *
   * @throws when it is a text, which would be readable in the YAML
   */
  readonly secretAccessKey: kplus.EnvValue;

  /**
   * Belongs to temporary credentials, from a Secret. With it redirects are not followed, for they would carry it
   * elsewhere.
   *
   * @default - none: the credentials are not temporary
   * @throws when it is a text, which would be readable in the YAML
   */
  readonly sessionToken?: kplus.EnvValue;

  /**
   * As the server knows it, e.g. 'eu-central-1'; MinIO and SeaweedFS take 'us-east-1', R2 'auto'.
   *
   * @throws when it holds anything but letters, digits, `-` and `_`
   */
  readonly region: string;

  /**
   * The service as it is in the signature.
   *
   * @default 's3'
   * @throws when it holds anything but letters, digits, `-` and `_`
   */
  readonly service?: string;
}

const OPTIONS: Kinds<AwsSignatureOptions> = {
  accessKeyId: required(SECRET_VALUE),
  secretAccessKey: required(SECRET_VALUE),
  sessionToken: SECRET_VALUE,
  region: required(TEXT),
  service: TEXT,
};

/** What a request is signed with. */
export interface SigningKeys {
  readonly accessKeyId: kplus.EnvValue;
  readonly secretAccessKey: kplus.EnvValue;
  readonly sessionToken?: kplus.EnvValue;
  /** Provider, region and service, as curl takes them. */
  readonly scope: string;
}

/** Refuses keys that would be readable or cannot be sent. */
export function signingKeys(place: Place, options: AwsSignatureOptions): SigningKeys {
  const {
    accessKeyId, secretAccessKey, sessionToken, region, service = 's3',
  } = checkOptions(place, options, OPTIONS);
  checkEnvSource(place, 'accessKeyId', accessKeyId);
  checkKeyId(place, accessKeyId.value);
  checkSecret(place, 'secretAccessKey', secretAccessKey);
  if (sessionToken) checkSecret(place, 'sessionToken', sessionToken);
  checkWord(place, 'region', region);
  checkWord(place, 'service', service);
  return { accessKeyId, secretAccessKey, sessionToken, scope: `aws:amz:${region}:${service}` };
}

/** One that is known now. */
function checkKeyId(place: Place, id: unknown): void {
  if (typeof id !== 'string' || /^[^\x00-\x20\x7f:]+$/.test(id)) return;
  refuse(place, 'accessKeyId', 'not be empty, and hold no colon, blank or line break', id);
}

function checkWord(place: Place, prop: string, word: string): void {
  if (!/^[-A-Za-z0-9_]+$/.test(word)) refuse(place, prop, 'consist of letters, digits, "-" and "_"', word);
}

/**
 * Refuses a path that S3 would sign in another way than curl does, which signs it as it is written.
 *
 * @param url where it is known
 */
export function checkSignedPath(place: Place, url: string, { scope }: SigningKeys): void {
  const [, path = ''] = /^https?:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  const known = path.replace(/\$\{[^}]*\}/g, '');
  if (!scope.endsWith(':s3') || /^([-A-Za-z0-9._~/]|%[0-9A-F]{2})*$/.test(known)) return;
  const encoded = known === path ? encodedPath(path) : undefined;
  refuseWith(place, 'url', {
    must: 'have a path that is percent-encoded, but for letters, digits and -._~/, where it is signed',
    got: path,
    remedy: encoded && `write ${encoded}`,
  });
}

/** As S3 signs it; `undefined` where it is encoded wrongly. */
function encodedPath(path: string): string | undefined {
  try {
    return path.split('/').map(part => encodeURIComponent(decodeURIComponent(part))).join('/')
      .replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return undefined;
  }
}
