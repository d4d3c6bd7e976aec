import { readFileSync } from 'fs';
import * as kplus from 'cdk8s-plus-28';
import { SHARED_FILE } from './private/pod/kinds';
import { textSource, type StoredKey, type TextSource } from './private/step/text-source';
import { checkKey, checkText } from './private/values/checks';
import { DETACHED } from './private/values/detached';
import {
  checkOptions, listOf, objectsWith, requireKind, type Kinds,
} from './private/values/kind';
import { CONFIG_MAP, FLAG, namespaceOf, SECRET } from './private/values/kinds';
import { likelyText } from './private/values/likely-text';
import {
  inWords, refuse, refuseWith, requireMaker, type Place,
} from './private/values/refuse';
import type { SharedFile } from './shared-directory';

/** The kernel takes no environment variable of more than 128 KiB, its name included. */
const MOST_BYTES = 128 * 1024 - 64;

const PLACE = { of: 'FileSource' };

export const FILE_SOURCE = objectsWith(textSource, {
  one: 'a FileSource',
  many: 'FileSources',
  instead: value => (SHARED_FILE.wrongIn(value)
    ? 'write FileSource.inline(text) or FileSource.fromFile(path)'
    : 'write FileSource.fromShared(file)'),
});

/** Options of a key of a ConfigMap or Secret. */
export interface KeyOptions {
  /**
   * Whether the key, or the object that has it, may be missing: the text is empty then.
   *
   * @default false: the kubelet waits until it is there
   */
  readonly optional?: boolean;
}

const KEY_OPTIONS: Kinds<KeyOptions> = { optional: FLAG };

/** Text that a step reads: a template, a certificate. */
export class FileSource {
  /**
   * The text itself, up to 128 KiB less 64 bytes in UTF-8. In a TypeScript template literal write `\${NAME}`.
   *
   * @throws when the text is longer or holds a NUL character
   */
  public static inline(text: string): FileSource {
    return new FileSource({ description: 'inline text', text: checkSize('text', text) });
  }

  /**
   * A file beside your program, read at synth, up to 128 KiB less 64 bytes of UTF-8.
   *
   * @param path relative to the current directory, or absolute
   * @throws when there is no such file, or it is longer, holds a NUL character or is not UTF-8
   */
  public static fromFile(path: string): FileSource {
    checkText(PLACE, 'path', path);
    return new FileSource({ description: `file ${path}`, text: checkSize('path', readUtf8(path)) });
  }

  /**
   * A key of a ConfigMap that exists in the cluster. It is mounted, so the kubelet waits until the ConfigMap is there.
   *
   * @throws when the key is no key of a ConfigMap; at synth when the program makes the ConfigMap without it and it is
   * not optional, or in another namespace than that of the pod
   */
  public static fromConfigMap(
    configMap: kplus.IConfigMap,
    key: string,
    options: KeyOptions = {},
  ): FileSource {
    requireKind(PLACE, 'configMap', CONFIG_MAP, configMap);
    const source = storedText({ kind: 'ConfigMap', object: configMap, key }, options, (name, optional, items) =>
      kplus.Volume.fromConfigMap(DETACHED, name, configMap, { name, optional, items }));
    const made = new FileSource(source);
    likelyText.set(made, () => textIn(configMap, key));
    return made;
  }

  /**
   * A key of a Secret that exists in the cluster. It is mounted, so the kubelet waits until the Secret is there.
   *
   * @throws when the key is no key of a Secret; at synth when the program makes the Secret without it and it is not
   * optional, or in another namespace than that of the pod
   */
  public static fromSecret(
    secret: kplus.ISecret,
    key: string,
    options: KeyOptions = {},
  ): FileSource {
    requireKind(PLACE, 'secret', SECRET, secret);
    return new FileSource(
      storedText({ kind: 'Secret', object: secret, key }, options, (name, optional, items) =>
        kplus.Volume.fromSecret(DETACHED, name, secret, { name, optional, items })),
    );
  }

  /** A file that an earlier step of the same workload writes. */
  public static fromShared(file: SharedFile): FileSource {
    requireKind(PLACE, 'file', SHARED_FILE, file);
    return new FileSource({
      description: `${file.name} in ${file.directory.node.id}`,
      file: { name: file.name, directory: file.directory, storage: () => file.directory },
    });
  }

