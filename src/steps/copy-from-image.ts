import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  FOLDER_STEP_PROPS, folderOf, type FolderDestination, type FolderStepProps,
} from './folder-step';
import { toolStep } from './tool-step';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import {
  checkKinds, checkNames, mapOf, required, type Kinds,
} from '../private/values/kind';
import { TEXT } from '../private/values/kinds';
import { checkFileName, checkPath } from '../private/values/paths';
import {
  inWords, placeOf, refuseAll, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { copyFromImage } from '../programs';
import type { RunAs } from '../run-as';
import type { SharedDirectory } from '../shared-directory';

/** Options of `CopyFromImage`. */
export interface CopyFromImageProps extends FolderStepProps {
  /**
   * Name in the folder -> file or folder of the image: `{ plugins: '/opt/agent/plugins' }`. `'.'`: all that is in a
   * folder, dot files too. Permissions and times are kept, and links as links; the owner is who the step runs as.
   *
   * @throws when there is none, a name holds `/`, a file of the image is not absolute, or the folder itself is meant
   */
  readonly files: { [name: string]: string };
}

const PROPS: Kinds<CopyFromImageProps> = {
  ...FOLDER_STEP_PROPS,
  files: required(mapOf(TEXT)),
};

/**
 * Hands files of an image to the app: an agent, plugins, static pages, or a writable copy of the app's own folder
 * (`readOnly: false`).
 *
 * Runs in `image`, as its user; by default in the image of the first container, as the user of that. The image needs
 * `sh` and the tools of every distribution (`cp`, `mv`, `rm`, `mkdir`, `chmod`); one that lacks them fails the step
 * (exit 2, or the container does not start).
 *
 * @throws when `image` is left out and the workload has no container yet
 * @example
 * new CopyFromImage(web, 'copy-agent', {
 *   image: 'registry.corp.example/agent:2.1',
 *   files: { 'agent.jar': '/opt/agent/agent.jar' },
 *   path: '/opt/agent',
 * });
 */
export class CopyFromImage extends InitStep {
  /** Where the files are, below `folder`. */
  public readonly directory: SharedDirectory;

  public constructor(scope: Construct, id: string, props: CopyFromImageProps) {
    const place = placeOf('CopyFromImage', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === CopyFromImage) checkNames(place, props, PROPS);
    const destination = folderOf(place, props, { entries: Object.keys(props.files).filter(name => name !== '.') });
    super(scope, id, copying(place, props, destination));
    this.directory = this.outputFolders[destination.path];
  }
}

function copying(
  place: NewPlace,
  props: CopyFromImageProps,
  { keep, env, outputFolders }: FolderDestination,
): InitStepProps {
  const files = filesOf(place, props);
  const step = toolStep(place, {
    program: copyFromImage({ keep }),
    tools: 'shellImage',
    args: files.flat(),
    env,
    outputFolders,
    endsWithin: Duration.seconds(0),
  }, props);
  return { ...step, ...imageOf(place, props) };
}

/** All of a folder comes first, so that what is named beside it wins. */
function filesOf(
  place: NewPlace,
  { files }: CopyFromImageProps,
): [name: string, path: string][] {
  const names = Object.keys(files).sort();
  const all = names.filter(name => name === '.');
  if (names.length === 0) {
    refuseWith(place, 'files', { must: 'name at least one', got: inWords('none') });
  }
  return [...all, ...names.filter(name => name !== '.')].map(name => {
    const path = files[name];
    checkNoPattern(place, [name, path]);
    if (name !== '.') checkName(place, name, path);
    checkPath(place, 'files', path);
    return [name, path];
  });
}

function checkNoPattern(place: NewPlace, texts: string[]): void {
  const pattern = texts.find(text => text.includes('*'));
  if (pattern === undefined) return;
  const folder = pattern.split('/').slice(0, -1).join('/');
  refuseWith(place, 'files', {
    must: 'name files and folders, not patterns',
    got: pattern,
    remedy: `name each, or all that is in their folder: { '.': '${folder || '/opt/app'}' }`,
  });
}

function checkName(place: NewPlace, name: string, path: string): void {
  if (name.startsWith('/') && !path.startsWith('/')) {
    refuseWith(place, 'files', {
      must: 'have the name in the folder first, and then the path in the image',
      got: inWords(`{ '${name}': '${path}' }`),
      remedy: `did you mean { '${path}': '${name}' }?`,
    });
  }
  if (name.includes('/')) {
    refuseWith(place, 'files', {
      must: 'have names without "/"',
      got: name,
      remedy: 'folder says where in the directory they are',
    });
  }
  checkFileName(place, 'files', name);
}

/** Whose files they are. */
function imageOf(
  place: NewPlace,
  { image, runAs }: CopyFromImageProps,
): { image: string; runAs?: RunAs } {
  if (image !== undefined) return { image, runAs };
  const [container] = InitStep.containersOf(place.scope);
  if (container?.image === undefined) {
    return refuseAll(place, 'has no image to copy from', 'name one, or add the containers of the app first');
  }
  return { image: container.image, runAs: runAs ?? container.runAs };
}
