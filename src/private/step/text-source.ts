import type * as kplus from 'cdk8s-plus-28';
import { Attached } from '../values/attached';

/** A text that is known at synth. */
export interface KnownText {
  readonly description: string;
  readonly text: string;
  readonly isSecret?: undefined;
  readonly file?: undefined;
  readonly parts?: undefined;
}

/** A key of a ConfigMap or Secret that must be there before a container can start. */
export interface StoredKey {
  readonly kind: 'ConfigMap' | 'Secret';
  /** The name of the ConfigMap or Secret, which must be in the namespace of the pod. */
  readonly name: string;
  /** The namespace that it is in, where it is known by more than its name. */
  readonly namespace?: string;
  readonly key: string;
}

/** A text in a file of some storage. */
export interface StoredText {
  readonly description: string;
  readonly text?: undefined;
  readonly isSecret?: boolean;
  readonly parts?: undefined;
  readonly file: {
    readonly name: string;
    /** The shared directory that an earlier step must have written it to. */
    readonly directory?: kplus.IStorage;
    /** The key that holds it, if it comes from a ConfigMap or Secret. */
    readonly stored?: StoredKey;
    /** Whether the key, or what holds it, may be missing. */
    readonly isOptional?: boolean;
    /** Storage that holds it; in a volume that must be made for it, of this name, it has the other name. */
    storage(name: string, fileName: string): kplus.IStorage;
  };
}

/** Texts of which at least one is in a file: no file holds all of them. */
export interface PartedText {
  readonly description: string;
  readonly text?: undefined;
  readonly isSecret?: boolean;
  readonly file?: undefined;
  readonly parts: readonly object[];
}

/** A text that a program reads. */
export type TextSource = KnownText | StoredText | PartedText;

/** The text of each file source. */
export const textSource = new Attached<TextSource>('text', 2);
