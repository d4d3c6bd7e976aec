import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  DOWNLOAD_OPTIONS, downloadOf, type DownloadOptions,
} from './download-options';
import {
  destinationOf, FILE_STEP_PROPS, type Destination, type FileStepProps,
} from './file-step';
import { podUid } from './pod-uid';
import { toolStep } from './tool-step';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { checkKinds, checkNames, type Kinds } from '../private/values/kind';
import { FLAG, SIZE } from '../private/values/kinds';
import { bytes } from '../private/values/quantity';
import { placeOf, type NewPlace } from '../private/values/refuse';
import { downloadConfig } from '../programs';
import { doubtsInRequest } from '../request-doubts';
import type { SharedFile } from '../shared-directory';

/** Options of `DownloadConfig`. */
export interface DownloadConfigProps extends FileStepProps, DownloadOptions {
  /**
   * Whether to take an answer without a checksum that tells neither its length nor its end. When the
   * connection is lost, such an answer looks whole; without this the step fails instead (exit 1). Servers of
   * HTTP/1.0 and some scripts behind a web server answer so.
   *
   * @default false
   */
  readonly allowUnknownLength?: boolean;

  /**
   * A larger answer fails the step (exit 1) as soon as it is seen to be larger.
   *
   * @default Size.mebibytes(10)
   * @throws when it is not in whole kibibytes, more than the `sizeLimit` of `directory`, or, if that is in
   * memory, not less than the memory limit of the step
   */
  readonly maxSize?: Size;
}

const PROPS: Kinds<DownloadConfigProps> = {
  ...FILE_STEP_PROPS,
  ...DOWNLOAD_OPTIONS,
  allowUnknownLength: FLAG,
  maxSize: SIZE,
};

/**
 * Downloads one file and verifies it before anything reads it.
 *
 * The file appears whole and verified or not at all; running the step again replaces it, and where there is no room
 * for two, the old one goes first. One that has the `sha256` already stays, and nothing is asked for. Runs in the curl
 * image.
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
  destination: Destination,
): InitStepProps {
  const { needs, env, files, names, timeout } = downloadOf(place, props);
  return toolStep(place, {
    program: downloadConfig({ ...needs, file: destination.needs }),
    tools: 'curlImage',
    env: {
      ...destination.env,
      ...env,
      step_max_size: `${bytes(place, 'maxSize', maxSize)}`,
      step_pod: props.sha256 === undefined ? destination.env.step_pod : podUid(),
    },
    files,
    names,
    outputFiles: destination.outputFiles,
    endsWithin: timeout,
    warnings: doubtsInRequest(props),
  }, props);
}
