import * as fragment from './fragments';
import { program, type Program } from './program';
import { headerLines, readsVariables, tryRequests, whoAsks, type AskNeeds, type RequestNeeds } from './requests';

export type { Program } from './program';
export type { AskNeeds, RequestNeeds } from './requests';

/** What decides which program a wait needs. */
export interface WaitNeeds {
  /** The schemes of its endpoints, e.g. `tcp`; `url` where that is known at run time only. */
  readonly schemes: ReadonlySet<string>;
  /** Whether a host and its port are known at run time only. */
  readonly hostsFromOutside?: boolean;
  /** Whether a name that is tried over TCP may have several addresses. */
  readonly severalAddresses?: boolean;
  /** Whether there is one endpoint only. */
  readonly single: boolean;
  /** Whether an endpoint must be up several times in a row. */
  readonly inARow: boolean;
  /** Whether the log would be silent for too long if only attempts wrote to it. */
  readonly slow: boolean;
  /** What its requests of http have beside an address. */
  readonly request?: AskNeeds;
  /** Whether the addresses of a name must be counted. */
  readonly countsAddresses?: boolean;
}

const TRIES: { readonly [scheme: string]: (needs: WaitNeeds) => readonly string[] } = {
  tcp: () => [fragment.TRY_TCP],
  dns: tryNames,
  http: ({ request }) => tryRequests(request),
};

/** What it takes to look names up. */
function tryNames({ schemes, severalAddresses, countsAddresses }: WaitNeeds): string[] {
  if (!countsAddresses) return [fragment.ENOUGH, fragment.TRY_DNS];
  return [
    ...severalAddresses ? [] : [fragment.LOOK_UP],
    ...schemes.has('http') ? [] : [fragment.OPTIONS_OF_NAMES],
    fragment.COUNT_ADDRESSES,
    fragment.TRY_DNS,
  ];
}

/** What is asked in the protocol of the server, by the schemes of `AppProtocol`. */
const ASKS: { readonly [scheme: string]: string } = {
  postgres: fragment.TRY_POSTGRES,
  mysql: fragment.TRY_MYSQL,
  redis: fragment.TRY_REDIS,
  mongodb: fragment.TRY_MONGODB,
  cassandra: fragment.TRY_CASSANDRA,
  kafka: fragment.TRY_KAFKA,
  amqp: fragment.TRY_AMQP,
};

/** What a URL that is known at run time only may stand for. */
const ANY = ['tcp', 'http', ...Object.keys(ASKS)];

/** How a server is found. */
function aim({ schemes, severalAddresses }: WaitNeeds): string[] {
  if (schemes.has('url')) return [fragment.LOOK_UP, fragment.AIM_ANY];
  return severalAddresses ? [fragment.LOOK_UP, fragment.AIM] : [fragment.AIM_ONE];
}

/** What it takes to connect to them by nc. */
function connect(needs: WaitNeeds, schemes: ReadonlySet<string>): string[] {
  return [
    ...aim(needs),
    fragment.WHY_NOT,
    ...!schemes.has('tcp') ? [] : [schemes.has('http') ? fragment.HOLD_BY_CURL : fragment.HOLD],
  ];
}

/** What it takes to learn where they are, as far as that is known at run time only. */
function addresses({ schemes, hostsFromOutside }: WaitNeeds): string[] {
  const isAny = schemes.has('url');
  if (!isAny && !hostsFromOutside) return [];
  return [
    fragment.VALUES,
    ...hostsFromOutside ? [fragment.HOST_FROM] : [],
    ...isAny ? [fragment.URL_FROM, fragment.TRY_TLS] : [],
    fragment.ADDRESSES,
  ];
}

/** Waits until endpoints are up. */
export function waitForService(needs: WaitNeeds): Program {
  const { single, inARow, slow, countsAddresses } = needs;
  const schemes = new Set(needs.schemes.has('url') ? [...needs.schemes, ...ANY] : needs.schemes);
  const kinds = Object.keys(TRIES).filter(scheme => schemes.has(scheme));
  const asks = Object.keys(ASKS).filter(scheme => schemes.has(scheme));
  const plain = single && needs.schemes.has('tcp') && !inARow && !slow;
  return program('wait-for-service', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.CLOCK,
    ...kinds.includes('tcp') || asks.length > 0 ? connect(needs, schemes) : [],
    ...countsAddresses || readsVariables(needs.request) ? [fragment.VARIABLE] : [],
    ...kinds.flatMap(scheme => TRIES[scheme]({ ...needs, schemes })),
    ...asks.length > 0 ? [fragment.TALK] : [],
    ...asks.map(scheme => ASKS[scheme]),
    ...addresses(needs),
    fragment.RETRY,
    ...plain ? [fragment.WAIT_FOR_ONE] : [
      ...kinds.includes('http') || countsAddresses ? [] : [fragment.NO_OPTIONS],
      fragment.SHOW,
      fragment.ONCE,
      ...inARow ? [fragment.IN_A_ROW] : [],
      ...slow || inARow || !single ? [fragment.STILL_WAITING, fragment.HEARTBEAT] : [],
      ...single ? [fragment.WAIT_FOR_SINGLE, fragment.START, fragment.END] : [fragment.WAIT_FOR_ALL],
    ],
  ]);
}

