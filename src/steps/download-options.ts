import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { textInput, type TextInput } from './text-input';
import type { ToolStep } from './tool-step';
import { FILE_SOURCE, type FileSource } from '../file-source';
import { HTTP_AUTH, type HttpAuth } from '../http-auth';
import {
  checkRequest, mayFollow, requestInput, type RequestInput,
} from '../http-request';
import { defaultsAt } from '../init-defaults';
import { mapOf, required, type Kinds } from '../private/values/kind';
import { DURATION, FLAG, SECRET_VALUE, TEXT } from '../private/values/kinds';
import { wholeSeconds } from '../private/values/quantity';
import { refuseWith, type NewPlace } from '../private/values/refuse';
import type { DownloadNeeds } from '../programs';
import { isPlainDownload } from '../programs/downloads';
import { checkUrlTemplate, urlHasVariables } from '../url-template';
import { listedNames } from '../variables';

/** Where a download comes from. */
export interface DownloadOptions {
  /**
   * An http or https URL without credentials.
   *
   * `${NAME}` of a declared variable is replaced at run time: a version, a token, or all of it, as in `'${URL}'` for a
   * presigned URL. `${NAME|url}` is its value with all percent-encoded but letters, digits and `-._~`. The log has the
   * URL as it is written here, up to its `?`; beside variables it neither names where a redirect leads to, nor quotes
   * what curl says, which might show them.
   *
   * At run time a value that must be percent-encoded, and a URL that is not of http or https, fail the step (exit 2).
   *
   * @throws when it is no URL, of another scheme, names no host, holds credentials or a fragment, or uses a variable
   * that is not declared
   */
  readonly url: string;

  /**
   * Checksum, 64 hex digits, of what is downloaded. What has another one fails the step and is not put in place.
   *
   * With it a download that breaks off is continued, if the server can do so: in the next attempt, in the next run of
   * the step, and in a volume that outlives the pod also in the next pod. What has come waits in a hidden file, which
   * only its user may read; where another pod left it, there must be room for a second one.
   *
   * @default - not verified
   * @throws when it is not 64 hex digits
   */
  readonly sha256?: string;

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
   * Variables of `url` and `headers`, e.g. a token from a Secret; they appear in no log.
   *
   * At run time a variable that is missing, empty or holds a line break fails the step (exit 2).
   *
   * @default - none
   * @throws when neither uses one, or a resource field names no container
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
   * Whether redirects are followed, at most 10, and never from https to http. Without it one fails the step
   * (exit 1).
   *
   * @default true
   */
  readonly followRedirects?: boolean;

  /**
   * Certificates to trust for https, in PEM form; they replace those of the image. Inline ones, and those
   * of a `FileSource.concat`, serve one connection: for a server that redirects to another one use
   * `FileSource.fromConfigMap` or `fromSecret`.
   *
   * @default - those of the image
   * @throws when the URL is plain http
   */
  readonly caCertificate?: FileSource;

  /**
   * Budget of the whole step, retries included, in whole seconds; when it is used up, the step fails (exit 124).
   *
   * Connections that fail or are not made in 5 s, answers that are truncated or pause for half of this time,
   * certificates that are not valid yet, and the statuses 408, 425, 429 and 5xx are tried again until then,
   * not before the time that `Retry-After` names in seconds; any other answer fails the step at once (exit
   * 1), and so does an empty one, a compressed one, or one of unknown length, unless `sha256` vouches for it.
   *
   * @default Duration.minutes(11)
   * @throws when it is not between one second and one day
   */
  readonly timeout?: Duration;
}

export const DOWNLOAD_OPTIONS: Kinds<DownloadOptions> = {
  url: required(TEXT),
  sha256: TEXT,
  headers: mapOf(TEXT),
  variables: mapOf(SECRET_VALUE),
  auth: HTTP_AUTH,
  followRedirects: FLAG,
  caCertificate: FILE_SOURCE,
  timeout: DURATION,
};

/** What a program is told of its download, and which program that takes. */
export interface Download {
  readonly needs: DownloadNeeds;
  readonly env: ToolStep['env'];
  readonly files: TextInput['files'];
  readonly names: ToolStep['names'];
  readonly timeout: Duration;
}

/** Checks where a download comes from. */
export function downloadOf(
  place: NewPlace,
  options: DownloadOptions & { readonly allowUnknownLength?: boolean },
): Download {
  const {
    url, sha256, caCertificate, variables, timeout = defaultsAt(place.scope).timeout,
  } = options;
  checkUrlTemplate(place, url, variables);
  checkRequest(place, url, options);
  if (sha256 !== undefined) checkSum(place, sha256);
  const certificate = caCertificate && textInput('ca_certificate', caCertificate);
  const request = requestInput(options);
  const inUrl = urlHasVariables(url);
  const needs: DownloadNeeds = {
    hasHeaders: request.hasHeaders,
    hasUser: request.credentials.length > 0,
    hasClientCertificate: request.hasClientCertificate,
    certificate: certificate?.form,
    signs: request.keys.length > 0,
    urlHasVariables: inUrl,
    redirects: follows(options),
    verify: verification(options),
  };
  return {
    needs,
    env: {
      ...certificate?.env,
      ...requestEnv(request, inUrl),
      step_max_redirects: isPlainDownload(needs) ? undefined : `${needs.redirects ? 10 : 0}`,
      step_sha256: sha256?.toLowerCase(),
      step_timeout: `${wholeSeconds(place, 'timeout', timeout)}`,
      step_url: url,
    },
    files: { ...certificate?.files, ...request.files },
    names: { files: 'caCertificate', ...request.fileProps },
    timeout,
  };
}

function checkSum(place: NewPlace, sha256: string): void {
  if (/^[0-9a-f]{64}$/i.test(sha256)) return;
  const [, prefix] = /^(sha256[:=-]\s*)[0-9a-f]{64}$/i.exec(sha256) ?? [];
  const remedy = prefix && `leave out ${prefix.trim()}`;
  refuseWith(place, 'sha256', { must: 'be 64 hexadecimal digits', got: sha256, remedy });
}

/** What vouches for an answer. */
function verification({
  sha256,
  allowUnknownLength,
}: DownloadOptions & { readonly allowUnknownLength?: boolean }): 'sum' | 'length' | 'nothing' {
  if (sha256 !== undefined) return 'sum';
  return allowUnknownLength ? 'nothing' : 'length';
}

/** A redirect would carry a secret elsewhere, unless curl holds it back. */
function follows(options: DownloadOptions): boolean {
  return (options.followRedirects ?? true) && mayFollow(options);
}

/** What tells its headers, its variables and who asks to the program. */
function requestEnv(
  { env, hasHeaders, variables, credentials, keys }: RequestInput,
  inUrl: boolean,
): ToolStep['env'] {
  return {
    ...env,
    step_credentials: credentials.length > 0 ? credentials.join(' ') : undefined,
    step_keys: keys.length > 0 ? keys.join(' ') : undefined,
    step_variables: hasHeaders || inUrl ? listedNames(variables) : undefined,
  };
}
