import { checkWhole } from './checks';
import { refuse, type Place } from './refuse';

/**
 * The most addresses that name servers tell of a name, over UDP and without extensions: an answer has 512 bytes. 19 of
 * them go to the head and the shortest question, and of the rest an IPv4 address takes 16, an IPv6 address 28.
 */
const MOST_ADDRESSES = Math.floor((512 - 19) / 16) + Math.floor((512 - 19) / 28);

/** How many addresses a name must have. */
export function checkMinAddresses(place: Place, count: number): void {
  checkWhole(place, 'minAddresses', count, 1);
  if (count > MOST_ADDRESSES) {
    refuse(place, 'minAddresses', `be at most ${MOST_ADDRESSES}, for which answers of name servers have room`, count);
  }
}
