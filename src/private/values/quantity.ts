import type { Duration, Size } from 'cdk8s';
import { inWords, refuse, type Place } from './refuse';

/** A limit in whole seconds: `timeout` of older busybox images knows no fractions. */
export function wholeSeconds(place: Place, prop: string, duration: Duration): number {
  const seconds = duration.toMilliseconds() / 1000;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86400) {
    refuse(
      place,
      prop,
      'be between one second and one day, in whole seconds',
      inWords(`${seconds} s`),
    );
  }
  return seconds;
}

/** How long a program may take that sees to it itself; no time at all if that is not worth counting. */
export function secondsOrNone(place: Place, prop: string, duration: Duration): number {
  return duration.toMilliseconds() === 0 ? 0 : wholeSeconds(place, prop, duration);
}

/** A pause in tenths of a second, the unit of the programs. */
export function tenthsOfASecond(
  place: Place,
  prop: string,
  duration: Duration,
): number {
  const milliseconds = duration.toMilliseconds();
  if (milliseconds < 100 || milliseconds > 3600_000) {
    refuse(place, prop, 'be between 0.1 seconds and one hour', inWords(`${milliseconds / 1000} s`));
  }
  return Math.round(milliseconds / 100);
}

/** A size of whole kibibytes, in bytes. */
export function bytes(place: Place, prop: string, size: Size): number {
  const kibibytes = size.toKibibytes();
  if (!Number.isInteger(kibibytes) || kibibytes < 1) {
    refuse(
      place,
      prop,
      'be a whole number of kibibytes, at least one',
      inWords(`${kibibytes} KiB`),
    );
  }
  return kibibytes * 1024;
}

/** In bytes. */
export const MEBIBYTE = 1024 * 1024;

/** A size of at least one mebibyte, in bytes: Kubernetes and cdk8s-plus can both write down whole mebibytes only. */
export function wholeMebibytes(place: Place, prop: string, size: Size): number {
  const mebibytes = size.toKibibytes() / 1024;
  if (!Number.isInteger(mebibytes) || mebibytes < 1) {
    refuse(
      place,
      prop,
      'be a whole number of mebibytes, at least one',
      inWords(`${size.toKibibytes()} KiB`),
    );
  }
  return mebibytes * MEBIBYTE;
}