  /**
   * Texts one after the other, with a line break between where one is missing. A text that is empty, as an optional one
   * that is missing, is left out.
   *
   * Texts that are known at synth are put together then, all others by the step that reads them: it has each in a file.
   *
   * @throws when there is none, or they are all known and longer than one may be
   */
  public static concat(sources: FileSource[]): FileSource {
    const parts = requireKind(PLACE, 'sources', listOf(FILE_SOURCE), sources).flatMap(each => each.parts);
    if (parts.length === 0) refuse(PLACE, 'sources', 'name at least one', inWords('none'));
    if (parts.length === 1) return parts[0];
    const description = parts.map(each => each.description).join(', ');
    const texts = parts.flatMap(({ text }) => text ?? []);
    return new FileSource(texts.length === parts.length
      ? { description, text: checkSize('sources', linesOf(texts)) }
      : { description, isSecret: parts.some(({ isSecret }) => isSecret), parts });
  }

  /** For logs and errors: where the text comes from, not the text. */
  public readonly description: string;

  /** The text, where it is known at synth: `inline`, `fromFile`, and `concat` of these. */
  public readonly text?: string;

  /** Whether it comes from a Secret, or a part of it does. */
  public readonly isSecret: boolean;

  /** Whether it may be missing, which is the same as empty. */
  public readonly isOptional: boolean;

  private constructor(source: TextSource) {
    requireMaker('FileSource', source, 'write FileSource.inline, .fromFile, .fromConfigMap or another .from');
    textSource.set(this, source);
    this.description = source.description;
    this.text = source.text;
    this.isSecret = source.isSecret ?? false;
    this.isOptional = source.file?.isOptional ?? false;
  }

  /** What a program puts together that reads it: itself, or the sources of a `concat` that is not known at synth. */
  public get parts(): FileSource[] {
    const { parts = [this] } = textSource.required(this);
    return [...parts as FileSource[]];
  }
}

/** Refuses what is not in one file, for programs of others, which read it there. */
export function requireOneFile(
  place: Place,
  prop: string,
  { description, isOptional, parts }: FileSource,
): void {
  const got = inWords(description);
  if (isOptional) refuseWith(place, prop, { must: 'not be optional', got, remedy: 'leave out { optional: true }' });
  if (parts.length === 1) return;
  const remedy = 'write it by a CopyFiles, and use FileSource.fromShared';
  refuseWith(place, prop, { must: 'be one file', got, remedy });
}

/** A key, and what it is a key of. */
interface KeyIn extends Pick<StoredKey, 'kind' | 'key'> {
  readonly object: kplus.IConfigMap | kplus.ISecret;
}

type Items = { readonly [key: string]: kplus.PathMapping };

function storedText(
  { kind, object, key }: KeyIn,
  options: KeyOptions,
  volume: (name: string, optional: true | undefined, items: Items) => kplus.Volume,
): TextSource {
  checkKey(PLACE, 'key', key);
  const optional = checkOptions(PLACE, options ?? {}, KEY_OPTIONS).optional || undefined;
  return {
    description: `key ${key} of ${kind} ${object.name}`,
    isSecret: kind === 'Secret',
    file: {
      name: key,
      isOptional: optional,
      stored: { kind, name: object.name, namespace: namespaceOf(object), key },
      storage: (name, path) => volume(name, optional, { [key]: { path } }),
    },
  };
}

/** Texts that begin in lines of their own. */
function linesOf(texts: readonly string[]): string {
  return texts.reduce((before, text) => {
    const isEnded = before === '' || text === '' || before.endsWith('\n');
    return isEnded ? before + text : `${before}\n${text}`;
  });
}

/** A text of a ConfigMap that this program makes. */
function textIn(configMap: object, key: string): string | undefined {
  const text: unknown = (configMap as Partial<kplus.ConfigMap>).data?.[key];
  return typeof text === 'string' ? text : undefined;
}

function checkSize(prop: string, text: string): string {
  checkText(PLACE, prop, text);
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    refuseWith(PLACE, prop, {
      must: `hold at most ${MOST_BYTES} bytes`,
      got: inWords(`${bytes} bytes`),
      remedy: 'put a larger text into a ConfigMap and use FileSource.fromConfigMap',
    });
  }
  if (text.includes('\0')) {
    refuse(PLACE, prop, 'not hold NUL characters', inWords('one'));
  }
  return text;
}

function readUtf8(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return refuseWith(PLACE, 'path', {
      must: 'name a readable file',
      got: path,
      remedy: `${(error as NodeJS.ErrnoException).code}, looked for in ${process.cwd()}`,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuseWith(PLACE, 'path', {
      must: 'name a file in UTF-8',
      got: path,
      remedy: 'put a binary file into a ConfigMap and use FileSource.fromConfigMap',
    });
  }
}
