import type * as kplus from 'cdk8s-plus-28';
import { inWords, refuse, refuseWith, type Place } from './private/values/refuse';
import { checkVariables, requireUsed } from './variables';

/** The headers of a request, and their variables. */
export interface HeaderOptions {
  /** Where it may have variables, too. */
  readonly url?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly variables?: { readonly [name: string]: kplus.EnvValue };
}

/** Refuses headers that cannot be sent, variables in them that are not declared, and such that none of them uses. */
export function checkHeaders(
  place: Place,
  { url, headers = {}, variables = {} }: HeaderOptions,
): void {
  for (const name of Object.keys(headers).sort()) checkHeader(place, name, headers[name]);
  const lines = headerText(headers);
  const names = Object.keys(variables);
  checkVariables(place, variables);
  if (url === undefined) requireUsed(place, lines, names, 'the headers');
  else requireUsed(place, [url, ...lines], names, 'the url or the headers');
  requireDeclared(place, lines, names);
}

/** The headers one a line, as a program takes them. */
export function headerText(headers: { readonly [name: string]: string }): string[] {
  return Object.keys(headers).sort().map(name => `${name}: ${headers[name]}`);
}

function checkHeader(place: Place, name: string, value: string): void {
  if (!/^[-A-Za-z0-9!#$%&'*+.^_`|~]+$/.test(name)) {
    refuse(place, 'headers', 'have names that HTTP takes', name);
  }
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
    refuse(
      place,
      'headers',
      'not hold line breaks or other control characters',
      inWords(`one in ${name}`),
    );
  }
  if (value.trim() === '') refuse(place, 'headers', 'have values', `${name}: ${value}`);
}

/** In a header nothing but a variable can be meant by `${`. */
function requireDeclared(place: Place, headers: string[], names: string[]): void {
  const unknown = headers
    .flatMap(header => header.split('${').slice(1))
    .find(rest => !names.some(name => rest.startsWith(`${name}}`)));
  if (unknown === undefined) return;
  const name = names.find(each => unknown.startsWith(`${each}:-`) || unknown.startsWith(`${each}|`));
  if (name === undefined) {
    refuseWith(place, 'headers', {
      must: 'use declared variables only, as ${NAME}',
      got: `\${${/^[^}]*}?/.exec(unknown)![0]}`,
      remedy: 'declare it in variables',
    });
  }
  const what = unknown[name.length] === '|' ? 'an encoding' : 'a default';
  refuseWith(place, 'headers', {
    must: 'take variables without defaults and encodings',
    got: inWords(`${what} of ${name}`),
    remedy: `write \${${name}}`,
  });
}

/** Names of headers that say who asks. */
const SAYS_WHO = /^(proxy-)?authorization$|^cookie$|(^|-)(api-?key|token|secret|password)$/i;

/** What is secret by its name, and stands in the YAML. */
export function readableHeaders(
  { headers = {}, variables = {} }: HeaderOptions,
): { message: string; remedy: string }[] {
  const fromElsewhere = Object.keys(variables).filter(name => variables[name].valueFrom);
  return Object.keys(headers).sort()
    .filter(name => SAYS_WHO.test(name))
    .filter(name => !fromElsewhere.some(variable => headers[name].includes(`\${${variable}}`)))
    .map(name => ({
      message: `sends ${name} as it stands in the YAML`,
      remedy: 'write ${NAME} there, and in variables NAME: EnvValue.fromSecretValue({ secret, key })',
    }));
}

/** Whether a redirect would carry a variable of this header to another host: curl holds back these two only. */
export function carriesSecretAlong(header: string): boolean {
  return header.includes('${') && !/^(authorization|cookie):/i.test(header);
}
