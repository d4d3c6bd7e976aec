import { readFileSync } from 'fs';
import * as kplus from 'cdk8s-plus-28';
import { SHARED_FILE } from './private/pod/kinds';
import { textSource, type TextSource } from './private/step/text-source';
import { checkKey, checkText } from './private/values/checks';
import { DETACHED } from './private/values/detached';
import {
  hasMethod, isObject, kindOf, objectsWith, requireKind,
} from './private/values/kind';
import { likelyText } from './private/values/likely-text';
import { inWords, refuse, refuseWith, requireMaker } from './private/values/refuse';
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

export const CONFIG_MAP = kindOf(hasName, {
  one: 'a ConfigMap',
  many: 'ConfigMaps',
  instead: name => `write ConfigMap.fromConfigMapName(scope, id, ${quoted(name)})`,
});

export const SECRET = kindOf(hasName, {
  one: 'a Secret',
  many: 'Secrets',
  instead: name => `write Secret.fromSecretName(scope, id, ${quoted(name)})`,
});

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
   * @throws when the key is no key of a ConfigMap; at synth when the program makes the ConfigMap without it,
   * or in another namespace than that of the pod
   */
  public static fromConfigMap(configMap: kplus.IConfigMap, key: string): FileSource {
    requireKind(PLACE, 'configMap', CONFIG_MAP, configMap);
    checkKey(PLACE, 'key', key);
    const source = new FileSource({
      description: `key ${key} of ConfigMap ${configMap.name}`,
      file: {
        name: key,
        stored: { kind: 'ConfigMap', name: configMap.name, namespace: namespaceOf(configMap), key },
        storage: name =>
          kplus.Volume.fromConfigMap(DETACHED, name, configMap, {
            name,
            items: { [key]: { path: key } },
          }),
      },
    });
    likelyText.set(source, () => textIn(configMap, key));
    return source;
  }

  /**
   * A key of a Secret that exists in the cluster. It is mounted, so the kubelet waits until the Secret is there.
   *
   * @throws when the key is no key of a Secret; at synth when the program makes the Secret without it, or in
   * another namespace than that of the pod
   */
  public static fromSecret(secret: kplus.ISecret, key: string): FileSource {
    requireKind(PLACE, 'secret', SECRET, secret);
    checkKey(PLACE, 'key', key);
    return new FileSource({
      description: `key ${key} of Secret ${secret.name}`,
      isSecret: true,
      file: {
        name: key,
        stored: { kind: 'Secret', name: secret.name, namespace: namespaceOf(secret), key },
        storage: name =>
          kplus.Volume.fromSecret(DETACHED, name, secret, {
            name,
            items: { [key]: { path: key } },
          }),
      },
    });
  }

  /** A file that an earlier step of the same workload writes. */
  public static fromShared(file: SharedFile): FileSource {
    requireKind(PLACE, 'file', SHARED_FILE, file);
    return new FileSource({
      description: `${file.name} in ${file.directory.node.id}`,
      file: { name: file.name, directory: file.directory, storage: () => file.directory },
    });
  }

  /** For logs and errors: where the text comes from, not the text. */
  public readonly description: string;

  /** The text, where it is known at synth: `inline` and `fromFile`. */
  public readonly text?: string;

  /** Whether it comes from a Secret: `fromSecret`. */
  public readonly isSecret: boolean;

  private constructor(source: TextSource) {
    requireMaker('FileSource', source, 'write FileSource.inline, .fromFile, .fromConfigMap or another .from');
    textSource.set(this, source);
    this.description = source.description;
    this.text = source.text;
    this.isSecret = source.isSecret ?? false;
  }
}

/** Whether it is an object of Kubernetes as far as a volume needs it, of whichever version of cdk8s-plus. */
function hasName(value: unknown): boolean {
  const { name } = isObject(value) ? value as { name?: unknown } : {};
  return typeof name === 'string' || hasMethod(name, 'produce');
}

/** A text of a ConfigMap that this program makes. */
function textIn(configMap: object, key: string): string | undefined {
  const text: unknown = (configMap as Partial<kplus.ConfigMap>).data?.[key];
  return typeof text === 'string' ? text : undefined;
}

/** Known of what this program makes; what is imported has a name only. */
export function namespaceOf(object: object): string | undefined {
  return (object as Partial<kplus.Resource>).metadata?.namespace;
}

function quoted(name: unknown): string {
  return JSON.stringify(typeof name === 'string' ? name : 'name');
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
