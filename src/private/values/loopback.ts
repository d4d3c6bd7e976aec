import { BlockList, isIP } from 'net';
import { isLocalhost } from './dns-names';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('0.0.0.0', 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addAddress('::', 'ipv6');

/** Whether a name or an address leads to the pod itself. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(name);
  return version === 0
    ? isLocalhost(name)
    : LOOPBACK.check(name, version === 4 ? 'ipv4' : 'ipv6');
}
