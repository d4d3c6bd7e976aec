import type { FileSource } from '../file-source';

/** What a program needs to read a text. */
export interface TextInput {
  readonly env: { readonly [name: string]: string };
  readonly files: { readonly [path: string]: FileSource };
}

/**
 * Gives a program a text: in the variable `step_<name>` where it is known at synth, else in a file, whose path is in
 * `step_<name>_file`.
 */
export function textInput(name: string, source: FileSource): TextInput {
  if (source.text !== undefined) return { env: { [`step_${name}`]: source.text }, files: {} };
  const path = `/in/${name.replaceAll('_', '-')}`;
  return { env: { [`step_${name}_file`]: path }, files: { [path]: source } };
}
