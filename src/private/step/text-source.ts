import type * as kplus from 'cdk8s-plus-28';
import { Attached } from '../values/attached';

/** A text that is known at synth. */
export interface KnownText {
  readonly description: string;
  readonly text: string;
  readonly isSecret?: undefined;
}

/** A text in a file of some storage. */
export interface StoredText {
  readonly description: string;
  readonly text?: undefined;
  readonly isSecret?: boolean;
  readonly file: {
    readonly name: string;
    /** The shared directory that an earlier step must have written it to. */
    readonly directory?: kplus.IStorage;
    /** Storage that holds it; a volume that must be made for it gets this name. */
    storage(name: string): kplus.IStorage;
  };
}

/** A text that a program reads. */
export type TextSource = KnownText | StoredText;

/** The text of each file source. */
export const textSource = new Attached<TextSource>('text', 1);
