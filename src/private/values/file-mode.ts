import { inWords, refuseWith, type Place } from './refuse';

/**
 * File permissions in the notation of chmod.
 *
 * A mode in which the group may more than the owner, or others more than the group, is nearly always an octal number
 * that was written in decimal (644 is 0o1204): those are refused, with what was probably meant.
 */
export function octal(place: Place, prop: string, mode: number): string {
  const fault = faultOf(mode);
  if (fault) {
    const meant =
      /^[0-7]{3}$/.test(String(mode)) && nested(parseInt(String(mode), 8))
        ? `did you mean 0o${mode}?`
        : undefined;
    refuseWith(place, prop, {
      must: fault,
      got: Number.isInteger(mode) && mode >= 0 ? inWords(`0o${mode.toString(8)} (${mode})`) : mode,
      remedy: meant,
    });
  }
  return `0${mode.toString(8).padStart(3, '0')}`;
}

/**
 * Permissions of a folder, without leading zeros, as `stat` prints them.
 *
 * Its owner may do all; what anybody may read, they may enter. Most octal numbers that were written in decimal are
 * none of these.
 */
export function octalOfFolder(place: Place, prop: string, mode: number): string {
  const whole = Number.isInteger(mode) && mode >= 0;
  if (whole && mode <= 0o3777 && nested(mode % 0o1000) && isFolder(mode % 0o1000)) return mode.toString(8);
  const meant = /^[0-7]{3,4}$/.test(String(mode)) ? parseInt(String(mode), 8) : 0;
  return refuseWith(place, prop, {
    must: 'let the owner read, write and enter, the group no more than the owner, others no more than the group, '
      + 'who may enter what they may read; with setgid or the sticky bit it is at most 0o3777',
    got: whole ? inWords(`0o${mode.toString(8)} (${mode})`) : mode,
    remedy: nested(meant % 0o1000) && isFolder(meant % 0o1000) ? `did you mean 0o${mode}?` : undefined,
  });
}

/** Whether each digit of a mode makes sense for a folder. */
function isFolder(mode: number): boolean {
  return /^7[057][057]$/.test(mode.toString(8).padStart(3, '0'));
}

function faultOf(mode: number): string | undefined {
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o777) return 'be file permissions of at most 0o777';
  if (nested(mode)) return undefined;
  return 'let the owner read, the group no more than the owner, others no more than the group, '
    + 'and nobody write or run what they may not read';
}

/**
 * Whether the owner may read, the group no more than the owner, others no more than the group, and nobody
 * write or run without reading.
 */
function nested(mode: number): boolean {
  const [owner, group, others] = digitsOf(mode);
  return owner >= 4 && within(group, owner) && within(others, group);
}

/** Whether those who are not the owner may read a file or folder, or write to it. */
export function mayAccess(
  who: 'group' | 'others',
  mode: number,
  access: 'read' | 'write',
): boolean {
  const [group, others] = digitsOf(mode).slice(-2);
  const bit = { read: 4, write: 2 }[access];
  return Math.floor((who === 'group' ? group : others) / bit) % 2 === 1;
}

function digitsOf(mode: number): number[] {
  return [...mode.toString(8).padStart(3, '0')].map(Number);
}

/** Whether one octal digit grants nothing that the other does not, and nothing without reading. */
function within(less: number, more: number): boolean {
  return (
    [4, 2, 1].every(bit => Math.floor(less / bit) % 2 <= Math.floor(more / bit) % 2)
    && (less === 0 || less >= 4)
  );
}
