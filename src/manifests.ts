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

/** Whether a program is anywhere in a value, which may hold itself. */
export function holdsProgram(value: unknown): boolean {
  const seen = new Set<unknown>();
  const holds = (each: unknown): boolean => {
    if (typeof each === 'string') return PROGRAM.test(each);
    if (!isPlain(each) || seen.has(each)) return false;
    seen.add(each);
    return Object.values(each).some(holds);
  };
  return holds(value);
}

/** A copy of any value, without the programs in it. */
export function withoutPrograms(value: unknown): unknown {
  const names = new Set(configMapsIn(value));
  return withTexts(value, text => (names.has(text) ? text.replace(/[^-]+$/, 'HASH') : PROGRAM.exec(text)?.[1] ?? text));
}

/** The names of the ConfigMaps that hold a program. */
function configMapsIn(value: unknown): string[] {
  if (!isPlain(value)) return [];
  const { kind, metadata, data } = value as { kind?: unknown; metadata?: { name: string }; data?: unknown };
  if (kind === 'ConfigMap' && holdsProgram(data)) return [metadata!.name];
  return Object.values(value).flatMap(configMapsIn);
}

/** A copy of any value with other texts. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(each => withTexts(each, change));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, change)]));
}

/** Whether something is a list, or an object of no class, as manifests are: a construct leads to all others. */
function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
