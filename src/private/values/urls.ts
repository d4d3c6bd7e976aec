import { checkText, withoutTokens } from './checks';
import { inWords, refuse, refuseWith, type Place } from './refuse';

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
function faultInUrl(
  url: string,
  given: string,
): { must: string; got?: string; remedy?: string } | undefined {
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
