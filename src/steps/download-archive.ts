import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  DOWNLOAD_OPTIONS, downloadOf, type DownloadOptions,
} from './download-options';
import {
  FOLDER_STEP_PROPS, folderOf, LARGEST_FETCHED, roomToFetch, type FolderDestination, type FolderStepProps,
} from './folder-step';
import { toolStep } from './tool-step';
import { ArchiveFormat, formatOf } from '../archive-format';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { checkWhole } from '../private/values/checks';
import {
  checkKinds, checkNames, listOf, memberOf, type Kinds,
} from '../private/values/kind';
import { NUMBER, TEXT } from '../private/values/kinds';
import { checkRelativePath } from '../private/values/paths';
import { bytes } from '../private/values/quantity';
import {
  inWords, placeOf, refuse, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { downloadArchive } from '../programs';
import { doubtsInRequest } from '../request-doubts';
import type { SharedDirectory } from '../shared-directory';

/** Options of `DownloadArchive`. */
export interface DownloadArchiveProps extends FolderStepProps, DownloadOptions {
  /**
   * What it is.
   *
   * @default - from the end of the URL's path
   * @throws when that does not tell
   */
  readonly format?: ArchiveFormat;

  /**
   * So many folders, one in the other, are left out, as `tar --strip-components` does: most archives have all in one
   * folder. One that has two there, or none, fails the step (exit 1).
   *
   * @default 0
   * @throws when it is no whole number of at least 0
   */
  readonly stripComponents?: number;

  /**
   * Only these files and folders of it, by their names in the archive as `tar -tf` prints them, with the folders that
   * are stripped. One that is missing fails the step (exit 1). With `IfPresent.KEEP` nothing is asked for if the entry
   * of the top level that each is in is there.
   *
   * @default - all
   * @throws when it is empty, or one is absolute, contains "..", "*" or "?", lies in another or is stripped
   */
  readonly include?: string[];
}

const PROPS: Kinds<DownloadArchiveProps> = {
  ...FOLDER_STEP_PROPS,
  ...DOWNLOAD_OPTIONS,
  format: memberOf(ArchiveFormat),
  stripComponents: NUMBER,
  include: listOf(TEXT),
};

/**
 * Downloads an archive, verifies it, and unpacks it into a folder.
 *
 * Nothing is put in place before all of it is unpacked and looked at: names and links that lead outside, and what
 * is no file, folder or link, fail the step (exit 1), and so does a file with setuid or setgid in a tar, more than
 * `maxSize` or an archive with nothing in it. Each entry of the top level is then renamed into place. The owner is
 * who the step runs as; permissions are kept, but setuid and setgid in a zip and what only user 0 could keep: who
 * else is to read the files must be let by the archive. A folder in it that its owner may not write to cannot be
 * unpacked (exit 1). Runs in the curl image, which needs `tar`, `gunzip` and `unzip` of busybox.
 *
 * @example
 * new DownloadArchive(web, 'download-plugins', {
 *   url: 'https://downloads.example.com/plugins-2.1.tar.gz',
 *   sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
 *   stripComponents: 1,
 *   path: '/app/plugins',
 * });
 */
export class DownloadArchive extends InitStep {
  /** Where the files are, below `folder`. */
  public readonly directory: SharedDirectory;

  public constructor(scope: Construct, id: string, props: DownloadArchiveProps) {
    const place = placeOf('DownloadArchive', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === DownloadArchive) checkNames(place, props, PROPS);
    const { maxSize = LARGEST_FETCHED } = props;
    const destination = folderOf(place, { ...props, maxSize: roomToFetch(props) });
    super(scope, id, unpacking(place, props, maxSize, destination));
    this.directory = this.outputFolders[destination.path];
  }
}

function unpacking(
  place: NewPlace,
  props: DownloadArchiveProps,
  maxSize: Size,
  destination: FolderDestination,
): InitStepProps {
  const { needs, env, files, names, timeout } = downloadOf(place, props);
  const { stripComponents = 0 } = props;
  checkWhole(place, 'stripComponents', stripComponents, 0);
  const wanted = props.include && included(place, props.include, stripComponents);
  return toolStep(place, {
    program: downloadArchive({
      ...needs, format: formatIn(place, props), keep: destination.keep, include: wanted !== undefined,
    }),
    tools: 'curlImage',
    env: {
      ...destination.env,
      ...env,
      step_include: wanted?.join('\n'),
      step_max_size: `${bytes(place, 'maxSize', maxSize)}`,
      step_strip_components: `${stripComponents}`,
    },
    files,
    names,
    outputFolders: destination.outputFolders,
    endsWithin: timeout,
    warnings: doubtsInRequest(props),
  }, props);
}

function formatIn(
  place: NewPlace,
  { url, format = formatOf(url) }: DownloadArchiveProps,
): ArchiveFormat {
  if (format !== undefined) return format;
  return refuseWith(place, 'format', {
    must: 'be given where the end of the URL does not tell it',
    got: url.replace(/[?#].*/, ''),
    remedy: 'it is one of tar, tar.gz (tgz) and zip (jar, war, whl)',
  });
}

/** The paths that are wanted. */
function included(place: NewPlace, wanted: string[], stripped: number): string[] {
  if (wanted.length === 0) refuse(place, 'include', 'name at least one', inWords('none'));
  for (const path of wanted) checkIncluded(place, path, stripped);
  const inner = wanted.find((path, index) =>
    wanted.some((other, at) => at !== index && `${path}/`.startsWith(`${other}/`)));
  if (inner !== undefined) refuse(place, 'include', 'not lie in each other', inner);
  return wanted;
}

function checkIncluded(place: NewPlace, path: string, stripped: number): void {
  checkRelativePath(place, 'include', path);
  if (/[*?]/.test(path)) {
    refuseWith(place, 'include', {
      must: 'name files and folders, and no patterns',
      got: path,
      remedy: 'name the folder that they are in',
    });
  }
  if (path.split('/').length > stripped) return;
  refuseWith(place, 'include', {
    must: 'hold the folders that are stripped, too',
    got: path,
    remedy: `write names as tar -tf prints them, e.g. "app-1.2/${path}"`,
  });
}
