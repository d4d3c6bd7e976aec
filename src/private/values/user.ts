import { Attached } from './attached';
import { objectsWith } from './kind';

/** Who a container runs as; whoever the pod or the image says, where it is left out. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** The user of each RunAs. */
export const user = new Attached<User>('user', 1);

export const RUN_AS = objectsWith(user, {
  one: 'a RunAs',
  many: 'RunAs objects',
  instead: value =>
    `write RunAs.user(${typeof value === 'number' ? value : '1000, 1000'}) or RunAs.inherited()`,
});
