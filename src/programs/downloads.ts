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
  sum: [fragment.VERIFY_SUM],
  length: [fragment.REQUIRE_LENGTH, fragment.VERIFY_ANSWER],
  nothing: [fragment.ANY_LENGTH, fragment.VERIFY_ANSWER],
};

/** What it takes to ask for a file. */
function send(needs: DownloadNeeds): string[] {
  const {
    hasHeaders, hasUser, certificate, hasClientCertificate, redirects = true,
  } = needs;
  if (!hasHeaders && !hasUser && !hasClientCertificate && certificate === undefined) {
    return [redirects ? fragment.SEND_PLAIN : fragment.SEND_ONCE];
  }
  const isKnown = hasUser || hasClientCertificate;
  return [
    ...hasClientCertificate ? [fragment.VARIABLE] : [],
    ...isKnown ? whoAsks(needs) : headerLines(needs),
    ...certificate ? CERTIFICATES[certificate] : [fragment.NO_CERTIFICATE],
    isKnown ? fragment.SEND_AS : fragment.SEND,
  ];
}

/** Downloads one file. */
export function downloadConfig(needs: DownloadNeeds): Program {
  const { verify } = needs;
  return program('download-config', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
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
    fragment.START_DOWNLOAD,
    fragment.HEARTBEAT,
    fragment.START,
    fragment.END,
  ]);
}
