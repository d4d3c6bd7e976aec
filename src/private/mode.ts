import { inWords, refuse, type Place } from './refuse';

/**
 * File permissions in the notation of chmod.
 *
 * A mode in which the group may more than the owner, or others more than the group, is nearly always an octal number
 * that was written in decimal (644 is 0o1204): those are refused, with what was probably meant.
 */
export function octal(place: Place, prop: string, mode: number): string {
  const digits = Number.isInteger(mode) && mode >= 0 && mode <= 0o777 ? mode.toString(8).padStart(3, '0') : '';
  const [owner, group, others] = [...digits].map(Number);
  const nested = digits !== '' && within(group, owner) && within(others, group) && owner >= 4;
  if (!nested) {
    const meant = /^[0-7]{3}$/.test(String(mode)) ? `did you mean 0o${mode}?` : 'the owner must be able to read, and others no more than the owner';
    refuse(place, prop, 'be file permissions of at most 0o777', Number.isInteger(mode) && digits ? inWords(`0o${digits} (${mode})`) : mode, meant);
  }
  return `0${digits}`;
}

/** Whether one octal digit grants nothing that the other does not. */
function within(less: number, more: number): boolean {
  return [4, 2, 1].every(bit => Math.floor(less / bit) % 2 <= Math.floor(more / bit) % 2) && (less === 0 || less >= 4);
}
