import { Size, type Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { destinationOf, FILE_STEP_PROPS, type Destination, type FileStepProps } from './file-step';
import { textInput } from './text-input';
import { toolStep, type ToolStep } from './tool-step';
import { FILE_SOURCE, type FileSource } from '../file-source';
import { HTTP_AUTH, type HttpAuth } from '../http-auth';
import { checkRequest, mayFollow, requestInput, type RequestInput } from '../http-request';
import { defaultsAt } from '../init-defaults';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { checkUrl } from '../private/values/checks';
import { checkKinds, checkNames, mapOf, required, type Kinds } from '../private/values/kind';
import { DURATION, ENV_VALUE, FLAG, SIZE, TEXT } from '../private/values/kinds';
import { bytes, wholeSeconds } from '../private/values/quantity';
import { placeOf, refuseWith, type NewPlace } from '../private/values/refuse';
import { downloadConfig } from '../programs';
import type { SharedFile } from '../shared-directory';

/** Options of `DownloadConfig`. */
export interface DownloadConfigProps extends FileStepProps {
  /**
   * An http or https URL without credentials.
   *
   * @throws when it is no URL, of another scheme, names no host, or holds credentials or a fragment
   */
  readonly url: string;

  /**
   * Checksum, 64 hex digits; a file that has it already is not fetched again. A file that has another one
   * fails the step and is not put in place.
   *
   * @default - not verified
   * @throws when it is not 64 hex digits
   */
  readonly sha256?: string;

  /**
   * Whether to take an answer without a checksum that tells neither its length nor its end. When the
   * connection is lost, such an answer looks whole; without this the step fails instead (exit 1). Servers of
   * HTTP/1.0 and some scripts behind a web server answer so.
   *
   * @default false
   */
  readonly allowUnknownLength?: boolean;

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
   * Variables of `headers`, e.g. a token from a Secret; they appear in no log.
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
   * @throws when it is a client certificate for plain http, or user and password beside a header `Authorization`
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
   * Certificates to trust for https, in PEM form; they replace those of the image. Inline ones serve one
   * connection: for a server that redirects to another one use `FileSource.fromConfigMap` or `fromSecret`.
   *
   * @default - those of the image
   * @throws when the URL is plain http
   */
  readonly caCertificate?: FileSource;

  /**
   * A larger answer fails the step (exit 1) as soon as it is seen to be larger.
   *
   * @default Size.mebibytes(10)
   * @throws when it is not in whole kibibytes, more than the `sizeLimit` of `directory`, or, if that is in
   * memory, not less than the memory limit of the step
   */
  readonly maxSize?: Size;

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

const PROPS: Kinds<DownloadConfigProps> = {
  ...FILE_STEP_PROPS,
  url: required(TEXT),
  sha256: TEXT,
  allowUnknownLength: FLAG,
  headers: mapOf(TEXT),
  variables: mapOf(ENV_VALUE),
  auth: HTTP_AUTH,
  followRedirects: FLAG,
  caCertificate: FILE_SOURCE,
  maxSize: SIZE,
  timeout: DURATION,
};

/**
 * Downloads one file and verifies it before anything reads it.
 *
 * The file appears whole and verified or not at all; running the step again replaces it, and where there is no room
 * for two, the old one goes first. Runs in the curl image.
 *
 * @example
 * new DownloadConfig(web, 'download-flags', {
 *   url: 'https://flags.example.com/shop.json',
 *   headers: { Authorization: 'Bearer ${TOKEN}' },
 *   variables: { TOKEN: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'token' }) },
 *   path: '/app/flags.json',
 * });
 */
export class DownloadConfig extends InitStep {
  /** The file that it writes. */
  public readonly file: SharedFile;

  public constructor(scope: Construct, id: string, props: DownloadConfigProps) {
    const place = placeOf('DownloadConfig', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === DownloadConfig) checkNames(place, props, PROPS);
    const maxSize = props.maxSize ?? Size.mebibytes(10);
    const destination = destinationOf(place, props, maxSize);
    super(scope, id, download(place, props, maxSize, destination));
    this.file = this.outputFiles[destination.path];
  }
}

function download(
  place: NewPlace,
  props: DownloadConfigProps,
  maxSize: Size,
  { env, needs, outputFiles }: Destination,
): InitStepProps {
  const { url, sha256, caCertificate, timeout = defaultsAt(place.scope).timeout } = props;
  checkUrl(place, 'url', url);
  checkRequest(place, url, props);
  if (sha256 !== undefined) checkSum(place, sha256);
  const certificate = caCertificate && textInput('ca_certificate', caCertificate);
  const request = requestInput(props);
  const program = downloadConfig({
    file: needs,
    hasHeaders: request.hasHeaders,
    hasUser: request.credentials.length > 0,
    hasClientCertificate: request.hasClientCertificate,
    certificate: certificate && (caCertificate!.text === undefined ? 'file' : 'text'),
    redirects: props.followRedirects ?? true,
    verify: verification(props),
  });
  return toolStep(place, {
    program,
    tools: 'curlImage',
    env: {
      ...env,
      ...certificate?.env,
      ...requestEnv(request),
      step_max_redirects: isPlain(props) ? undefined : mostRedirects(props),
      step_max_size: `${bytes(place, 'maxSize', maxSize)}`,
      step_sha256: sha256?.toLowerCase(),
      step_timeout: `${wholeSeconds(place, 'timeout', timeout)}`,
      step_url: url,
    },
    files: { ...certificate?.files, ...request.files },
    names: { files: 'caCertificate' },
    outputFiles,
    endsWithin: timeout,
  }, props);
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
}: DownloadConfigProps): 'sum' | 'length' | 'nothing' {
  if (sha256 !== undefined) return 'sum';
  return allowUnknownLength ? 'nothing' : 'length';
}

/** Whether a request is one of curl without more. */
function isPlain({ headers = {}, auth, caCertificate }: DownloadConfigProps): boolean {
  return Object.keys(headers).length === 0 && auth === undefined && caCertificate === undefined;
}

/** A redirect would carry a secret elsewhere, unless curl holds it back. */
function mostRedirects(props: DownloadConfigProps): string {
  return (props.followRedirects ?? true) && mayFollow(props) ? '10' : '0';
}

/** What tells its headers and who asks to the program. */
function requestEnv({ env, hasHeaders, variables, credentials }: RequestInput): ToolStep['env'] {
  return {
    ...env,
    step_credentials: credentials.length > 0 ? credentials.join(' ') : undefined,
    step_variables: hasHeaders ? variables.join(' ') : undefined,
  };
}
