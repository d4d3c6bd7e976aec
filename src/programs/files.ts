import * as fragment from './fragments';
import { program, type Program } from './program';

/** What decides how a program puts a file in place. */
export interface FileNeeds {
  /** Whether a file that is there stays. */
  readonly keep?: boolean;
  /** Whether other pods may write it, too. */
  readonly shared?: boolean;
  /** Whether it lies in a folder that may have to be made. */
  readonly inFolder?: boolean;
  /** Whether what has come of it may be continued. */
  readonly continues?: boolean;
}

/** What it takes to put it there. */
export function file(needs: FileNeeds = {}): string[] {
  const { keep, shared, inFolder, continues } = needs;
  return [
    fragment.FILE,
    ...shared ? [fragment.SWEEP] : [],
    ...continues ? partOfSum(needs) : [],
    ...shared && !continues ? [fragment.PART_OF_POD] : [],
    shared ? fragment.KEEP_ROOM : fragment.MAKE_ROOM,
    keep ? fragment.KEEP_FILE : fragment.END_FILE,
    ...inFolder ? [fragment.MAKE_FOLDER] : [],
  ];
}

/** What it takes to know what earlier runs have left to be continued. */
function partOfSum({ keep, shared }: FileNeeds): string[] {
  if (!shared) return [fragment.PART_OF_SUM, fragment.LEFT_BY_NOBODY];
  return [fragment.PART_OF_SUM, fragment.LEFT_BY_PODS, ...keep ? [fragment.SWEEP_KEPT] : []];
}

/** What decides which program a generated file needs. */
export interface GenerateNeeds {
  readonly file?: FileNeeds;
  /** Where the template is. */
  readonly template: 'text' | 'file' | 'parts';
  readonly variables: boolean;
  /** Whether values may have to be encoded. */
  readonly encodings: boolean;
  /** Whether the placeholders that nobody declared are meant to stay. */
  readonly keepUndeclared: boolean;
}

const TEMPLATE = {
  text: [fragment.TEMPLATE_TEXT],
  file: [fragment.REQUIRE_TEXT, fragment.TEMPLATE_FILE],
  parts: [fragment.REQUIRE_TEXT, fragment.JOIN, fragment.TEMPLATE_PARTS],
};

/** Writes one file from a template. */
export function generateConfig(needs: GenerateNeeds): Program {
  const { template, variables, encodings, keepUndeclared } = needs;
  return program('generate-config', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...file(needs.file),
    ...variables ? [fragment.LINE_BREAKS] : [],
    ...TEMPLATE[template],
    keepUndeclared ? fragment.KEEP_LEFT : fragment.SAY_LEFT,
    encodings ? fragment.ENCODE : fragment.NO_ENCODE,
    fragment.EXPAND,
    fragment.BEGIN_FILE,
    fragment.FILL,
    fragment.WITHOUT_OLD,
    fragment.GENERATE_CONFIG,
  ]);
}

/** Writes variables that the kubelet reads for the app. */
export function generateEnv({ encodings }: Pick<GenerateNeeds, 'encodings'>): Program {
  return program('generate-env', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...file(),
    fragment.LINE_BREAKS,
    fragment.KEEP_LEFT,
    encodings ? fragment.ENCODE : fragment.NO_ENCODE,
    fragment.EXPAND,
    fragment.BEGIN_FILE,
    fragment.FILL,
    fragment.WITHOUT_OLD,
    fragment.GENERATE_ENV,
  ]);
}

/** Adds certificates to those that an image trusts. */
export function trustCertificates(needs: { readonly file?: FileNeeds }): Program {
  return program('trust-certificates', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...file(needs.file),
    fragment.PRODUCE,
    fragment.BEGIN_FILE,
    fragment.FILL,
    fragment.WITHOUT_OLD,
    fragment.TRUST_CERTIFICATES,
  ]);
}
