import { AppProtocol } from './app-protocol';
import { FILE_SOURCE, type FileSource } from './file-source';
import { listOf, memberOf, type Kinds } from './private/values/kind';
import { FLAG, NUMBER, TEXT } from './private/values/kinds';
import { inWords, refuse, refuseWith, type Place } from './private/values/refuse';

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
   * Certificates to trust for https, in PEM form; they replace those of the image. Inline ones serve one
   * connection: for a server that redirects to another one use `FileSource.fromConfigMap` or `fromSecret`.
   *
   * @default - those of the image
   */
  readonly caCertificate?: FileSource;
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
};

/** Whether a status leads to another URL. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Refuses statuses that no server answers. */
export function checkStatusCodes(place: Place, codes?: number[]): void {
  if (codes?.length === 0) {
    refuseWith(place, 'statusCodes', {
      must: 'name at least one status',
      got: inWords('none'),
      remedy: 'leave it out for 200 to 299',
    });
  }
  for (const code of codes ?? []) {
    if (!Number.isInteger(code) || code < 100 || code > 599) {
      refuse(place, 'statusCodes', 'be between 100 and 599', code);
    }
  }
}
