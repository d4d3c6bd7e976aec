import { checkText, isHost, isPort, withoutTokens } from './checks';
import { isUnset } from './dns-names';
import { inWords, refuse, refuseWith, type Place } from './refuse';

/**
 * An http or https URL as curl gets it: no credentials, nothing that would have to be quoted.
 *
 * @param written the same, where its author has variables in it and it has tokens in their place
 */
export function checkUrl(
  place: Place,
  prop: string,
  given: string,
  written = given,
): void {
  checkText(place, prop, given);
  const url = given.startsWith('${Token[')
    ? `http://${withoutTokens(given)}`
    : withoutTokens(given);
  if (!/^https?:\/\//.test(url)) {
    refuseWith(place, prop, {
      must: 'begin with http:// or https://',
      got: written,
      remedy: /^[-.\w]+(:\d+(\/|$)|\/)/.test(url) ? `write http://${written}` : undefined,
    });
  }
  const fault = faultInUrl(url, given);
  if (fault) refuseWith(place, prop, { got: written, ...fault });
}

/** What follows the host in a URL. */
export function checkUrlPath(place: Place, prop: string, path: string): void {
  if (!path.startsWith('/')) refuse(place, prop, 'begin with "/"', path);
  const fault = faultInUrl(`http://host${withoutTokens(path)}`, path);
  if (fault) refuseWith(place, prop, { got: path, ...fault });
}

/** What is wrong with a URL, and what to do about it. */
interface UrlFault {
  readonly must: string;
  readonly got?: string;
  readonly remedy?: string;
}

/** @param given the URL as it was written, with its tokens */
function faultInUrl(url: string, given: string): UrlFault | undefined {
  if (!/^[\x21-\x7e]+$/.test(url)) {
    return {
      must: 'consist of printable ASCII characters without spaces',
      remedy: 'percent-encode the others',
    };
  }
  const authority = authorityOf(url);
  if (authority.includes('@')) {
    return {
      must: 'not hold credentials, which would be readable in the YAML',
      got: withoutCredentials(given),
      remedy: 'pass them in a header from a Secret',
    };
  }
  const fault = faultInAuthority(authority, authorityOf(given))
    ?? (parseUrl(url) ? undefined : { must: 'be a URL' });
  if (fault) return fault;
  return !url.includes('#') ? undefined : {
    must: 'not hold a fragment',
    remedy: `remove ${given.slice(given.indexOf('#'))}: it is never sent to a server`,
  };
}

/** @param given the same as it was written; a URL that is a token as a whole has none */
function faultInAuthority(authority: string, given: string): UrlFault | undefined {
  const [, host, port] = /^(\[[^\]]*\]|[^:\\]+)(?::(\d+))?$/.exec(authority) ?? [];
  if (host === undefined) return { must: 'be a URL' };
  if (port !== undefined && !isPort(Number(port))) return { must: 'name a port between 1 and 65535' };
  if (isUnset(host)) {
    return { must: 'name a host', remedy: `the variable of your program that stands there is ${host}` };
  }
  return host.startsWith('[') || isHost(host, given.replace(/:\d+$/, ''))
    ? undefined
    : { must: 'name a host that is a host name or an IP address' };
}

function authorityOf(url: string): string {
  return /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
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