/** What decides how a program puts a file in place. */
export interface FileNeeds {
  /** Whether a file that is there stays. */
  readonly keep?: boolean;
  /** Whether other pods may write it, too. */
  readonly shared?: boolean;
  /** Whether it lies in a folder that may have to be made. */
  readonly inFolder?: boolean;
}

function file({ keep, shared, inFolder }: FileNeeds = {}): string[] {
  return [
    fragment.FILE,
    ...shared ? [] : [fragment.MAKE_ROOM],
    keep ? fragment.KEEP_FILE : fragment.END_FILE,
    ...inFolder ? [fragment.MAKE_FOLDER] : [],
    ...shared ? [fragment.PART_OF_POD] : [],
  ];
}

/** What decides which program a download needs. */
export interface DownloadNeeds extends RequestNeeds {
  readonly file?: FileNeeds;
  readonly certificate?: 'text' | 'file';
  /** Whether redirects are followed. */
  readonly redirects?: boolean;
  /** What vouches for an answer. */
  readonly verify: 'sum' | 'length' | 'nothing';
}

const CERTIFICATES = { text: fragment.CERTIFICATE_TEXT, file: fragment.CERTIFICATE_FILE };
const VERIFY = {
  sum: [fragment.VERIFY_SUM],
  length: [fragment.REQUIRE_LENGTH, fragment.VERIFY_ANSWER],
  nothing: [fragment.ANY_LENGTH, fragment.VERIFY_ANSWER],
};

/** What it takes to ask for a file. */
function send(needs: DownloadNeeds): string[] {
  const { hasHeaders, hasUser, certificate, hasClientCertificate, redirects = true } = needs;
  if (!hasHeaders && !hasUser && !hasClientCertificate && certificate === undefined) {
    return [redirects ? fragment.SEND_PLAIN : fragment.SEND_ONCE];
  }
  const isKnown = hasUser || hasClientCertificate;
  return [
    ...hasClientCertificate ? [fragment.VARIABLE] : [],
    ...isKnown ? whoAsks(needs) : headerLines(needs),
    certificate ? CERTIFICATES[certificate] : fragment.NO_CERTIFICATE,
    isKnown ? fragment.SEND_AS : fragment.SEND,
  ];
}

/** Downloads one file. */
export function downloadConfig(needs: DownloadNeeds): Program {
  const { verify } = needs;
  return program('download-config', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.CLOCK,
    ...file(needs.file),
    ...verify === 'sum' ? [fragment.KEEP_SUM] : [],
    ...send(needs),
    fragment.REQUEST,
    ...VERIFY[verify],
    fragment.PRINTABLE,
    fragment.JUDGE,
    fragment.BEGIN_FILE,
    fragment.RETRY,
    fragment.DOWNLOAD_CONFIG,
    fragment.START_DOWNLOAD,
    fragment.HEARTBEAT,
    fragment.START,
    fragment.END,
  ]);
}

/** What decides which program an archive needs. */
export interface ArchiveNeeds extends Omit<DownloadNeeds, 'file'> {
  readonly format: 'tar' | 'tar.gz' | 'zip';
  /** Whether entries that are there stay. */
  readonly keep: boolean;
}

const UNPACK = { 'tar': fragment.UNPACK_TAR, 'tar.gz': fragment.UNPACK_TAR_GZ, 'zip': fragment.UNPACK_ZIP };

