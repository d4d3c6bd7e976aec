import { httpCredentials, type Credentials, type HttpAuth } from './http-auth';
import type { StepWarning } from './init-step-props';
import { readableHeaders, type HeaderOptions } from './request-headers';
import { doubtsInFile, doubtsInValue, doubtsOnItsWay } from './secret-doubts';

/** A request, as far as something may be doubtful about it. */
export interface DoubtfulRequest extends HeaderOptions {
  readonly url: string;
  readonly auth?: HttpAuth;
}

/** What is seldom meant in a request: secrets that others can read, and a region that is another one. */
export function doubtsInRequest(request: DoubtfulRequest): StepWarning[] {
  const { url, auth } = request;
  const { basic, clientCertificate, awsSignature }: Credentials = auth ? httpCredentials.required(auth) : {};
  return [
    ...readableHeaders(request),
    ...readableSignature(url),
    ...doubtsInValue('password', basic?.password),
    ...basic ? doubtsOnItsWay(basic.password.value === '' ? 'user' : 'password', url) : [],
    ...clientCertificate ? doubtsInFile('key', clientCertificate.key) : [],
    ...doubtsInValue('secretAccessKey', awsSignature?.secretAccessKey),
    ...doubtsInValue('sessionToken', awsSignature?.sessionToken),
    ...awsSignature ? otherRegion(url, awsSignature.scope.split(':')[2]) : [],
  ];
}

/** What is signed by AWS, Google and Azure: whoever has the URL may ask. */
function readableSignature(url: string): StepWarning[] {
  const [, name] = /[?&](X-Amz-Signature|X-Goog-Signature|sig)=[^&$]/i.exec(url) ?? [];
  if (name === undefined) return [];
  return [{
    message: `has a url with ${name}, with which whoever reads the YAML may ask, too`,
    remedy: "write url: '${URL}', and in variables URL: EnvValue.fromSecretValue({ secret, key })",
  }];
}

/** The region in the names of the hosts of AWS. */
const REGION = /^https?:\/\/[^/?#]*[-.]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?(?=[:/?#]|$)/i;

function otherRegion(url: string, region: string): StepWarning[] {
  const [, inHost] = REGION.exec(url) ?? [];
  if (inHost === undefined || inHost === region) return [];
  return [{
    message: `signs for region ${region}, but its url is that of ${inHost}, which refuses that`,
    remedy: `write region: '${inHost}'`,
  }];
}
