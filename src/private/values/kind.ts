/**
 * What a value must be. Programs in plain JavaScript, and those that are run without a check of their types,
 * pass anything: it is refused in words before anything is made of it.
 */
import type { Attached } from './attached';
import { classNameOf } from './class-name';
import { refuseWith, type Place } from './refuse';
import { isSlip } from './slips';
import { unknownProp } from './unknown-props';

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
  /** The value without what says no more than silence; for kinds of values that can hold such. */
  meant?(value: object): object;
}

/** What one value of a kind is. */
interface Description {
  /** One of them, e.g. `a Duration`. */
  readonly one: string;
  readonly many: string;
  /** What to write instead of a value of another kind. */
  instead?(value: unknown): string | undefined;
}

/** The kind of each property of an object. */
export type Kinds<T> = { readonly [prop in keyof Required<T>]: Kind };

/**
 * Refuses an object of options in which a property is of another kind than it must be.
 *
 * @returns the options as they are meant: what is null is left out
 */
export function checkKinds<T extends object>(
  place: Place,
  props: T,
  kinds: Kinds<T>,
  name = 'props',
): T {
  requireKind(place, name, OBJECT, props);
  let said = props;
  for (const prop of Object.keys(kinds) as (keyof T & string)[]) {
    const given = props[prop];
    const wrong = wrongAt(kinds[prop], given);
    if (wrong) {
      const remedy = misspelt(prop, props, kinds) ?? wrong.remedy;
      refuseWith(place, `${prop}${wrong.at}`, { ...wrong, remedy });
    }
    const value = valueOf(kinds[prop], given);
    if (value !== given) said = { ...said, [prop]: value };
  }
  return said;
}

/** Refuses a property that nobody knows and that can only be a mistake: see `unknownProp`. */
export function checkNames<T extends object>(
  place: Place,
  props: T,
  kinds: Kinds<T>,
): void {
  const unknown = unknownProp(props, Object.keys(kinds));
  if (unknown) refuseWith(place, unknown.prop, unknown);
}

/** Refuses what `checkKinds` and `checkNames` do, in options that no subclass can add its own to. */
export function checkOptions<T extends object>(
  place: Place,
  options: T,
  kinds: Kinds<T>,
  name = 'options',
): T {
  const said = checkKinds(place, options, kinds, name);
  checkNames(place, said, kinds);
  return said;
}

/** Refuses a value that is of another kind; one that is left out is right unless the kind is required. */
export function checkKind(
  place: Place,
  name: string,
  kind: Kind,
  value: unknown,
): void {
  const wrong = wrongAt(kind, value);
  if (wrong) refuseWith(place, `${name}${wrong.at}`, wrong);
}

/** What may be meant by a property that nobody knows, where one that is needed is left out. */
function misspelt(prop: string, props: object, kinds: object): string | undefined {
  if (prop in props) return undefined;
  const slip = Object.keys(props).find(other => !(other in kinds) && isSlip(other, prop));
  return slip && `you wrote it '${slip}'`;
}

/**
 * Refuses a value that is of another kind or missing.
 *
 * @returns the value as it is meant: what is null in it is left out
 */
export function requireKind<T>(
  place: Place,
  name: string,
  kind: Kind,
  value: T,
): T {
  const wrong = kind.wrongIn(value);
  if (wrong) refuseWith(place, `${name}${wrong.at}`, wrong);
  return valueOf(kind, value) as T;
}

/** A kind of values that may not be left out. */
export function required(kind: Kind): Kind {
  return { ...kind, isRequired: true };
}

export function kindOf(
  is: (value: unknown) => boolean,
  { one, many, instead }: Description,
): Kind {
  const wrong = (got: unknown) => ({ at: '', must: `be ${one}`, got, remedy: instead?.(got) });
  return { many, wrongIn: value => (is(value) ? undefined : wrong(value)) };
}

/** The objects of one of this library's classes, which keep a record of any copy of it. */
export function objectsWith(
  record: Attached<unknown>,
  description: Description,
): Kind {
  const { one, instead } = description;
  return kindOf(value => isObject(value) && record.of(value) !== undefined, {
    ...description,
    instead: value => (isObject(value) && one.endsWith(` ${classNameOf(value)}`)
      ? 'let all of the program use one version of cdk8s-init-containers'
      : instead?.(value)),
  });
}

