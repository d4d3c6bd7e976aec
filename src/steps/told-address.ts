import type * as kplus from 'cdk8s-plus-28';
import type { Endpoint } from '../endpoint';

/** The address of an endpoint as its program is told it, and the variables that hold what only the pod knows. */
export interface ToldAddress {
  readonly address: string;
  readonly env: { readonly [name: string]: kplus.EnvValue };
}

/** @param number which endpoint of the step it is */
export function toldAddress(
  { addressValues }: Endpoint,
  address: string,
  number: number,
): ToldAddress {
  const parts = Object.keys(addressValues);
  if (parts.length === 0) return { address, env: {} };
  const names = parts.map(part => `step_${part}_${number}`);
  const scheme = parts.includes('url') ? 'url' : schemeOf(address);
  return {
    address: [scheme, ...names].join(':'),
    env: Object.fromEntries(parts.map((part, index) => [names[index], addressValues[part]])),
  };
}

/** What it takes to try an address: curl for both kinds of http. */
export function schemeOf(address: string): string {
  return address.slice(0, address.indexOf(':')).replace('https', 'http');
}
