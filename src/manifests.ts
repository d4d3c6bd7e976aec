import { isObject, kindOf, listOf, requireKind } from './private/values/kind';

/** The line that says which program it is. */
const PROGRAM = /^(# cdk8s-init-containers (\S+)) sha256:/;

const MANIFESTS = listOf(kindOf(value => isObject(value) && 'kind' in value, {
  one: 'a manifest',
  many: 'manifests',
  instead: () => 'write Testing.synth(chart)',
}));

/** What cdk8s makes of a chart, for those who test theirs. */
export class Manifests {
  /**
   * Copies of manifests for a snapshot, without the programs of the steps: an upgrade that only changes a program
   * leaves the snapshot as it is.
   *
   * In place of each program stands its first line without the hash. A ConfigMap that holds a program has a hash in its
   * name: there stands `HASH` instead, where it is mounted, too. Programs of your own stay as they are.
   *
   * @param manifests objects as `Testing.synth(chart)` and `chart.toJson()` make them
   * @throws if it is given anything but a list of manifests
   */
  public static withoutPrograms(manifests: any[]): any[] {
    return withoutPrograms(requireKind({ of: 'Manifests' }, 'manifests', MANIFESTS, manifests)) as any[];
  }

  private constructor() {}
}

/** Whether a program is anywhere in a value. */
export function holdsProgram(value: unknown): boolean {
  return [value, ...partsOf(value).flatMap(Object.values)].some(each => typeof each === 'string' && PROGRAM.test(each));
}

/** A copy of any value, without the programs in it. */
export function withoutPrograms(value: unknown): unknown {
  const names = new Set(partsOf(value).flatMap(namesOfPrograms));
  return withTexts(value, text => (names.has(text) ? text.replace(HASH, '-HASH') : PROGRAM.exec(text)?.[1] ?? text));
}

/** What tells the ConfigMap of one program from that of another. */
const HASH = /-[0-9a-f]{10}$/;

/** The name of a ConfigMap that holds a program of ours. */
function namesOfPrograms(object: object): string[] {
  const { kind, metadata, data } = object as { kind?: unknown; metadata?: { name?: unknown }; data?: unknown };
  const name = metadata?.name;
  return kind === 'ConfigMap' && typeof name === 'string' && HASH.test(name) && holdsProgram(data) ? [name] : [];
}

/** The lists and objects in a value, and itself, each once: it may hold itself. */
function partsOf(value: unknown): object[] {
  const parts = new Set<object>();
  const add = (each: unknown): void => {
    if (!isPlain(each) || parts.has(each)) return;
    parts.add(each);
    Object.values(each).forEach(add);
  };
  add(value);
  return [...parts];
}

/** A copy of any value with other texts. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  const copies = new Map<object, object>();
  const copyOf = (each: unknown): unknown => {
    if (typeof each === 'string') return change(each);
    if (!isPlain(each)) return each;
    return copies.get(each) ?? filled(each, Array.isArray(each) ? [] : {});
  };
  const filled = (each: object, copy: object): object => {
    copies.set(each, copy);
    return Object.assign(copy, Array.isArray(each) ? each.map(copyOf)
      : Object.fromEntries(Object.entries(each).map(([key, part]) => [key, copyOf(part)])));
  };
  return copyOf(value);
}

/** Whether something is a list, or an object of no class, as manifests are: a construct leads to all others. */
function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
