import * as fragment from './fragments';
import { program, type Program } from './program';

export type { Program } from './program';

/** What decides which program a wait needs. */
export interface WaitNeeds {
  /** The schemes of its endpoints, e.g. `tcp`. */
  readonly schemes: ReadonlySet<string>;
  /** Whether there is one endpoint, of TCP, that need be up once only. */
  readonly plain: boolean;
  /** Whether an endpoint must be up several times in a row. */
  readonly inARow: boolean;
  /** Whether an attempt or a pause may take longer than the log may be silent. */
  readonly slow: boolean;
}

const TRIES: { readonly [scheme: string]: readonly string[] } = {
  tcp: [fragment.TRY_TCP],
  dns: [fragment.TRY_DNS],
  http: [fragment.OPTIONS, fragment.TRY_HTTP],
};

/** Waits until endpoints are up. */
export function waitForService({ schemes, plain, inARow, slow }: WaitNeeds): Program {
  const kinds = Object.keys(TRIES).filter(scheme => schemes.has(scheme));
  return program('wait-for-service', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.CLOCK,
    ...kinds.flatMap(scheme => TRIES[scheme]),
    fragment.WAIT_FOR,
    ...plain ? [fragment.WAIT_FOR_ONE] : [
      ...kinds.includes('http') ? [] : [fragment.NO_OPTIONS],
      inARow ? fragment.IN_A_ROW : fragment.ONCE,
      ...slow ? [fragment.HEARTBEAT] : [],
      fragment.WAIT_FOR_ALL,
    ],
  ]);
}

/** What decides which program a download needs. */
export interface DownloadNeeds {
  readonly headers: boolean;
  readonly certificate?: 'text' | 'file';
  readonly sha256: boolean;
}

const CERTIFICATES = { text: fragment.CERTIFICATE_TEXT, file: fragment.CERTIFICATE_FILE };

/** Downloads one file. */
export function downloadConfig({ headers, certificate, sha256 }: DownloadNeeds): Program {
  const plain = !headers && certificate === undefined;
  return program('download-config', [
    fragment.LOG,
    fragment.CLOCK,
    ...sha256 ? [fragment.KEEP_SUM] : [],
    fragment.BEGIN_FILE,
    ...headers ? [fragment.ONE_LINE, fragment.EXPAND] : [],
    ...plain ? [fragment.SEND_PLAIN] : [
      headers ? fragment.HEADERS : fragment.NO_HEADERS,
      certificate ? CERTIFICATES[certificate] : fragment.NO_CERTIFICATE,
      fragment.SEND,
    ],
    fragment.REQUEST,
    sha256 ? fragment.VERIFY_SUM : fragment.VERIFY_ANSWER,
    fragment.JUDGE,
    fragment.DOWNLOAD_CONFIG,
    fragment.TIDY,
  ]);
}

/** Writes one file from a template. */
export function generateConfig(template: 'text' | 'file', variables: boolean): Program {
  return program('generate-config', [
    fragment.LOG,
    fragment.BEGIN_FILE,
    ...variables ? [fragment.LINE_BREAKS] : [],
    template === 'text' ? fragment.TEMPLATE_TEXT : fragment.TEMPLATE_FILE,
    fragment.EXPAND,
    fragment.GENERATE_CONFIG,
    fragment.TIDY,
  ]);
}

/** Runs the user's own program with a time limit. */
export function runBounded(): Program {
  return program('run-bounded', [fragment.LOG, fragment.RUN_BOUNDED, fragment.CLOCK, fragment.RUN_BOUNDED_END]);
}
