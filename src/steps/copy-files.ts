import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isInMemory } from './file-step';
import {
  FOLDER_STEP_PROPS, folderOf, type FolderDestination, type FolderStepProps,
} from './folder-step';
import { doubtsInTemplate, shownSecrets } from './template-doubts';
import { isOneFile, partFiles } from './text-input';
import { toolStep } from './tool-step';
import { FileSource } from '../file-source';
import { FILE_TREE, treeSource, type FileTree, type StoredTree } from '../file-tree';
import { InitStep } from '../init-step';
import type { InitStepProps, StepWarning } from '../init-step-props';
import { childName } from '../private/values/child-name';
import { mayAccess, octal } from '../private/values/file-mode';
import {
  checkKinds, checkNames, listOf, mapOf, required, type Kinds,
} from '../private/values/kind';
import { FLAG, NUMBER, SECRET_VALUE } from '../private/values/kinds';
import {
  inWords, placeOf, refuse, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { copyFiles } from '../programs';
import type { SharedDirectory } from '../shared-directory';
import { requireUsed, usesEncodings, variableEnv } from '../variables';

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
  const files = new Files(place, octal(place, 'mode', props.mode ?? 0o644), Object.keys(variables));
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

/** What the program is told of the files, and what its step reads for them. */
class Files {
  /** In fours: the kind, where it is, its path in the folder, its mode. */
  public readonly args: string[] = [];
  public readonly reads: { [path: string]: kplus.IStorage } = {};
  public readonly files: { [path: string]: FileSource } = {};
  /** Whether some texts are in several files. */
  public joins = false;
  private readonly paths = new Set<string>();
  /** Path -> text that is known at synth. */
  private readonly texts = new Map<string, string>();

  public constructor(
    private readonly place: NewPlace,
    public readonly mode: string,
    private readonly variables: string[],
  ) {}

  public add(tree: FileTree): void {
    const { stored, texts = {} } = treeSource.required(tree);
    if (stored) this.addStored(stored);
    for (const path of Object.keys(texts).sort()) this.addText(path, texts[path]);
  }

  /** What only all of them together can be wrong in. */
  public check(): void {
    const paths = [...this.paths];
    const inner = paths.find(each => paths.some(other => each.startsWith(`${other}/`)));
    if (inner !== undefined) {
      refuseWith(this.place, 'sources', {
        must: 'not have a folder of the name of a file',
        got: inner,
        remedy: `${paths.find(other => inner.startsWith(`${other}/`))} is a file; name one of them otherwise`,
      });
    }
    if (!this.areTextsUnknown) requireUsed(this.place, [...this.texts.values()], this.variables, 'the texts');
  }

  /** Whether something in the texts may have to be replaced: also `$${NAME}` of no variable. */
  public get expands(): boolean {
    return this.variables.length > 0 || [...this.texts.values()].some(text => text.includes('${'));
  }

  /** Whether values may have to be encoded. */
  public encodings(): boolean {
    if (this.variables.length === 0) return false;
    const asked = [...this.texts.values()].filter(text => usesEncodings(this.place, 'sources', text, this.variables));
    return asked.length > 0 || this.areTextsUnknown;
  }

  /** What is seldom meant in the texts. */
  public doubts(keepUndeclared: boolean): StepWarning[] {
    const variables = Object.fromEntries(this.variables.map(name => [name, '']));
    return [...this.texts].flatMap(([path, text]) => {
      const template = FileSource.inline(text);
      return doubtsInTemplate({ template, variables, keepUndeclared }, path, path);
    });
  }

  private get areTextsUnknown(): boolean {
    return Object.keys(this.files).length > 0;
  }

  private addStored({ items, folder, optional, volume }: StoredTree): void {
    const number = Object.keys(this.reads).length + 1;
    const root = `/in/source-${number}`;
    this.reads[root] = volume(childName(this.place.id, `source-${number}`));
    if (!items) this.args.push('folder', root, folder, this.mode);
    for (const { key, path, mode } of items ?? []) {
      const own = mode === undefined ? this.mode : octal(this.place, 'mode', mode);
      this.paths.add(folder + path);
      this.args.push(optional ? 'optional' : 'file', `${root}/${key}`, folder + path, own);
    }
  }

  private addText(path: string, source: FileSource): void {
    this.paths.add(path);
    if (source.text !== undefined) {
      this.texts.set(path, source.text);
      this.args.push('text', source.text, path, this.mode);
      return;
    }
    const file = `/in/text-${Object.keys(this.files).length + 1}`;
    const isTemplate = this.variables.length > 0;
    if (isOneFile(source)) {
      this.files[file] = source;
      this.args.push(isTemplate ? 'template' : 'file', file, path, this.mode);
      return;
    }
    this.joins = true;
    const parts = partFiles(file, source);
    Object.assign(this.files, parts);
    this.args.push(isTemplate ? 'template-parts' : 'parts', Object.keys(parts).join(' '), path, this.mode);
  }
}
