import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podUid } from './pod-uid';
import { IfPresent } from '../if-present';
import type { InitStepProps } from '../init-step-props';
import {
  OUTPUT_FOLDER_OPTIONS, type OutputFolder, type OutputFolderOptions,
} from '../output-folder';
import { memberOf, type Kinds } from '../private/values/kind';
import { checkRelativePath } from '../private/values/paths';
import { bytes } from '../private/values/quantity';
import type { NewPlace } from '../private/values/refuse';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/**
 * Options shared by the steps that fill a folder. They fill a hidden one in it, and then rename each entry of its top
 * level into place: what a kill leaves is removed by the next run, and no entry is ever seen half.
 */
export interface FolderStepProps extends InitStepOptions, OutputFolderOptions {
  /**
   * What to do with what is there, entry by entry of the top level. All else that is in the folder stays.
   *
   * @default IfPresent.REPLACE
   */
  readonly ifPresent?: IfPresent;
}

export const FOLDER_STEP_PROPS: Kinds<FolderStepProps> = {
  ...STEP_OPTIONS,
  ...OUTPUT_FOLDER_OPTIONS,
  ifPresent: memberOf(IfPresent),
};

/** Where a step fills its folder, and what its program is told of it. */
export interface FolderDestination {
  /** The folder's path in the step. */
  readonly path: string;
  readonly keep: boolean;
  readonly env: {
    readonly step_folder: string;
    readonly step_max_size: string;
    readonly step_pod: kplus.EnvValue;
  };
  readonly outputFolders: InitStepProps['outputFolders'];
}

/**
 * Finds the place for a step's folder.
 *
 * @param medium of the directory that is made for it
 * @param mode of the file in it that the fewest may read, where it is known
 * @param entries that are in it for sure, by paths in the folder; none where nobody knows before
 */
export function folderOf(
  place: NewPlace,
  props: FolderStepProps,
  { medium, mode, entries = [] }: Pick<OutputFolder, 'medium' | 'mode' | 'entries'> = {},
): FolderDestination {
  const {
    path, containers, readOnly, directory, folder, ifPresent,
    maxSize = Size.mebibytes(256),
  } = props;
  const own = directory === undefined ? { medium } : {};
  const keep = ifPresent === IfPresent.KEEP;
  const known = keep ? undefined : entries;
  if (folder !== undefined) checkRelativePath(place, 'folder', folder);
  const filled = folder === undefined ? '/out' : `/out/${folder}`;
  return {
    path: filled,
    keep,
    env: {
      step_folder: filled,
      step_max_size: `${bytes(place, 'maxSize', maxSize) / 1024}`,
      step_pod: podUid(),
    },
    outputFolders: {
      [filled]: { path, containers, readOnly, directory, folder, maxSize, mode, ...own, entries: known },
    },
  };
}

/** What steps may fetch that say nothing of it. */
export const LARGEST_FETCHED = Size.mebibytes(256);

/** A directory of the step's own must hold what was fetched, too, beside what is in it and what the last run left. */
export function roomToFetch(
  { directory, maxSize = LARGEST_FETCHED }: Pick<FolderStepProps, 'directory' | 'maxSize'>,
): Size {
  return directory === undefined ? Size.kibibytes(Math.ceil(maxSize.toKibibytes() * 1.5)) : maxSize;
}
