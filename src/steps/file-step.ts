import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podUid } from './pod-uid';
import { IfPresent } from '../if-present';
import type { InitStepProps } from '../init-step-props';
import { OUTPUT_FILE_OPTIONS, type OutputFileOptions } from '../output-file';
import { octal } from '../private/values/file-mode';
import { memberOf, type Kinds } from '../private/values/kind';
import { NUMBER, TEXT } from '../private/values/kinds';
import { checkFileName, checkPath } from '../private/values/paths';
import { refuseWith, type NewPlace } from '../private/values/refuse';
import type { FileNeeds } from '../programs';
import type { SharedDirectory } from '../shared-directory';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/** Options shared by the steps that write one file. */
export interface FileStepProps extends InitStepOptions, OutputFileOptions {
  /**
   * Name in the directory, with folders before it or not: 'conf/app.conf'. The folders are made.
   *
   * @default - the last part of `path`, else the step's id
   * @throws when it is no file name, or another step writes a file of that name to the directory
   */
  readonly fileName?: string;

  /**
   * Permissions, at most 0o777; 0o600 needs `runAs` set to the app's user, 0o640 the pod's `fsGroup`.
   *
   * @default 0o644
   * @throws when the owner may not read, the group may more than the owner, others may more than the group,
   * or somebody may write or run what they may not read: mostly an octal number that was written in decimal
   * (644 is 0o1204)
   */
  readonly mode?: number;

  /**
   * What to do with a file that is there: in a volume that outlives the pod, or when the step runs again.
   *
   * @default IfPresent.REPLACE
   */
  readonly ifPresent?: IfPresent;
}

export const FILE_STEP_PROPS: Kinds<FileStepProps> = {
  ...STEP_OPTIONS,
  ...OUTPUT_FILE_OPTIONS,
  fileName: TEXT,
  mode: NUMBER,
  ifPresent: memberOf(IfPresent),
};

/** Where a step writes its file, and what its program is told of it. */
export interface Destination {
  /** The file's path in the step. */
  readonly path: string;
  readonly env: {
    readonly step_destination: string;
    readonly step_mode: string;
    readonly step_pod?: kplus.EnvValue;
  };
  readonly needs: FileNeeds;
  readonly outputFiles: InitStepProps['outputFiles'];
}

/**
 * Finds the place for a step's file.
 *
 * @param maxSize the most that the program writes, if it has a limit
 */
export function destinationOf(
  place: NewPlace,
  props: FileStepProps,
  maxSize?: Size,
): Destination {
  const { path, containers, directory, readOnly, ifPresent } = props;
  if (path !== undefined) checkFilePath(place, path, props.fileName);
  const fileName = fileNameIn(place, props);
  const written = `/out/${fileName}`;
  const mode = props.mode ?? 0o644;
  const shared = isOfOthers(directory);
  return {
    path: written,
    env: {
      step_destination: written,
      step_mode: octal(place, 'mode', mode),
      step_pod: shared ? podUid() : undefined,
    },
    needs: { keep: ifPresent === IfPresent.KEEP, shared, inFolder: fileName.includes('/') },
    outputFiles: { [written]: { path, containers, readOnly, directory, fileName, maxSize, mode } },
  };
}

function checkFilePath(place: NewPlace, path: string, fileName = place.id): void {
  if (path.startsWith('/') && path.endsWith('/')) {
    refuseWith(place, 'path', {
      must: 'end in the name of the file, not in its folder',
      got: path,
      remedy: `write ${path}${fileName}`,
    });
  }
  checkPath(place, 'path', path);
}

/** Whether other pods may see a directory, too. */
export function isOfOthers(directory?: kplus.IStorage): boolean {
  return directory !== undefined && ((directory as Partial<SharedDirectory>).isOfOthers ?? true);
}

/** Whether what is written there is not on a disk. */
export function isInMemory(directory?: kplus.IStorage): boolean {
  return (directory as Partial<SharedDirectory> | undefined)?.isInMemory ?? false;
}

function fileNameIn(place: NewPlace, { fileName, path }: FileStepProps): string {
  if (fileName !== undefined) return checkedName(place, 'fileName', fileName);
  return path === undefined ? place.id : checkedName(place, 'path', path.split('/').pop()!);
}

function checkedName(place: NewPlace, prop: string, name: string): string {
  checkFileName(place, prop, name);
  return name;
}
