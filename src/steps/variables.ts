import type * as kplus from 'cdk8s-plus-28';
import { checkVariableName } from '../private/values/checks';
import { refuseWith, type Place } from '../private/values/refuse';

/**
 * The variables of a template as its program gets them: their names in `step_variables`, their values in
 * `var_<name>`.
 */
export function variableEnv(
  place: Place,
  variables: { [name: string]: kplus.EnvValue } = {},
): { [name: string]: kplus.EnvValue | string } {
  const names = Object.keys(variables).sort();
  for (const name of names) {
    checkVariableName(place, 'variables', name);
    const field = variables[name].valueFrom?.resourceFieldRef;
    if (field && !field.containerName) {
      refuseWith(place, 'variables', {
        must: 'name the container whose resources they read',
        got: name,
        remedy: 'pass { container } to EnvValue.fromResource, or it would be the step itself',
      });
    }
  }
  return {
    step_variables: names.join(' '),
    ...Object.fromEntries(names.map(name => [`var_${name}`, variables[name]])),
  };
}

/** Refuses variables that none of the texts uses: a TypeScript backtick silently eats `${PORT}`. */
export function requireUsed(place: Place, texts: string[], names: string[], where: string): void {
  const used = new Set(texts.flatMap(text => usedVariables(text, names)));
  const unused = names.find(name => !used.has(name));
  if (unused !== undefined) {
    refuseWith(place, 'variables', {
      must: `be used in ${where} as \${${unused}}`,
      got: unused,
      remedy: `in a TypeScript template literal write \\\${${unused}}, in a Python f-string \${{${unused}}}`,
    });
  }
}

/** As the program reads it: `${` before a name that is not declared is plain text. */
function usedVariables(text: string, names: string[]): string[] {
  if (names.length === 0) return [];
  const placeholder = new RegExp(`(\\$?)\\$\\{(${names.join('|')})(?::-[^}\n]*)?\\}`, 'g');
  return [...text.matchAll(placeholder)].filter(match => match[1] === '').map(match => match[2]);
}

/** The names of what looks like a placeholder of a text, and is left as it is because nobody declared it, each once. */
export function undeclaredVariables(text: string, names: readonly string[]): string[] {
  const placeholders = text.matchAll(/(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)(?=\}|:-[^}\n]*\})/g);
  const found = [...placeholders].filter(([, escape]) => escape === '').map(([, , name]) => name);
  return [...new Set(found)].filter(name => !names.includes(name));
}
