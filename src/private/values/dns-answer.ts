import { checkWhole } from './checks';
import { isLocalhost } from './dns-names';
import { refuse, type Place } from './refuse';

/** An answer of a name server has 512 bytes over UDP and without extensions, and 12 of them are its head. */
const ROOM = 512 - 12;

/** In a question a name takes two bytes more than it has letters, and four stand behind it. */
const AROUND_NAME = 6;

/** What an address takes in an answer. */
const IPV4 = 16;
const IPV6 = 28;

/** The most addresses that name servers tell of any name, of both kinds together. */
const MOST_ADDRESSES = Math.floor((ROOM - AROUND_NAME - 1) / IPV4) + Math.floor((ROOM - AROUND_NAME - 1) / IPV6);

/** The most IPv4 addresses that name servers tell of a name. */
export function mostIPv4(name: string): number {
  return Math.floor((ROOM - AROUND_NAME - name.replace(/\.$/, '').length) / IPV4);
}

/** How many addresses a name must have. */
export function checkMinAddresses(place: Place, count: number, name: string): void {
  checkWhole(place, 'minAddresses', count, 1);
  if (count > MOST_ADDRESSES) {
    refuse(place, 'minAddresses', `be at most ${MOST_ADDRESSES}, for which answers of name servers have room`, count);
  }
  if (count > 1 && isLocalhost(name)) {
    refuse(place, 'minAddresses', 'be 1 for localhost, which is the pod itself', count);
  }
}
