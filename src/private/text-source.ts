import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Own } from './own';

/** A text that a program reads: known now, or a file in some storage. */
export interface TextSource {
  readonly description: string;
  /** The text, where it is known at synth. */
  readonly text?: string;
  /** The file, where it is not. */
  readonly file?: {
    readonly name: string;
    /** Storage that holds it; a volume that must be made for it gets this scope and this id, which is its name too. */
    storage(scope: Construct, id: string): kplus.IStorage;
  };
}

/** What a container needs to read a text. */
export interface BoundText {
  readonly env: { [name: string]: kplus.EnvValue };
  readonly reads: { [path: string]: kplus.IStorage };
}

export const textSource = new Own<TextSource>('text-source');

/**
 * Gives a container a text: in the variable `NAME`, or as a file whose path is in `NAME_FILE`.
 *
 * @param id the step's id, of which the volume's name is made
 */
export function bindText(source: TextSource, scope: Construct, id: string, name: string): BoundText {
  if (source.text !== undefined) return { env: { [name]: kplus.EnvValue.fromValue(source.text) }, reads: {} };
  const folder = name.toLowerCase().replaceAll('_', '-');
  return {
    env: { [`${name}_FILE`]: kplus.EnvValue.fromValue(`/in/${folder}/${source.file!.name}`) },
    reads: { [`/in/${folder}`]: source.file!.storage(scope, childName(id, folder)) },
  };
}

/** A name for something that belongs to a step, at most as long as Kubernetes takes. */
export function childName(id: string, suffix: string): string {
  return `${id.slice(0, 62 - suffix.length).replace(/-+$/, '')}-${suffix}`;
}