/** One of the members of an enum, which languages without types let be any text. */
export function memberOf(members: { readonly [name: string]: string }): Kind {
  const known = Object.values(members);
  const many = known.map(member => member || '""').join(', ');
  return kindOf(value => known.includes(value as string), {
    one: `one of ${many}`,
    many,
  });
}

export function listOf(kind: Kind): Kind {
  const many = `lists of ${kind.many}`;
  return {
    many,
    wrongIn: value => {
      if (Array.isArray(value)) return firstWrongIn(value, kind);
      const wrong = kind.wrongIn(value);
      const remedy = wrong ? wrong.remedy : 'write it in brackets: [...]';
      return { at: '', must: `be a list of ${kind.many}`, got: value, remedy };
    },
    meant: value => (value as unknown[]).map(each => valueOf(kind, each)),
  };
}

function firstWrongIn(list: readonly unknown[], kind: Kind): Wrong | undefined {
  const index = list.findIndex(each => kind.wrongIn(each));
  const wrong = index < 0 ? undefined : kind.wrongIn(list[index]);
  if (!wrong) return undefined;
  return wrong.at ? { ...wrong, at: `[${index}]${wrong.at}` } : { ...wrong, must: `hold ${kind.many}` };
}

/** An object that has a value of the kind for each name that its author likes. */
export function mapOf(kind: Kind): Kind {
  return {
    many: `maps of ${kind.many}`,
    wrongIn: value => OBJECT.wrongIn(value) ?? firstWrongAt(Object.keys(value as object), value, () => kind),
    meant: value => meant(withoutGaps(value), () => kind),
  };
}

/** An object with known properties. */
export function objectOf(kinds: { readonly [prop: string]: Kind }): Kind {
  const kindAt = (prop: string) => kinds[prop];
  return {
    many: 'objects',
    wrongIn: value => OBJECT.wrongIn(value)
      ?? firstWrongAt(Object.keys(kinds), value, kindAt)
      ?? firstUnknownIn(value as object, Object.keys(kinds)),
    meant: value => meant(value, kindAt),
  };
}

function firstWrongAt(
  props: readonly string[],
  object: any,
  kindAt: (prop: string) => Kind,
): Wrong | undefined {
  for (const prop of props) {
    const wrong = wrongAt(kindAt(prop), object[prop]);
    if (wrong) return { ...wrong, at: `${step(prop)}${wrong.at}` };
  }
  return undefined;
}

function firstUnknownIn(object: object, known: readonly string[]): Wrong | undefined {
  const unknown = unknownProp(object, known);
  return unknown && { ...unknown, at: step(unknown.prop) };
}

/** The way from an object to one of its properties. */
function step(prop: string): string {
  return /^\w+$/.test(prop) ? `.${prop}` : `[${prop}]`;
}

/** What is wrong with a value that may be left out unless its kind is required. */
function wrongAt(kind: Kind, value: unknown): Wrong | undefined {
  return isGiven(value) || kind.isRequired ? kind.wrongIn(value) : undefined;
}

/** An object as it is meant, which says nothing by null; mostly it is that already. */
function meant<T extends object>(
  object: T,
  kindAt: (prop: string) => Kind | undefined,
): T {
  let said = object;
  for (const prop of Object.keys(object) as (keyof T & string)[]) {
    const value = valueOf(kindAt(prop), object[prop]);
    if (value !== object[prop]) said = { ...said, [prop]: value };
  }
  return said;
}

function valueOf(kind: Kind | undefined, value: any): unknown {
  if (!isGiven(value)) return undefined;
  return kind?.meant ? kind.meant(value) : value;
}

/** A map without the names that have no value. */
function withoutGaps(map: object): object {
  if (Object.values(map).every(isGiven)) return map;
  return Object.fromEntries(Object.entries(map).filter(([, value]) => isGiven(value)));
}

/** Whether a value says more than silence. */
export function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value can do what only those of a class can, whichever copy of its library made it. */
export function hasMethod(value: unknown, method: string): boolean {
  return isObject(value) && typeof (value as Record<string, unknown>)[method] === 'function';
}

const OBJECT = kindOf(value => isObject(value) && !Array.isArray(value), {
  one: 'an object with properties',
  many: 'objects',
});
