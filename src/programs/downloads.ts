import { CLOCK } from './clock';
import { file, type FileNeeds } from './files';
import * as fragment from './fragments';
import { program, type Program } from './program';
import { headerLines, whoAsks, type RequestNeeds } from './requests';

/** What decides which program a download needs. */
export interface DownloadNeeds extends RequestNeeds {
  readonly file?: FileNeeds;
  /** Where certificates to trust are. */
  readonly certificate?: 'text' | 'file' | 'parts';
  /** Whether the URL is known in the pod only. */
  readonly urlHasVariables?: boolean;
  /** Whether redirects are followed. */
  readonly redirects?: boolean;
  /** What vouches for an answer. */
  readonly verify: 'sum' | 'length' | 'nothing';
}

const CERTIFICATES = {
  text: [fragment.CERTIFICATE_TEXT],
  file: [fragment.CERTIFICATE_FILE],
  parts: [fragment.JOIN, fragment.CERTIFICATE_PARTS],
};
const VERIFY = {
  sum: [fragment.CONTINUE_PART],
  length: [fragment.FROM_THE_START, fragment.REQUIRE_LENGTH, fragment.VERIFY_ANSWER],
  nothing: [fragment.FROM_THE_START, fragment.ANY_LENGTH, fragment.VERIFY_ANSWER],
};

/** What it takes to know the URL, and to tell curl what is secret. */
function address({ urlHasVariables, hasHeaders, signs }: DownloadNeeds): string[] {
  if (!urlHasVariables && !signs) return [fragment.KNOWN_URL, fragment.ASK];
  return [
    ...urlHasVariables && !hasHeaders ? [fragment.ONE_LINE] : [],
    ...urlHasVariables ? [fragment.URL_OF_VARIABLES] : [fragment.KNOWN_URL, fragment.NO_URL_LINE],
    signs ? fragment.AWS_SIGNATURE : fragment.NO_AWS_SIGNATURE,
    fragment.ONE_REQUEST,
    fragment.ASK_BY_CONFIG,
  ];
}

/** Whether a program is told nothing of its request by pipes but what stands in a config of curl. */
export function isPlainDownload({
  hasHeaders, hasUser, certificate, hasClientCertificate,
}: DownloadNeeds): boolean {
  return !hasHeaders && !hasUser && !hasClientCertificate && certificate === undefined;
}

/** What it takes to ask for a file. */
function send(needs: DownloadNeeds): string[] {
  const { hasUser, certificate, hasClientCertificate, redirects = true } = needs;
  const isKnown = hasUser || hasClientCertificate;
  if (isPlainDownload(needs)) {
    return [redirects ? fragment.SEND_PLAIN : fragment.SEND_ONCE, ...address(needs)];
  }
  return [
    ...hasClientCertificate ? [fragment.VARIABLE] : [],
    ...isKnown ? whoAsks(needs) : headerLines(needs),
    ...certificate ? CERTIFICATES[certificate] : [fragment.NO_CERTIFICATE],
    isKnown ? fragment.SEND_AS : fragment.SEND,
    ...address(needs),
  ];
}

/** What it takes to go on with what has come before. */
function beginPart({ shared }: FileNeeds = {}): string[] {
  return [shared ? fragment.TAKE_OVER : fragment.NO_TAKE_OVER, fragment.LEAVE_PART, fragment.BEGIN_PART];
}

/** Downloads one file. */
export function downloadConfig(needs: DownloadNeeds): Program {
  const { verify } = needs;
  const continues = verify === 'sum';
  return program('download-config', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    ...file({ ...needs.file, continues }),
    ...continues ? [fragment.KEEP_SUM] : [],
    ...send(needs),
    fragment.REQUEST,
    ...VERIFY[verify],
    fragment.PRINTABLE,
    fragment.JUDGE,
    ...continues ? beginPart(needs.file) : [fragment.BEGIN_FILE],
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
  /** Whether some of it is wanted only. */
  readonly include: boolean;
}

const UNPACK = { 'tar': fragment.UNPACK_TAR, 'tar.gz': fragment.UNPACK_TAR_GZ, 'zip': fragment.UNPACK_ZIP };

/** Downloads an archive and unpacks it. */
export function downloadArchive(needs: ArchiveNeeds): Program {
  const {
    format, keep, include, verify,
  } = needs;
  return program('download-archive', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    UNPACK[format],
    fragment.CHECK_NAMES,
    fragment.CHECK_ARCHIVE,
    fragment.ARCHIVE,
    include ? fragment.CHOOSE : fragment.CHOOSE_ALL,
    ...send(needs),
    fragment.REQUEST,
    ...VERIFY[verify],
    fragment.PRINTABLE,
    fragment.JUDGE,
    fragment.RETRY,
    fragment.DOWNLOAD_CONFIG,
    ...keep && include ? [fragment.KEEP_WANTED] : [],
    fragment.LEAVE_FOLDER,
    fragment.START_ARCHIVE,
    ...verify === 'sum' ? [
      fragment.SWEEP,
      fragment.PART_OF_SUM,
      fragment.TAKE_OVER,
      fragment.LEAVE_FOLDER_AND_PART,
      fragment.BEGIN_PART,
    ] : [fragment.SWEEP_FOLDER],
    fragment.START_DOWNLOAD,
    fragment.HEARTBEAT,
    fragment.START,
    fragment.END,
  ]);
}
