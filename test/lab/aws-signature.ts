/** AWS signature version 4, worked out anew as AWS documents it for S3. */
import { createHash, createHmac } from 'crypto';
import type { IncomingMessage } from 'http';
import type { Answer } from './servers';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encoded = (text: string) => encodeURIComponent(decodeURIComponent(text))
  .replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** What is in the header of a request that is signed. */
interface Signed {
  readonly keyId: string;
  /** Day, region, service and the end. */
  readonly scope: string[];
  readonly headers: string[];
  readonly signature: string;
}

function signedIn({ headers: { authorization = '' } }: IncomingMessage): Signed {
  const [, credential = '', headers = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
  const [keyId, ...scope] = credential.split('/');
  return { keyId, scope, headers: headers.split(';'), signature };
}

/** The request as it is signed. */
function canonical({ method, url = '', headers }: IncomingMessage, signed: string[]): string {
  const [path, query = ''] = url.split('?');
  const pairs = query.split('&').filter(Boolean).map(each => {
    const [name, value = ''] = each.split('=').map(encoded);
    return `${name}=${value}`;
  });
  return [
    method,
    path.split('/').map(encoded).join('/'),
    pairs.sort().join('&'),
    ...signed.map(name => `${name}:${String(headers[name]).trim()}`),
    '',
    signed.join(';'),
    headers['x-amz-content-sha256'] ?? sha256(''),
  ].join('\n');
}

/** Answers those who sign with one of these keys for this region and service, and others with status 403. */
export function signedBy(keys: { [keyId: string]: string }, scope: string, answer: Answer): Answer {
  return (request, response) => {
    const signed = signedIn(request);
    const [day, ...others] = signed.scope;
    const text = [
      'AWS4-HMAC-SHA256', request.headers['x-amz-date'], signed.scope.join('/'),
      sha256(canonical(request, signed.headers)),
    ].join('\n');
    const key = [day, ...others].reduce<string | Buffer>(hmac, `AWS4${keys[signed.keyId]}`);
    const isRight = others.join('/') === scope && hmac(key, text).toString('hex') === signed.signature;
    if (isRight) answer(request, response);
    else response.writeHead(403).end('SignatureDoesNotMatch');
  };
}
