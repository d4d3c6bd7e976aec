import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CopiedFiles } from './copied-files';
import { isInMemory } from './file-step';
import {
  FOLDER_STEP_PROPS, folderOf, type FolderDestination, type FolderStepProps,
} from './folder-step';
import { shownSecrets } from './template-doubts';
import { toolStep } from './tool-step';
import { FILE_TREE, treeSource, type FileTree } from '../file-tree';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { mayAccess, octal } from '../private/values/file-mode';
import {
  checkKinds, checkNames, listOf, mapOf, required, type Kinds,
} from '../private/values/kind';
import { FLAG, NUMBER, SECRET_VALUE } from '../private/values/kinds';
import {
  inWords, placeOf, refuse, type NewPlace,
} from '../private/values/refuse';
import { copyFiles } from '../programs';
import type { SharedDirectory } from '../shared-directory';
import { variableEnv } from '../variables';

/** Options of `CopyFiles`. */
export interface CopyFilesProps extends FolderStepProps {
  /**
   * Where the files come from; of one path in two the later wins.
   *
   * @throws when there is none, or a file of one would be a folder of another
   */
  readonly sources: FileTree[];

  /**
   * Variables of the texts among them, as in `GenerateConfig`. Without any, a text that is not known at synth stays as
   * it is, byte for byte; one that is known says `${NAME}` by `$${NAME}` all the same.
   *
   * @default - none
   * @throws when none of the texts uses one
   */
  readonly variables?: { [name: string]: kplus.EnvValue };

  /**
   * Permissions of files that do not have their own, at most 0o777.
   *
   * @default 0o644
   * @throws as in `GenerateConfig`
   */
  readonly mode?: number;

  /**
   * Whether `${NAME}` of variables that are not declared is meant to stay, as in `GenerateConfig`.
   *
   * @default false
   */
  readonly keepUndeclared?: boolean;
}

const PROPS: Kinds<CopyFilesProps> = {
  ...FOLDER_STEP_PROPS,
  sources: required(listOf(FILE_TREE)),
  variables: mapOf(SECRET_VALUE),
  mode: NUMBER,
  keepUndeclared: FLAG,
};

/**
 * Many files in one step: whole ConfigMaps and Secrets, texts, templates.
 *
 * All are written beside, with their permissions, before the first one is renamed into its place, one by one; so a
 * file is never seen half, and whoever holds the old one open keeps it. What is there of others stays. Runs in the
 * shell image; the files belong to `runAs`. Without a `directory` they are in memory if a Secret is among the sources
 * or variables, and `maxSize` is 1 MiB for each source.
 *
 * @example
 * new CopyFiles(web, 'config', {
 *   sources: [FileTree.fromConfigMap(defaults), FileTree.fromSecret(keys, { folder: 'keys' })],
 *   path: '/etc/app',
 * });
 */
export class CopyFiles extends InitStep {
  /** Where the files are, below `folder`. */
  public readonly directory: SharedDirectory;

  public constructor(scope: Construct, id: string, props: CopyFilesProps) {
    const place = placeOf('CopyFiles', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === CopyFiles) checkNames(place, props, PROPS);
    const destination = destinationOf(place, props);
    super(scope, id, copying(place, props, destination));
    this.directory = this.outputFolders[destination.path];
  }
}

function destinationOf(place: NewPlace, props: CopyFilesProps): FolderDestination {
  const { sources, variables = {}, maxSize = Size.mebibytes(sources.length) } = props;
  if (sources.length === 0) refuse(place, 'sources', 'name at least one', inWords('none'));
  const isSecret = sources.some(each => each.isSecret)
    || Object.values(variables).some(each => each.valueFrom?.secretKeyRef);
  return folderOf(place, { ...props, maxSize }, {
    medium: isSecret ? kplus.EmptyDirMedium.MEMORY : undefined,
    mode: narrowestMode(place, props),
    entries: knownPaths(sources),
  });
}

/** The files that are written whatever there is in the cluster. */
function knownPaths(sources: readonly FileTree[]): string[] {
  return sources.flatMap(each => {
    const { stored, texts = {} } = treeSource.required(each);
    const items = stored?.optional ? [] : stored?.items ?? [];
    return [...items.map(({ path }) => `${stored!.folder}${path}`), ...Object.keys(texts)];
  });
}

/** That of the file that the fewest may read. */
function narrowestMode(place: NewPlace, { sources, mode = 0o644 }: CopyFilesProps): number {
  octal(place, 'mode', mode);
  const modes = sources.flatMap(each => {
    const { items } = treeSource.required(each).stored ?? {};
    return items ? items.map(item => item.mode ?? mode) : [mode];
  });
  const readers = (each: number) => (['group', 'others'] as const).filter(who => mayAccess(who, each, 'read')).length;
  return modes.reduce((narrow, each) => (readers(each) < readers(narrow) ? each : narrow));
}

function copying(
  place: NewPlace,
  props: CopyFilesProps,
  { keep, env, outputFolders }: FolderDestination,
): InitStepProps {
  const { variables = {}, keepUndeclared = false } = props;
  const files = new CopiedFiles(place, octal(place, 'mode', props.mode ?? 0o644), Object.keys(variables));
  props.sources.forEach(each => files.add(each));
  files.check();
  return toolStep(place, {
    program: copyFiles({
      keep,
      joins: files.joins,
      expand: files.expands ? { encodings: files.encodings(), keepUndeclared } : undefined,
    }),
    tools: 'shellImage',
    args: files.args,
    env: { ...env, ...files.expands ? variableEnv(place, variables) : {} },
    reads: files.reads,
    files: files.files,
    names: { files: 'sources', reads: 'sources' },
    outputFolders,
    endsWithin: Duration.seconds(0),
    warnings: [
      ...files.doubts(keepUndeclared),
      ...isOnDisk(props.directory) ? shownSecrets(props.sources, variables, { mode: files.mode, files: 'files' }) : [],
    ],
  }, props);
}

/** A directory that the step makes for secrets is in memory. */
function isOnDisk(directory?: kplus.IStorage): boolean {
  return directory !== undefined && !isInMemory(directory);
}
