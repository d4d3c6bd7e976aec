import type * as kplus from 'cdk8s-plus-28';
import { refuse, refuseWith, type Place } from './private/values/refuse';
import { checkUrl } from './private/values/urls';

/** What begins as a variable; a token of cdk8s does, too, and is none. */
const PLACEHOLDER = /\$\{(?!Token\[)([^}]*)\}?/g;

/** Whether a part of a URL is known in the pod only. */
export function urlHasVariables(url: string): boolean {
  return url.search(PLACEHOLDER) >= 0;
}

/**
 * A URL of which the pod may have to be told parts: `${NAME}` or `${NAME|url}` of a declared variable.
 *
 * @param variables those that are declared
 */
export function checkUrlTemplate(
  place: Place,
  url: string,
  variables: { readonly [name: string]: kplus.EnvValue } = {},
): void {
  if (!urlHasVariables(url)) return checkUrl(place, 'url', url);
  for (const [placeholder, inner] of url.matchAll(PLACEHOLDER)) {
    checkPlaceholder(place, placeholder, inner, Object.keys(variables));
  }
  if (/["\\]/.test(url)) refuse(place, 'url', 'not hold quotes and backslashes beside variables', url);
  checkUrl(place, 'url', url.replace(PLACEHOLDER, '${Token[variable.1]}'), url);
}

function checkPlaceholder(
  place: Place,
  placeholder: string,
  inner: string,
  names: readonly string[],
): void {
  const isWhole = placeholder.endsWith('}');
  if (isWhole && names.includes(inner.replace(/\|url$/, ''))) return;
  const name = names.find(each => inner.startsWith(`${each}|`) || inner.startsWith(`${each}:`));
  if (!isWhole || name === undefined) {
    refuseWith(place, 'url', {
      must: 'use declared variables only, as ${NAME}',
      got: placeholder,
      remedy: 'declare it in variables',
    });
  }
  refuseWith(place, 'url', {
    must: 'take variables without defaults, and in no encoding but url',
    got: placeholder,
    remedy: `write \${${name}} or \${${name}|url}`,
  });
}
