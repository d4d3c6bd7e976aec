import type * as kplus from 'cdk8s-plus-28';
import { checkVariableName } from './private/values/checks';
import { checkEnvSource } from './private/values/env-source';
import { refuseWith, type Place } from './private/values/refuse';
import { isSlip } from './private/values/slips';

/** Where a variable is missing, a placeholder that is nearly its name may be short, too. */
const SHORTEST_PLACEHOLDER = 3;

/**
 * The variables of a template as its program gets them: their names in `step_variables`, their values in
 * `var_<name>`.
 */
export function variableEnv(
  place: Place,
  variables: { readonly [name: string]: kplus.EnvValue } = {},
): { [name: string]: kplus.EnvValue | string } {
  checkVariables(place, variables);
  const names = Object.keys(variables).sort();
  return {
    step_variables: listedNames(names),
    ...Object.fromEntries(names.map(name => [`var_${name}`, variables[name]])),
  };
}

/** Names in one variable. The API server drops an empty value, and tools that compare would find a change. */
export function listedNames(names: readonly string[]): string {
  return names.join(' ') || ' ';
}

/** Refuses variables of other names than a program takes, and such that would read the resources of the step. */
export function checkVariables(
  place: Place,
  variables: { readonly [name: string]: kplus.EnvValue },
): void {
  for (const name of Object.keys(variables).sort()) {
    checkVariableName(place, 'variables', name);
    checkEnvSource(place, 'variables', variables[name], name);
  }
}

/** Refuses variables that none of the texts uses: mistyped there, or eaten by a TypeScript backtick. */
export function requireUsed(
  place: Place,
  texts: string[],
  names: string[],
  where: string,
): void {
  const unused = unusedVariables(texts, names)[0];
  if (unused === undefined) return;
  refuseWith(place, 'variables', {
    must: `be used in ${where} as \${${unused}}`,
    got: unused,
    remedy: howToUse(unused, texts, names),
  });
}

/** The variables that none of the texts uses. */
export function unusedVariables(
  texts: readonly string[],
  names: readonly string[],
): string[] {
  const used = new Set(texts.flatMap(text => usedVariables(text, names)));
  return names.filter(name => !used.has(name));
}

/** What to do about a variable that none of the texts uses. */
export function howToUse(
  unused: string,
  texts: readonly string[],
  names: readonly string[],
): string {
  const otherwise = texts.flatMap(text => text.match(writtenOtherwise(unused)) ?? [])[0];
  if (otherwise !== undefined) return `write \${${unused}} instead of ${otherwise}`;
  const mistyped = texts.flatMap(text => undeclaredVariables(text, names))
    .find(name => isSlip(name, unused, SHORTEST_PLACEHOLDER));
  return mistyped === undefined
    ? `in a TypeScript template literal write \\\${${unused}}, in a Python f-string \${{${unused}}}`
    : `did you mean it by \${${mistyped}}?`;
}

/** A variable as other templates have it, or as one that is meant to stay. */
function writtenOtherwise(name: string): RegExp {
  const forms = [
    `\\{\\{\\s*\\.?${name}\\s*\\}\\}`, `\\$\\(${name}\\)`, `\\$\\$\\{${name}\\}`, `\\$\\{\\s*${name}\\s*\\}`,
    `\\$${name}(?![A-Za-z0-9_])`, `%${name}%`, `@${name}@`,
  ];
  return new RegExp(forms.join('|'));
}

/** As the program reads it: `${` before a name that is not declared is plain text. */
function usedVariables(text: string, names: readonly string[]): string[] {
  return placeholders(text, names).map(({ name }) => name);
}

/** Whether a placeholder of a declared variable asks for an encoding: `${NAME|json}`. */
export function usesEncodings(
  place: Place,
  prop: string,
  text: string,
  names: string[],
): boolean {
  const wrong = wrongEncoding(text, names);
  if (wrong !== undefined) {
    refuseWith(place, prop, {
      must: 'encode variables in json, url, base64 or xml',
      got: wrong,
      remedy: 'leave it out for the value as it is',
    });
  }
  return placeholders(text, names).some(({ encoding }) => encoding !== undefined);
}

/** A placeholder of a declared variable that asks for an encoding that there is not. */
export function wrongEncoding(
  text: string,
  names: readonly string[],
): string | undefined {
  const wrong = placeholders(text, names)
    .find(({ encoding }) => encoding !== undefined && !ENCODINGS.includes(encoding));
  return wrong && `\${${wrong.name}|${wrong.encoding}}`;
}

/** How a value can be written where it stands. */
const ENCODINGS = ['json', 'url', 'base64', 'xml'];

interface Placeholder {
  readonly name: string;
  readonly encoding?: string;
}

function placeholderOf(names: readonly string[]): string {
  return `(\\$?)\\$\\{(${names.join('|')})(?:\\|([a-z0-9]+))?(?::-[^}\n]*)?\\}`;
}

/** What stands for declared variables in a text, as the program finds it. */
function placeholders(text: string, names: readonly string[]): Placeholder[] {
  if (names.length === 0) return [];
  return [...text.matchAll(new RegExp(placeholderOf(names), 'g'))]
    .filter(([, escape]) => escape === '')
    .map(([, , name, encoding]) => ({ name, encoding }));
}

/** What was meant as a placeholder of a declared variable, and is none: `${NAME|JSON}`, `${ NAME }`. */
export function misspeltPlaceholders(
  text: string,
  names: readonly string[],
): string[] {
  if (names.length === 0) return [];
  const right = new RegExp(placeholderOf(names), 'g');
  const meant = new RegExp(`(?<!\\$)\\$\\{\\s*(?:${names.join('|')})(?![A-Za-z0-9_])[^}\n]*\\}?`, 'g');
  return [...new Set(text.replaceAll(right, '').match(meant))];
}

/** The declared variable that may be meant by one that is not. */
export function nearlyDeclared(
  undeclared: string,
  names: readonly string[],
): string | undefined {
  return names.find(name => isSlip(undeclared, name));
}

/** What looks like a placeholder, and is left as it is because nobody declared its name: the names, each once. */
export function undeclaredVariables(text: string, names: readonly string[]): string[] {
  const form = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)(?:\|[a-z0-9]+)?(?=\}|:-[^}\n]*\})/g;
  const found = [...text.matchAll(form)].filter(([, escape]) => escape === '').map(([, , name]) => name);
  return [...new Set(found)].filter(name => !names.includes(name));
}