/** Downloads an archive and unpacks it. */
export function downloadArchive(needs: ArchiveNeeds): Program {
  const { format, keep, verify } = needs;
  return program('download-archive', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.CLOCK,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    UNPACK[format],
    fragment.CHECK_ARCHIVE,
    fragment.ARCHIVE,
    ...send(needs),
    fragment.REQUEST,
    ...VERIFY[verify],
    fragment.JUDGE,
    fragment.RETRY,
    fragment.DOWNLOAD_CONFIG,
    ...keep ? [fragment.KEEP_WANTED] : [],
    fragment.START_ARCHIVE,
    fragment.START_DOWNLOAD,
    fragment.HEARTBEAT,
    fragment.START,
    fragment.END,
  ]);
}

/** What decides which program a generated file needs. */
export interface GenerateNeeds {
  readonly file?: FileNeeds;
  /** Where the template is. */
  readonly template: 'text' | 'file';
  readonly variables: boolean;
  /** Whether values may have to be encoded. */
  readonly encodings: boolean;
  /** Whether the placeholders that nobody declared are meant to stay. */
  readonly keepUndeclared: boolean;
}

/** Writes one file from a template. */
export function generateConfig(needs: GenerateNeeds): Program {
  const { template, variables, encodings, keepUndeclared } = needs;
  return program('generate-config', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...file(needs.file),
    ...variables ? [fragment.LINE_BREAKS] : [],
    ...template === 'text' ? [fragment.TEMPLATE_TEXT] : [fragment.REQUIRE_TEXT, fragment.TEMPLATE_FILE],
    keepUndeclared ? fragment.KEEP_LEFT : fragment.SAY_LEFT,
    encodings ? fragment.ENCODE : fragment.NO_ENCODE,
    fragment.EXPAND,
    fragment.BEGIN_FILE,
    fragment.FILL,
    fragment.GENERATE_CONFIG,
  ]);
}

/** What decides which program prepares a volume. */
export interface PrepareNeeds {
  /** Whose the folders become: with all that is in them, alone, or nobody's. */
  readonly owner: 'all' | 'folder' | 'nobody';
  readonly mode: boolean;
  readonly removeLostAndFound: boolean;
}

const OWN = {
  all: [fragment.OWN, fragment.OWN_ALL],
  folder: [fragment.OWN, fragment.OWN_FOLDER],
  nobody: [fragment.NO_OWN],
};

/** Gives folders of a volume an owner and a mode. */
export function prepareVolume({ owner, mode, removeLostAndFound }: PrepareNeeds): Program {
  return program('prepare-volume', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.CLOCK,
    removeLostAndFound ? fragment.REMOVE_LOST_AND_FOUND : fragment.NO_REMOVE,
    ...OWN[owner],
    mode ? fragment.PERMIT : fragment.NO_PERMIT,
    fragment.PREPARE_VOLUME,
    fragment.HEARTBEAT,
    fragment.START_PREPARE,
    fragment.END,
  ]);
}

/** Copies files of its image. */
export function copyFromImage({ keep }: { readonly keep: boolean }): Program {
  return program('copy-from-image', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    fragment.COPY_FROM_IMAGE,
    fragment.START_COPY,
    fragment.END,
  ]);
}

/** What decides which program copies files. */
export interface CopyNeeds {
  /** Whether files that are there stay. */
  readonly keep: boolean;
  /** What is done with texts that have variables; nothing has any without it. */
  readonly expand?: Pick<GenerateNeeds, 'encodings' | 'keepUndeclared'>;
}

/** Puts files of ConfigMaps and Secrets, and texts, into a folder. */
export function copyFiles({ keep, expand }: CopyNeeds): Program {
  return program('copy-files', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    ...expand ? [
      fragment.LINE_BREAKS,
      expand.keepUndeclared ? fragment.KEEP_LEFT : fragment.SAY_LEFT,
      expand.encodings ? fragment.ENCODE : fragment.NO_ENCODE,
      fragment.EXPAND,
      fragment.REQUIRE_TEXT,
      fragment.PRODUCE_EXPANDED,
    ] : [fragment.PRODUCE],
    fragment.FILL,
    fragment.COPY_FILES,
  ]);
}

/** Adds certificates to those that an image trusts. */
export function trustCertificates(needs: { readonly file?: FileNeeds }): Program {
  return program('trust-certificates', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...file(needs.file),
    fragment.PRODUCE,
    fragment.BEGIN_FILE,
    fragment.FILL,
    fragment.TRUST_CERTIFICATES,
  ]);
}

/** Runs the user's own program with a time limit. */
export function runBounded(): Program {
  return program('run-bounded', [
    fragment.LOG,
    fragment.RUN_BOUNDED,
    fragment.CLOCK,
    fragment.RUN_BOUNDED_END,
  ]);
}
