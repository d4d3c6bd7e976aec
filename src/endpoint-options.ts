import type * as kplus from 'cdk8s-plus-28';
import { AppProtocol } from './app-protocol';
import { FILE_SOURCE, type FileSource } from './file-source';
import { HTTP_AUTH, type HttpAuth } from './http-auth';
import {
  checkOptions, isGiven, listOf, mapOf, memberOf, type Kinds,
} from './private/values/kind';
import { FLAG, NUMBER, SECRET_VALUE, TEXT } from './private/values/kinds';
import { refuseWith, type Place } from './private/values/refuse';

/** Options of `Endpoint.service`. */
export interface ServiceEndpointOptions {
  /**
   * The port number of the Service to try. A headless Service is tried on the target port that belongs to it.
   *
   * @default - the Service's only TCP port; an ExternalName Service has none
   */
  readonly port?: number;

  /**
   * Also expect an answer of 200 to 299 at this path, e.g. '/healthz', over plain http.
   *
   * @default - an open port is enough
   */
  readonly httpPath?: string;

  /**
   * Expect an answer in this protocol.
   *
   * @default - an open port is enough
   * @throws when `httpPath` is given as well
   */
  readonly appProtocol?: AppProtocol;
}

/** Options of `Endpoint.tcp`. */
export interface TcpEndpointOptions {
  /**
   * Expect an answer in this protocol.
   *
   * @default - an open port is enough
   */
  readonly appProtocol?: AppProtocol;
}

/** Options of `Endpoint.http`. */
export interface HttpEndpointOptions {
  /**
   * Statuses that count as up.
   *
   * @default - 200 to 299
   */
  readonly statusCodes?: number[];

  /**
   * Whether redirects are followed, at most 10, and never from https to http.
   *
   * @default - true, unless `statusCodes` names a redirect
   */
  readonly followRedirects?: boolean;

  /**
   * Certificates to trust for https, in PEM form; they replace those of the image. Inline ones, and those
   * of a `FileSource.concat`, serve one connection: for a server that redirects to another one use
   * `FileSource.fromConfigMap` or `fromSecret`.
   *
   * @default - those of the image
   */
  readonly caCertificate?: FileSource;

  /**
   * Request headers; `${NAME}` of a declared variable is replaced at run time, and no other `${` may be in them.
   *
   * With a header that holds a variable and is neither `Authorization` nor `Cookie` (which curl sends to the first host
   * only), redirects are not followed, for they would carry the secret elsewhere.
   *
   * @default - none
   * @throws when a name is none, a value is empty or holds a line break, or a variable is not declared
   */
  readonly headers?: { [name: string]: string };

  /**
   * Variables of `headers`, e.g. a token from a Secret; they appear in no log. Each endpoint has its own.
   *
   * At run time a variable that is missing, empty or holds a line break fails the step (exit 2).
   *
   * @default - none
   * @throws when no header uses one, or a resource field names no container
   */
  readonly variables?: { [name: string]: kplus.EnvValue };

  /**
   * Who asks.
   *
   * @default - nobody
   * @throws when it is a client certificate for plain http, or another one beside a header `Authorization`
   */
  readonly auth?: HttpAuth;

  /**
   * Text that the first 64 KiB of the body must contain, byte for byte, e.g. '"status":"UP"'.
   *
   * No more of the body is fetched. Where it never ends, the attempt takes all of its time.
   *
   * @default - the body is not looked at
   * @throws when it is empty, longer than 64 KiB or holds a NUL character, or `statusCodes` names one without a body
   */
  readonly bodyContains?: string;
}

/** Options of `Endpoint.dns`. */
export interface DnsEndpointOptions {
  /**
   * So many different addresses, e.g. all peers of a headless Service.
   *
   * They are those in /etc/hosts, or else those that the name servers tell for the first name of the search list that
   * exists. What has no room in an answer of 512 bytes is not counted: more than about 29 IPv4 addresses, or 16 of
   * IPv6.
   *
   * @default 1
   * @throws when it is no whole number from 1 to 47, or more than 1 for `localhost`
   */
  readonly minAddresses?: number;
}

export const SERVICE_OPTIONS: Kinds<ServiceEndpointOptions> = {
  port: NUMBER,
  httpPath: TEXT,
  appProtocol: memberOf(AppProtocol),
};

export const TCP_OPTIONS: Kinds<TcpEndpointOptions> = {
  appProtocol: memberOf(AppProtocol),
};

export const HTTP_OPTIONS: Kinds<HttpEndpointOptions> = {
  statusCodes: listOf(NUMBER),
  followRedirects: FLAG,
  caCertificate: FILE_SOURCE,
  headers: mapOf(TEXT),
  variables: mapOf(SECRET_VALUE),
  auth: HTTP_AUTH,
  bodyContains: TEXT,
};

export const DNS_OPTIONS: Kinds<DnsEndpointOptions> = {
  minAddresses: NUMBER,
};

/** Whose options they are. */
const OWNERS: readonly (readonly [name: string, kinds: object])[] = [
  ['Endpoint.service', SERVICE_OPTIONS],
  ['Endpoint.tcp', TCP_OPTIONS],
  ['Endpoint.http', HTTP_OPTIONS],
  ['Endpoint.dns', DNS_OPTIONS],
];

/** Refuses those of another kind of endpoint, too: without them a wait would be weaker than it is written. */
export function checkEndpointOptions<T extends object>(
  place: Place,
  options: T | undefined,
  kinds: Kinds<T>,
): T {
  const said = checkOptions(place, options ?? {} as T, kinds);
  for (const [prop, got] of Object.entries(said)) {
    const [owner] = OWNERS.find(([, known]) => prop in known) ?? [];
    if (prop in kinds || owner === undefined || !isGiven(got)) continue;
    refuseWith(place, prop, { must: 'be left out here', got, remedy: `it is an option of ${owner}` });
  }
  return said;
}
