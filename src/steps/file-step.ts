import type { Size } from 'cdk8s';
import type { InitStepOptions, InitStepProps } from '../init-step';
import type { OutputFileOptions } from '../output-file';
import { checkFileName, checkPath } from '../private/values/checks';
import { octal } from '../private/values/file-mode';
import type { NewPlace } from '../private/values/refuse';

/** Options shared by the steps that write one file. */
export interface FileStepProps extends InitStepOptions, OutputFileOptions {
  /**
   * Name in the directory.
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
}

/** Where a step writes its file, and what its program is told of it. */
export interface Destination {
  /** The file's path in the step. */
  readonly path: string;
  readonly env: { readonly step_destination: string; readonly step_mode: string };
  readonly outputFiles: InitStepProps['outputFiles'];
}

/**
 * Finds the place for a step's file.
 *
 * @param maxSize the most that the program writes, if it has a limit
 */
export function destinationOf(place: NewPlace, props: FileStepProps, maxSize?: Size): Destination {
  const { path, containers, directory } = props;
  if (path !== undefined) checkPath(place, 'path', path);
  const name = props.fileName ?? path?.split('/').pop() ?? place.id;
  checkFileName(place, 'fileName', name);
  const written = `/out/${name}`;
  const mode = props.mode ?? 0o644;
  return {
    path: written,
    env: { step_destination: written, step_mode: octal(place, 'mode', mode) },
    outputFiles: { [written]: { path, containers, directory, maxSize, mode } },
  };
}
