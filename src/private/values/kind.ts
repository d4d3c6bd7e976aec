/**
 * What a value must be. Programs in plain JavaScript, and those that are run without a check of their types,
 * pass anything: it is refused in words before anything is made of it.
 */
import type { Attached } from './attached';
import { classNameOf } from './class-name';
import { inWords, refuseWith, type Place } from './refuse';

/** What is wrong with a value, and where in it. */
interface Wrong {
  /** The path from the value to what is wrong in it, e.g. `.memory.limit`. */
  readonly at: string;
  readonly must: string;
  readonly got: unknown;
  readonly remedy?: string;
}

/** A kind of values. */
export interface Kind {
  /** Several of them, e.g. `Durations`. */
  readonly many: string;
  readonly isRequired?: boolean;
  wrongIn(value: unknown): Wrong | undefined;
}

/** What one value of a kind is. */
interface Description {
  /** One of them, e.g. `a Duration`. */
  readonly one: string;
  readonly many: string;
  is(value: unknown): boolean;
  /** What to write instead of a value of another kind. */
  instead?(value: unknown): string | undefined;
}

/** The kind of each property of an object. */
export type Kinds<T> = { readonly [prop in keyof Required<T>]: Kind };

/** Refuses an object of options in which a property is of another kind than it must be. */
export function checkKinds<T extends object>(
  place: Place,
  props: T,
  kinds: Kinds<T>,
  name = 'props',
): void {
  checkKind(place, name, PROPS, props);
  for (const prop of Object.keys(kinds) as (keyof T & string)[]) {
    checkKind(place, prop, kinds[prop], props[prop]);
  }
}

/** Refuses a value that is of another kind; one that is left out is right unless the kind is required. */
export function checkKind(place: Place, name: string, kind: Kind, value: unknown): void {
  if (value === undefined && !kind.isRequired) return;
  const wrong = kind.wrongIn(value);
  if (!wrong) return;
  const { at, must, got, remedy } = wrong;
  refuseWith(place, `${name}${at}`, { must, got: shown(got), remedy });
}

/** A kind of values that may not be left out. */
export function required(kind: Kind): Kind {
  return { ...kind, isRequired: true };
}

export function kindOf({ one, many, is, instead }: Description): Kind {
  const wrong = (got: unknown) => ({ at: '', must: `be ${one}`, got, remedy: instead?.(got) });
  return { many, wrongIn: value => (is(value) ? undefined : wrong(value)) };
}

/** The objects of one of this library's classes, which keep a record of any copy of it. */
export function objectsWith(record: Attached<unknown>, one: string, hint: string): Kind {
  return kindOf({
    one,
    many: `${one.replace(/^an? /, '')} objects`,
    is: value => isObject(value) && record.of(value) !== undefined,
    instead: () => hint,
  });
}

/** One of the members of an enum, which languages without types let be any text. */
export function memberOf(members: { readonly [name: string]: string }): Kind {
  const known = Object.values(members);
  const many = known.map(member => member || '""').join(', ');
  return kindOf({ one: `one of ${many}`, many, is: value => known.includes(value as string) });
}

export function listOf(kind: Kind): Kind {
  return {
    many: `lists of ${kind.many}`,
    wrongIn: value => {
      if (Array.isArray(value)) return value.map(kind.wrongIn).find(wrong => wrong);
      const remedy = kind.wrongIn(value) ? undefined : 'write it in brackets: [...]';
      return { at: '', must: `be a list of ${kind.many}`, got: value, remedy };
    },
  };
}

/** An object that has a value of the kind for each name that its author likes. */
export function mapOf(kind: Kind): Kind {
  return {
    many: `maps of ${kind.many}`,
    wrongIn: value => OBJECT.wrongIn(value) ?? firstWrong(value as object, () => kind),
  };
}

/** An object with known properties, each of which may be left out. */
export function objectOf(kinds: { readonly [prop: string]: Kind }): Kind {
  const kindAt = (prop: string) => kinds[prop];
  return { many: 'objects', wrongIn: value => OBJECT.wrongIn(value) ?? firstWrong(value as object, kindAt) };
}

function firstWrong(value: object, kindAt: (prop: string) => Kind | undefined): Wrong | undefined {
  for (const [prop, each] of Object.entries(value)) {
    const wrong = each === undefined ? undefined : kindAt(prop)?.wrongIn(each);
    if (wrong) return { ...wrong, at: `.${prop}${wrong.at}` };
  }
  return undefined;
}

/** A value for a message: texts in quotes, numbers as they are, objects by their class. */
function shown(value: unknown): unknown {
  if (typeof value === 'function') return inWords('a function');
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return inWords('a list');
  const name = classNameOf(value);
  return inWords(name === 'Object' ? 'an object' : `an object of class ${name}`);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value can do what only those of a class can, whichever copy of its library made it. */
export function hasMethod(value: unknown, method: string): boolean {
  return isObject(value) && typeof (value as Record<string, unknown>)[method] === 'function';
}

const OBJECT = kindOf({
  one: 'an object with properties',
  many: 'objects',
  is: value => isObject(value) && !Array.isArray(value),
});

const PROPS = required(OBJECT);
