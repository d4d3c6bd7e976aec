import type * as kplus from 'cdk8s-plus-28';
import { checkSignedPath, type SigningKeys } from './aws-signature';
import type { FileSource } from './file-source';
import { httpCredentials, type Credentials, type HttpAuth } from './http-auth';
import { inWords, refuse, refuseWith, type Place } from './private/values/refuse';
import { checkCertificate } from './private/values/urls';
import {
  carriesSecretAlong, checkHeaders, headerText, type HeaderOptions,
} from './request-headers';

/** What an http server is asked with, in `Endpoint.http` and in `DownloadConfig`. */
export interface RequestOptions extends HeaderOptions {
  readonly auth?: HttpAuth;
  readonly caCertificate?: FileSource;
}

/**
 * Refuses a request that cannot be sent.
 *
 * @param url where it is known
 */
export function checkRequest(
  place: Place,
  url: string,
  options: RequestOptions,
): void {
  checkCertificate(place, url, options.caCertificate);
  checkHeaders(place, options);
  if (options.auth) checkAuth(place, url, options.auth, options);
}

function checkAuth(
  place: Place,
  url: string,
  auth: HttpAuth,
  { headers = {} }: HeaderOptions,
): void {
  const { basic, clientCertificate, awsSignature } = httpCredentials.required(auth);
  if (clientCertificate && /^http:/.test(url)) {
    refuse(place, 'auth', 'not be a client certificate for a plain http URL', inWords('one'));
  }
  if (awsSignature) checkSignedPath(place, url, awsSignature);
  const header = Object.keys(headers).find(name => /^authorization$/i.test(name));
  if ((basic || awsSignature) && header !== undefined) {
    refuseWith(place, 'auth', {
      must: `be left out beside the header ${header}`,
      got: inWords(basic ? 'user and password' : 'a signature'),
      remedy: 'a request has one of them',
    });
  }
}

/** The same options, whatever becomes of the maps in them once they are checked. */
export function keptRequest<T extends RequestOptions>(options: T): T {
  const { headers, variables } = options;
  return { ...options, headers: headers && { ...headers }, variables: variables && { ...variables } };
}

/** Whether redirects may be followed: none where one would carry a secret elsewhere. */
export function mayFollow({ headers = {}, auth }: RequestOptions): boolean {
  const { awsSignature }: Credentials = auth ? httpCredentials.required(auth) : {};
  return !awsSignature?.sessionToken && !headerText(headers).some(carriesSecretAlong);
}

/** What a program is told of a request. */
export interface RequestInput {
  readonly env: { readonly [name: string]: kplus.EnvValue | string };
  readonly files: { readonly [path: string]: FileSource };
  /** The property that each of the files comes from, by path. */
  readonly fileProps: { readonly [path: string]: string };
  /** The names of its variables, behind `var_`. */
  readonly variables: readonly string[];
  /** The variables with user and password. */
  readonly credentials: readonly string[];
  /** The variables with what it is signed with. */
  readonly keys: readonly string[];
  readonly hasHeaders: boolean;
  readonly hasClientCertificate: boolean;
}

/**
 * What a program is told of its request, or of one of several.
 *
 * @param number of the request, which tells its variables from those of others
 */
export function requestInput(options: RequestOptions, number?: number): RequestInput {
  const of = number === undefined ? '' : `_${number}`;
  const { headers = {}, variables = {}, auth } = options;
  const { basic, clientCertificate, awsSignature }: Credentials = auth ? httpCredentials.required(auth) : {};
  const lines = headerText(headers);
  const keys = keyEnv(of, awsSignature);
  const names = Object.keys(variables).sort();
  const certificate = `/in/client-certificate${of.replace('_', '-')}`;
  const key = `/in/client-key${of.replace('_', '-')}`;
  return {
    env: {
      ...Object.fromEntries(names.map(name => [`var${of}_${name}`, variables[name]])),
      ...lines.length > 0 ? { [`step_headers${of}`]: lines.join('\n') } : {},
      ...basic ? { [`step_user${of}`]: basic.user, [`step_password${of}`]: basic.password } : {},
      ...clientCertificate
        ? { [`step_client_certificate${of}`]: certificate, [`step_client_key${of}`]: key }
        : {},
      ...keys,
      ...awsSignature ? { [`step_signature${of}`]: awsSignature.scope } : {},
    },
    files: clientCertificate
      ? { [certificate]: clientCertificate.certificate, [key]: clientCertificate.key }
      : {},
    fileProps: clientCertificate ? { [certificate]: 'auth', [key]: 'auth' } : {},
    variables: names.map(name => `${of.slice(1)}${of && '_'}${name}`),
    credentials: basic ? [`step_user${of}`, `step_password${of}`] : [],
    keys: Object.keys(keys),
    hasHeaders: lines.length > 0,
    hasClientCertificate: clientCertificate !== undefined,
  };
}

/** What a request is signed with, by the names of the variables. */
function keyEnv(of: string, signature?: SigningKeys): { [name: string]: kplus.EnvValue } {
  if (signature === undefined) return {};
  const { accessKeyId, secretAccessKey, sessionToken } = signature;
  return {
    [`step_access_key${of}`]: accessKeyId,
    [`step_secret_key${of}`]: secretAccessKey,
    ...sessionToken ? { [`step_session_token${of}`]: sessionToken } : {},
  };
}
