import { isIPv4, isIPv6 } from 'net';
import { hyphenated, isDnsLabel, isDnsName, isUnset, looksLikeIPv4 } from './dns-names';
import { requireKind } from './kind';
import { TEXT } from './kinds';
import { checkReadable } from './readable-text';
import { refuse, refuseWith, type Place } from './refuse';
import { endpointMeantBy } from './well-known-servers';

/** A text in which each token, whose value only another tool will know, is replaced by something harmless. */
export function withoutTokens(text: string): string {
  return text.replace(/\$\{Token\[[-A-Za-z0-9_.:]+\.\d+\]\}/g, '1');
}

/** A text that is known now: what is made of it is checked and written down at once. */
export function checkText(
  place: Place,
  prop: string,
  text: unknown,
): asserts text is string {
  requireKind(place, prop, TEXT, text);
  checkReadable(place, prop, text as string);
}

/** Container and volume names. */
export function checkDnsLabel(place: Place, prop: string, name: string): void {
  checkText(place, prop, name);
  if (!isDnsLabel(name)) refuseLabel(place, prop, name);
}

function refuseLabel(place: Place, prop: string, name: string): never {
  const meant = withoutTokens(name) === name ? hyphenated(name) : '';
  return refuseWith(place, prop, {
    must: 'be a DNS label (lower-case letters, digits and "-", at most 63 characters)',
    got: name,
    remedy: isDnsLabel(meant) ? `did you mean ${meant}?` : undefined,
  });
}

/** What is said of a wrong host. */
interface HostWords {
  /** What to do about a port. */
  readonly remedy: string;
  /** What it must be. */
  readonly must?: string;
}

/** A host name or an address, without scheme, port or path. */
export function checkHost(
  place: Place,
  prop: string,
  given: string,
  { remedy, must = 'be a host name or an IP address' }: HostWords,
): void {
  checkText(place, prop, given);
  const host = withoutTokens(given);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host)) {
    refuseWith(place, prop, {
      must,
      got: given,
      remedy: `write ${endpointMeantBy(given)}`,
    });
  }
  if (/^[^:]+:\d+$/.test(host)) {
    refuseWith(place, prop, {
      must: 'be a host name without a port',
      got: given,
      remedy,
    });
  }
  if (isUnset(host)) {
    refuseWith(place, prop, {
      must,
      got: given,
      remedy: `the variable of your program that stands there is ${host}`,
    });
  }
  if (!isHost(host, given) && !isIPv6(host)) refuse(place, prop, must, given);
}

/**
 * Whether a text is a host name or an IPv4 address.
 *
 * @param given the same as it was written, with its tokens
 */
export function isHost(host: string, given: string): boolean {
  return isDnsName(host) && (isIPv4(given) || !looksLikeIPv4(given));
}

/** A host name, as that of a Service must be. */
export function checkHostName(place: Place, prop: string, given: string): void {
  checkHost(place, prop, given, { remedy: 'a Service names its ports apart' });
  if (isIPv6(withoutTokens(given))) {
    refuseWith(place, prop, {
      must: 'be a name, not an address',
      got: given,
      remedy: 'use Endpoint.tcp',
    });
  }
}

/** The name of a namespace. */
export function checkNamespace(place: Place, prop: string, namespace: string): void {
  checkText(place, prop, namespace);
  if (!isDnsLabel(withoutTokens(namespace))) refuseLabel(place, prop, namespace);
}

/** The name of an object of Kubernetes, as of custom resources. */
export function checkObjectName(place: Place, prop: string, name: string): void {
  checkText(place, prop, name);
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(withoutTokens(name))) {
    refuse(place, prop, 'be of lower-case letters, digits, "-" and "."', name);
  }
}

/** A DNS domain. */
export function checkDomain(place: Place, prop: string, domain: string): void {
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.?$/i.test(domain) || domain.includes('..')) {
    refuse(place, prop, 'be a DNS domain', domain);
  }
}

export function checkPort(place: Place, prop: string, port: number): void {
  if (!isPort(port)) refuse(place, prop, 'be between 1 and 65535', port);
}

/** Whether a number can be that of a port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Whether a text is a port as a program takes it, without a zero before it. */
export function isPortText(text: string): boolean {
  return /^[1-9]\d*$/.test(text) && isPort(Number(text));
}

/** Names of variables in a template. */
export function checkVariableName(place: Place, prop: string, name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    refuse(place, prop, 'have names of letters, digits and "_"', name);
  }
}

/** Names that the library's programs read: what begins so belongs to no image and to no service link. */
export function checkReservedNames(
  place: Place,
  prop: string,
  env: { readonly [name: string]: unknown } = {},
): void {
  const reserved = Object.keys(env).find(name => /^(step|var)_/.test(name));
  if (reserved !== undefined) {
    refuseWith(place, prop, {
      must: 'not name variables that begin with step_ or var_',
      got: reserved,
      remedy: 'the programs of the steps get their own in them',
    });
  }
}

/** Keys of ConfigMaps and Secrets. */
export function checkKey(place: Place, prop: string, key: string): void {
  checkText(place, prop, key);
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..')) {
    refuse(place, prop, 'be a key of letters, digits, "-", "_" and "."', key);
  }
}

/** Image references. */
export function checkImage(
  place: Place,
  prop: string,
  image: string | undefined,
): void {
  if (image !== undefined && !/^\S+$/.test(image)) {
    refuse(place, prop, 'be an image reference without spaces', image);
  }
}

export function checkWhole(
  place: Place,
  prop: string,
  value: number,
  least: number,
): void {
  if (!Number.isInteger(value) || value < least) {
    refuse(place, prop, `be a whole number of at least ${least}`, value);
  }
}
