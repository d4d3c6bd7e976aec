import * as kplus from 'cdk8s-plus-28';
import { FILE_SOURCE, type FileSource } from './file-source';
import { shownNamespace } from './private/step/shown-store';
import { Attached } from './private/values/attached';
import { checkKey } from './private/values/checks';
import { DETACHED } from './private/values/detached';
import { octal } from './private/values/file-mode';
import {
  checkOptions, mapOf, objectOf, objectsWith, requireKind, type Kinds,
} from './private/values/kind';
import {
  CONFIG_MAP, FLAG, namespaceOf, NUMBER, SECRET, TEXT,
} from './private/values/kinds';
import { checkRelativePath } from './private/values/paths';
import { inWords, refuse, requireMaker } from './private/values/refuse';

/** Which keys of a ConfigMap or Secret, and where to. */
export interface FileTreeOptions {
  /**
   * Key -> path in the folder, and mode: `{ 'app.conf': { path: 'conf/app.conf' } }`.
   *
   * @default - all keys, by their names
   * @throws when it is empty, a key, path or mode is none, or two have one path
   */
  readonly items?: { [key: string]: kplus.PathMapping };

  /**
   * Into this folder of the folder. May hold `/`.
   *
   * @default - none
   * @throws when it is absolute or contains ".."
   */
  readonly folder?: string;

  /**
   * Whether the ConfigMap or Secret, or one of the `items`, may be missing.
   *
   * @default false: the kubelet waits until it is there
   */
  readonly optional?: boolean;
}

const PATH_MAPPING: Kinds<kplus.PathMapping> = { path: TEXT, mode: NUMBER };

const OPTIONS: Kinds<FileTreeOptions> = {
  items: mapOf(objectOf(PATH_MAPPING)),
  folder: TEXT,
  optional: FLAG,
};

const PLACE = { of: 'FileTree' };

/** The keys of a ConfigMap or Secret. */
export interface StoredTree {
  /** Where each key belongs, if not all of them are wanted. */
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  /** With a slash behind it, or nothing. */
  readonly folder: string;
  readonly optional: boolean;
  volume(name: string): kplus.Volume;
}

/** Where the files come from. */
export interface TreeSource {
  readonly description: string;
  readonly isSecret: boolean;
  readonly stored?: StoredTree;
  readonly texts?: { readonly [path: string]: FileSource };
}

export const treeSource = new Attached<TreeSource>('files', 1);

export const FILE_TREE = objectsWith(treeSource, {
  one: 'a FileTree',
  many: 'FileTrees',
  instead: value => {
    if (FILE_SOURCE.wrongIn(value) === undefined) return 'write FileTree.fromTexts({ path: text })';
    return CONFIG_MAP.wrongIn(value) === undefined
      ? 'write FileTree.fromConfigMap(configMap) or FileTree.fromSecret(secret)'
      : undefined;
  },
});

/** Files for `CopyFiles`. */
export class FileTree {
  /**
   * The keys of a ConfigMap, byte for byte, also binary ones.
   *
   * @throws when an option is wrong; at synth when the program makes the ConfigMap without one of the `items`, or in
   * another namespace than that of the pod
   */
  public static fromConfigMap(
    configMap: kplus.IConfigMap,
    options: FileTreeOptions = {},
  ): FileTree {
    requireKind(PLACE, 'configMap', CONFIG_MAP, configMap);
    const { stored, optional, items } = storedTree(options);
    return new FileTree({
      description: `ConfigMap ${configMap.name}`,
      isSecret: false,
      stored: {
        ...stored,
        volume: name => placed(
          configMap,
          kplus.Volume.fromConfigMap(DETACHED, name, configMap, { name, optional, items }),
        ),
      },
    });
  }

  /**
   * The keys of a Secret. They are kept in memory, unless the step has a `directory` of yours.
   *
   * @throws when an option is wrong; at synth when the program makes the Secret without one of the `items`, or in
   * another namespace than that of the pod
   */
  public static fromSecret(
    secret: kplus.ISecret,
    options: FileTreeOptions = {},
  ): FileTree {
    requireKind(PLACE, 'secret', SECRET, secret);
    const { stored, optional, items } = storedTree(options);
    return new FileTree({
      description: `Secret ${secret.name}`,
      isSecret: true,
      stored: {
        ...stored,
        volume: name => placed(
          secret,
          kplus.Volume.fromSecret(DETACHED, name, secret, { name, optional, items }),
        ),
      },
    });
  }

  /**
   * Path in the folder -> text, in which `${NAME}` of the step's `variables` is replaced: `{ 'conf/app.conf':
   * FileSource.fromFile('app.conf') }`. It is a template as that of `GenerateConfig`, but for a text that is not known
   * at synth in a step without variables: that stays as it is.
   *
   * @throws when there is none, or a path is absolute or contains ".."
   */
  public static fromTexts(texts: { [path: string]: FileSource }): FileTree {
    const said = requireKind(PLACE, 'texts', mapOf(FILE_SOURCE), texts);
    const paths = Object.keys(said).sort();
    if (paths.length === 0) refuse(PLACE, 'texts', 'name at least one', inWords('none'));
    for (const path of paths) checkRelativePath(PLACE, 'texts', path);
    return new FileTree({
      description: `the texts ${paths.join(', ')}`,
      isSecret: paths.some(path => said[path].isSecret),
      texts: { ...said },
    });
  }

  /** For logs and errors: where the files come from. */
  public readonly description: string;

  /** Whether some of it comes from a Secret. */
  public readonly isSecret: boolean;

  private constructor(source: TreeSource) {
    requireMaker('FileTree', source, 'write FileTree.fromConfigMap, .fromSecret or .fromTexts');
    treeSource.set(this, source);
    this.description = source.description;
    this.isSecret = source.isSecret;
  }
}

/** The volume of a ConfigMap or Secret, which knows where that is. */
function placed(store: object, volume: kplus.Volume): kplus.Volume {
  const namespace = namespaceOf(store);
  if (namespace !== undefined) shownNamespace.set(volume, namespace);
  return volume;
}

interface CheckedOptions {
  readonly stored: Omit<StoredTree, 'volume'>;
  readonly optional?: boolean;
  /** Which keys the kubelet puts into the volume, by their own names. */
  readonly items?: { [key: string]: kplus.PathMapping };
}

function storedTree(given: FileTreeOptions): CheckedOptions {
  const {
    items, folder, optional,
  } = checkOptions(PLACE, given ?? {}, OPTIONS);
  if (folder !== undefined) checkRelativePath(PLACE, 'folder', folder);
  const keys = items && Object.keys(items).sort();
  if (keys?.length === 0) refuse(PLACE, 'items', 'name at least one key', inWords('none'));
  for (const key of keys ?? []) {
    checkKey(PLACE, 'items', key);
    checkRelativePath(PLACE, 'items', items![key].path);
    if (items![key].mode !== undefined) octal(PLACE, 'items', items![key].mode!);
  }
  const paths = (keys ?? []).map(key => items![key].path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) refuse(PLACE, 'items', 'have paths of their own', twice);
  return {
    optional,
    items: keys && Object.fromEntries(keys.map(key => [key, { path: key }])),
    stored: {
      items: keys?.map(key => ({ key, ...items![key] })),
      folder: folder === undefined ? '' : `${folder}/`,
      optional: optional ?? false,
    },
  };
}
