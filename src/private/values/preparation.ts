import { Attached } from './attached';
import type { User } from './user';

/** What a step makes of a volume before others use it. */
export interface Preparation {
  /** Whose the folders shall be, if they are given to somebody. */
  readonly owner?: User;
  /** Their permissions, if they are set. */
  readonly mode?: number;
  /** Folders of the volume; `.` for its root. */
  readonly folders: readonly string[];
}

/** The preparation of each step that makes one. */
export const preparation = new Attached<Preparation>('preparation', 1);
