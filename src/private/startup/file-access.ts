import { containerInWords, type PodContainer, type PodUser } from '../pod/pod';
import type { User } from '../values/user';

/** The group of the library's own user, which no image gives to a user of its own. */
const NOBODY = 65534;

/** Whose a file is, and whether others than its owner may do with it what they want to. */
export interface Access {
  readonly owner: User;
  readonly byGroup: boolean;
  readonly byOthers: boolean;
}

/** Who a container runs as, as far as it or its pod says. */
export function userOf({ user }: PodContainer, pod: PodUser): User {
  return { uid: user.uid ?? pod.uid, gid: user.gid ?? pod.gid };
}

/** A container with the user that it runs as, in a message. */
export function inWords(container: PodContainer, pod: PodUser): string {
  return `${containerInWords(container.name)} as user ${userOf(container, pod).uid}`;
}

/** The user as an argument list of `RunAs.user`. */
export function idsOf({ uid, gid }: User): string {
  return [uid, gid].filter(id => id !== undefined).join(', ');
}

/** Whether a user certainly may not do what they want to with a file. User 0 may do all. */
export function isShutOut(
  { uid, gid }: User,
  { owner, byGroup, byOthers }: Access,
  pod: PodUser,
): boolean {
  if (uid === undefined || uid === 0 || uid === owner.uid || byOthers) return false;
  if (!byGroup) return true;
  const groups = [gid, pod.fsGroup, ...pod.supplementalGroups ?? []];
  if (owner.gid === undefined || groups.includes(owner.gid)) return false;
  return gid !== undefined || owner.gid === NOBODY;
}

/** What a container writes into a directory of the pod belongs to the group of the pod, if that has one. */
export function ownerOf(writer: PodContainer, pod: PodUser): User {
  const { uid, gid } = userOf(writer, pod);
  return { uid, gid: pod.fsGroup ?? gid };
}
