/** A step that fills a volume, what it makes, and how it is seen. */
import type { IStorage } from 'cdk8s-plus-28';
import type { Container } from '../lab/container';
import type { Entries, Unit } from '../lab/entries';
import type { Image } from '../lab/images';
import type { Shell } from '../lab/shells';

export interface Filler {
  /** The step, with what tells it from other rows. */
  readonly name: string;
  /** What changes as a whole: an entry of the top level, with all that is in it, or a file. */
  readonly unit: Unit;
  /** What it reads, by its paths. */
  readonly read?: Entries;
  /** The volume that it fills, by default `out`. */
  readonly folder?: string;
  /** Whose everything is there before, by default the step's user's. */
  readonly owner?: string;
  /** Whether it fills no volume but its own. */
  readonly ownsVolume?: boolean;
  /** Whether it ends at once in a volume that pods have used, before it can be killed: its file is there. */
  readonly endsAtOnce?: boolean;
  /** What is in a new volume, by default nothing. */
  readonly fresh?: Entries;
  /** What an earlier version of it left. */
  readonly old: Entries;
  /** The step itself; without a directory it has one of its own. */
  container(directory?: IStorage): Container | Promise<Container>;
  /** The image that it runs in, by default one with nothing but the tools. */
  image?(shell: Shell): Image;
  /** What it makes of what an observer sees in the volume before. */
  makes(before: Entries): Entries;
  /** A path that a pod leaves there when it is killed. */
  leaves?(pod: string): string;
  /** What an observer sees of it, by default texts and links. */
  see?(folder: string): Entries;
}
