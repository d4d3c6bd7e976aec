import ip from 'ipaddr.js';

export function isIPv4(text: string): boolean {
  return ip.IPv4.isValidFourPartDecimal(text);
}

export function isIPv6(text: string): boolean {
  return ip.IPv6.isValid(text);
}

export function isIP(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

type Network = ReturnType<typeof ip.parseCIDR>;

/** Addresses and ranges; one of IPv4 that is written as one of IPv6 is of those of IPv4, too. */
export class BlockList {
  private readonly networks: Network[] = [];

  public addSubnet(address: string, prefix: number): void {
    this.networks.push([ip.parse(address), prefix]);
  }

  public addAddress(address: string): void {
    this.addSubnet(address, isIPv4(address) ? 32 : 128);
  }

  public check(text: string): boolean {
    const address = ip.process(text);
    return this.networks.some(network => address.kind() === network[0].kind() && address.match(network));
  }
}
