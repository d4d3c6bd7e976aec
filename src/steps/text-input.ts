import type { FileSource } from '../file-source';

/** What a program needs to read a text. */
export interface TextInput {
  /** Where it finds the text. */
  readonly form: 'text' | 'file' | 'parts';
  readonly env: { readonly [name: string]: string };
  readonly files: { readonly [path: string]: FileSource };
}

/**
 * Gives a program a text: in the variable `step_<name>` where it is known at synth, else in a file, whose path is in
 * `step_<name>_file`, or in several files, of which some may be missing, whose paths are in `step_<name>_parts`.
 */
export function textInput(name: string, source: FileSource): TextInput {
  if (source.text !== undefined) {
    return { form: 'text', env: { [`step_${name}`]: source.text }, files: {} };
  }
  const path = `/in/${name.replaceAll('_', '-')}`;
  if (isOneFile(source)) {
    return { form: 'file', env: { [`step_${name}_file`]: path }, files: { [path]: source } };
  }
  const files = partFiles(path, source);
  return { form: 'parts', env: { [`step_${name}_parts`]: Object.keys(files).join(' ') }, files };
}

/** Whether a text that is not known at synth is certainly in one file. */
export function isOneFile({ parts, isOptional }: FileSource): boolean {
  return parts.length === 1 && !isOptional;
}

/** The parts of a text in the order in which they belong; one that may be missing has a folder of its own. */
export function partFiles(
  path: string,
  { parts }: FileSource,
): { [path: string]: FileSource } {
  return Object.fromEntries(parts.map((part, index) => {
    const file = `${path}-${index + 1}`;
    return [part.isOptional ? `${file}/text` : file, part];
  }));
}
