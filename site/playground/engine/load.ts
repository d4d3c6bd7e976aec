import * as cdk8s from 'cdk8s';
import * as library from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import * as constructs from 'constructs';

const MODULES: { readonly [name: string]: unknown } = {
  cdk8s,
  constructs,
  'cdk8s-plus-28': kplus,
  'cdk8s-init-containers': library,
};

type Program = (require: (name: string) => unknown, exports: object, folder: string) => void;

declare global {
  function importScripts(url: string): void;
  /** What the script of a program sets. */
  var program: Program | undefined;
}

/** Where the examples find their files. */
const FOLDER = '/examples';

/** Runs a program. It is a script of its own, so that errors name its lines, and the page needs no `eval`. */
export function load(script: string): void {
  const text = `globalThis.program = (require, exports, __dirname) => {${script}\n}`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    importScripts(url);
    globalThis.program!(imported, {}, FOLDER);
  } catch (error) {
    throw Object.assign(asError(error), { line: lineIn(url, error) });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function imported(name: string): unknown {
  const module = MODULES[name];
  if (module) return module;
  throw new Error(`There is no '${name}' in the playground; a program may import ${Object.keys(MODULES).join(', ')}`);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The line of the program that an error comes from, the innermost one. */
function lineIn(url: string, error: unknown): number | undefined {
  const stack = error instanceof Error ? error.stack ?? '' : '';
  const line = stack.split(`${url}:`)[1]?.match(/^\d+/)?.[0];
  return line === undefined ? undefined : Number(line);
}
