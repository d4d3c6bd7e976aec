import { isGiven } from './private/values/kind';
import { refuse, requireMaker } from './private/values/refuse';
import { user, type User } from './private/values/user';

const LARGEST_ID = 2 ** 31 - 1;

/**
 * Who a step runs as.
 *
 * A file belongs to the user of the step that wrote it. With the default mode 0644 every other user can read it; for a
 * narrower mode run the step as the app's user, or give the pod an `fsGroup` and use mode 0640: files in a shared
 * directory then belong to that group, of which every container of the pod is a member.
 */
export class RunAs {
  /**
   * A numeric user and group. User 0 also lifts `runAsNonRoot`.
   *
   * @param uid the user id, at least 0
   * @param gid the group id; left out, the group that the image gives the user, which is 0 for a user that it
   * does not know
   * @throws when an id is no whole number from 0 to 2147483647
   */
  public static user(uid: number, gid?: number): RunAs {
    checkId('uid', uid);
    if (!isGiven(gid)) return new RunAs({ uid });
    checkId('gid', gid);
    return new RunAs({ uid, gid });
  }

  /**
   * Whatever the pod, else the image, else the cluster (OpenShift) says: neither `runAsUser` nor `runAsGroup` is
   * written into the container, and `runAsNonRoot` is what the pod has.
   */
  public static inherited(): RunAs {
    return new RunAs({});
  }

  /** The user id, absent when inherited. */
  public readonly uid?: number;
  /** The group id, absent when inherited. */
  public readonly gid?: number;

  private constructor(ids: User) {
    requireMaker('RunAs', ids, 'write RunAs.user(1000, 1000) or RunAs.inherited()');
    const { uid, gid } = ids;
    this.uid = uid;
    this.gid = gid;
    user.set(this, { uid, gid });
  }
}

function checkId(prop: string, id: number): void {
  if (!Number.isInteger(id) || id < 0 || id > LARGEST_ID) {
    refuse({ of: 'RunAs' }, prop, `be a whole number from 0 to ${LARGEST_ID}`, id);
  }
}
