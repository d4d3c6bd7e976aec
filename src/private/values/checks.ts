import { isIPv4, isIPv6 } from 'net';
import { hyphenated, isDnsLabel, isDnsName, looksLikeIPv4 } from './dns-names';
import { requireKind } from './kind';
import { TEXT } from './kinds';
import { checkReadable } from './readable-text';
import { inWords, refuse, refuseWith, type Place } from './refuse';
import { endpointMeantBy } from './well-known-servers';

/** A text in which each token, whose value only another tool will know, is replaced by something harmless. */
function withoutTokens(text: string): string {
  return text.replace(/\$\{Token\[[-A-Za-z0-9_.:]+\.\d+\]\}/g, '1');
}

/** A text that is known now: what is made of it is checked and written down at once. */
export function checkText(place: Place, prop: string, text: unknown): asserts text is string {
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

/**
 * A host name or an address, without scheme, port or path.
 *
 * @param remedy what to do about a port
 */
export function checkHost(place: Place, prop: string, given: string, remedy: string): void {
  checkText(place, prop, given);
  const host = withoutTokens(given);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host)) {
    refuseWith(place, prop, {
      must: 'be a host name or an IP address',
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
  const isName = isDnsName(host) && (isIPv4(given) || !looksLikeIPv4(given));
  if (!isName && !isIPv6(host)) refuse(place, prop, 'be a host name or an IP address', given);
}

/** A host name, as that of a Service must be. */
export function checkHostName(place: Place, prop: string, given: string): void {
  checkHost(place, prop, given, 'a Service names its ports apart');
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

/** A DNS domain. */
export function checkDomain(place: Place, prop: string, domain: string): void {
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.?$/i.test(domain) || domain.includes('..')) {
    refuse(place, prop, 'be a DNS domain', domain);
  }
}

export function checkPort(place: Place, prop: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    refuse(place, prop, 'be between 1 and 65535', port);
  }
}

/** An http or https URL as curl gets it: no credentials, nothing that would have to be quoted. */
export function checkUrl(place: Place, prop: string, given: string): void {
  checkText(place, prop, given);
  const url = given.startsWith('${Token[')
    ? `http://${withoutTokens(given)}`
    : withoutTokens(given);
  if (!/^https?:\/\//.test(url)) refuse(place, prop, 'begin with http:// or https://', given);
  const fault = faultInUrl(url, given);
  if (fault) refuseWith(place, prop, { got: given, ...fault });
}

/** What follows the host in a URL. */
export function checkUrlPath(place: Place, prop: string, path: string): void {
  if (!path.startsWith('/')) refuse(place, prop, 'begin with "/"', path);
  const fault = faultInUrl(`http://host${withoutTokens(path)}`, path);
  if (fault) refuseWith(place, prop, { got: path, ...fault });
}

/** @param given the URL as it was written, with its tokens */
function faultInUrl(url: string, given: string): { must: string; got?: string; remedy?: string } | undefined {
  if (!/^[\x21-\x7e]+$/.test(url)) {
    return {
      must: 'consist of printable ASCII characters without spaces',
      remedy: 'percent-encode the others',
    };
  }
  const parsed = parseUrl(url);
  const authority = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  if (authority.includes('@')) {
    return {
      must: 'not hold credentials, which would be readable in the YAML',
      got: withoutCredentials(given),
      remedy: 'pass them in a header from a Secret',
    };
  }
  if (!parsed || !/^(\[[^\]]*\]|[^:\\]+)(:\d+)?$/.test(authority)) return { must: 'be a URL' };
  if (/:0+$/.test(authority)) return { must: 'name a port between 1 and 65535' };
  return !url.includes('#') ? undefined : {
    must: 'not hold a fragment',
    remedy: `remove ${given.slice(given.indexOf('#'))}: it is never sent to a server`,
  };
}

/** Credentials may also stand behind the question mark. */
function withoutCredentials(url: string): string {
  return url.replace(/^(https?:)?[/\\]*[^/?#]*@/, '$1//...@').replace(/[?#].*$/, '');
}

/** Certificates are for https; where the URL is a token, that is not known. */
export function checkCertificate(
  place: Place,
  url: string,
  certificate: { readonly description: string } | undefined,
): void {
  if (certificate && /^http:/.test(url)) {
    refuse(
      place,
      'caCertificate',
      'be left out for a plain http URL',
      inWords(certificate.description),
    );
  }
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** An absolute path as Kubernetes takes it for a mount. */
export function checkPath(place: Place, prop: string, path: string): void {
  checkText(place, prop, path);
  if (!path.startsWith('/')) refuse(place, prop, 'be an absolute path', path);
  checkParts(place, prop, path.slice(1), path);
}

/** The path of a folder or file in a directory. */
export function checkRelativePath(place: Place, prop: string, path: string): void {
  checkText(place, prop, path);
  if (path.startsWith('/')) refuse(place, prop, 'be relative to the directory', path);
  checkParts(place, prop, path, path);
}

function checkParts(place: Place, prop: string, path: string, got: string): void {
  if (/(^|\/)\.\.(\/|$)/.test(path)) refuse(place, prop, 'not contain ".."', got);
  if (/(^|\/)\.?(\/|$)/.test(path)) {
    refuseWith(place, prop, {
      must: 'name one file or folder, without "." or empty parts',
      got,
      remedy: path.length > 1 && path.endsWith('/') ? 'leave out the "/" at its end' : undefined,
    });
  }
  if (/[:\x00-\x1f\x7f]/.test(path)) {
    refuse(place, prop, 'not contain ":" or control characters', got);
  }
}

/**
 * The name of a file in a shared directory, with the folders that it is in. Its temporary name, which may be
 * `.<name>.<uid of the pod>.part`, must fit too.
 */
export function checkFileName(place: Place, prop: string, name: string): void {
  checkText(place, prop, name);
  const parts = name.split('/');
  if (parts.some(part => ['', '.', '..'].includes(part)) || /[\x00-\x1f\x7f]/.test(name)) {
    refuse(place, prop, 'be a file name, with folders before it or not, without ".." and control characters', name);
  }
  if (parts.some(part => Buffer.byteLength(part) > 210)) refuse(place, prop, 'be at most 210 bytes long', name);
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
export function checkImage(place: Place, prop: string, image: string | undefined): void {
  if (image !== undefined && !/^\S+$/.test(image)) {
    refuse(place, prop, 'be an image reference without spaces', image);
  }
}

export function checkWhole(place: Place, prop: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    refuse(place, prop, `be a whole number of at least ${least}`, value);
  }
}
