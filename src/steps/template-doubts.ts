import type * as kplus from 'cdk8s-plus-28';
import type { FileSource } from '../file-source';
import type { StepWarning } from '../init-step-props';
import { likelyText } from '../private/values/likely-text';
import { isScriptOfWindows, SCRIPT_OF_WINDOWS } from '../private/values/script';
import {
  howToUse, misspeltPlaceholders, nearlyDeclared, undeclaredVariables, unusedVariables, wrongEncoding,
} from '../variables';

/** A template, and what stands for its placeholders. */
interface Template {
  readonly template: FileSource;
  readonly variables?: { readonly [name: string]: unknown };
  readonly keepUndeclared?: boolean;
}

/**
 * What is seldom meant in a text that is known at synth.
 *
 * @param path where it becomes a file
 * @param file the same in words
 */
export function doubtsInTemplate(
  template: Template,
  path: string,
  file = 'its file',
): StepWarning[] {
  const { template: source, variables, keepUndeclared } = template;
  const text = source.text ?? likelyText.of(source)?.() ?? knownPartsOf(source);
  if (text === undefined) return [];
  const names = Object.keys(variables ?? {});
  const undeclared = keepUndeclared ? [] : undeclaredVariables(text, names);
  const misspelt = keepUndeclared ? [] : misspeltPlaceholders(text, names);
  const quoted = text.match(/"\$\{[A-Za-z0-9_]+\|json[^}\n]*\}"/g) ?? [];
  return [
    ...source.text === undefined && source.parts.length === 1
      ? doubtsInConfigMap(text, names, [...misspelt, ...undeclared])
      : [],
    ...misspelt.map(placeholder => ({
      message: `leaves ${placeholder} in ${file}, which is no placeholder`,
      remedy: 'write ${NAME}, ${NAME|json}, ${NAME:-default} or ${NAME|json:-default}, '
        + 'or set keepUndeclared if the app replaces what is left',
    })),
    ...quoted.map(placeholder => ({
      message: `writes ${placeholder}, but a text of JSON brings its own quotes`,
      remedy: 'remove those around it',
    })),
    ...undeclared.map(name => leftUndeclared(name, names, file)),
    ...isScriptOfWindows(text, path) ? [{
      message: `writes ${SCRIPT_OF_WINDOWS.message}`,
      remedy: SCRIPT_OF_WINDOWS.remedy,
    }] : [],
  ];
}

/** What is known of a text that is put together in the pod. */
function knownPartsOf({ parts }: FileSource): string | undefined {
  const texts = parts.flatMap(part => part.text ?? likelyText.of(part)?.() ?? []);
  return parts.length > 1 ? texts.join('\n') : undefined;
}

/**
 * What is refused in an inline text, and may be patched in one of a ConfigMap.
 *
 * @param told what is doubtful anyway, and may be meant for a variable that is not used
 */
function doubtsInConfigMap(
  text: string,
  names: readonly string[],
  told: readonly string[],
): StepWarning[] {
  const wrong = wrongEncoding(text, names);
  const isTold = (name: string) => told.some(each => each.includes(name) || nearlyDeclared(each, [name]));
  return [
    ...unusedVariables([text], names).filter(name => !isTold(name)).map(name => ({
      message: `declares ${name}, but its template does not use \${${name}}`,
      remedy: howToUse(name, [text], names),
    })),
    ...wrong === undefined ? [] : [{
      message: `cannot encode ${wrong}, only in json, url, base64 or xml`,
      remedy: 'leave it out for the value as it is',
    }],
  ];
}

function leftUndeclared(
  name: string,
  declared: readonly string[],
  file: string,
): StepWarning {
  const meant = nearlyDeclared(name, declared);
  const question = meant === undefined ? '' : `. Did you mean \${${meant}}?`;
  return {
    message: `leaves \${${name}} in ${file}, because no such variable is declared${question}`,
    remedy: `declare it, write $\${${name}} to say that it is meant, `
      + 'or set keepUndeclared if the app replaces what is left',
  };
}

/** What is secret, if it comes from a Secret. */
interface Source {
  readonly isSecret: boolean;
  readonly description: string;
}

/** Secrets in files on disk that any user in the pod may read. */
export function shownSecrets(
  sources: readonly Source[],
  variables: { readonly [name: string]: kplus.EnvValue },
  { mode, files }: { readonly mode: string; readonly files: string },
): StepWarning[] {
  if (mode.endsWith('0')) return [];
  const secret = Object.keys(variables).filter(name => variables[name].valueFrom?.secretKeyRef);
  return [
    ...sources.filter(({ isSecret }) => isSecret).map(({ description }) => description),
    ...secret.map(name => `${name} of a Secret`),
  ].map(what => ({
    message: `writes ${what} into ${files} of mode ${mode}, which any user in the pod may read`,
    remedy: "set mode to 0o600 and runAs to the app's user, or mode to 0o640 where the pod has an fsGroup; "
      + 'EmptyDirMedium.MEMORY keeps it off the disk, too',
  }));
}
