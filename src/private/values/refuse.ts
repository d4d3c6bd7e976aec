import { Construct } from 'constructs';
import { classNameOf } from './class-name';

/** Where a wrong value was found: the class that was called and, if there is one already, the construct. */
export interface Place {
  /** The class in the user's program, e.g. `DownloadConfig`. */
  readonly of: string;
  /** The construct path, e.g. `shop/web/download-config`. */
  readonly path?: string;
  /** What the user calls the properties that have another name here. */
  readonly names?: { readonly [prop: string]: string };
}

/** Where a construct is about to be made. */
export interface NewPlace extends Place {
  readonly scope: Construct;
  readonly id: string;
}

/** The place of a construct that is about to be made. */
export function placeOf(
  className: string,
  scope: Construct | undefined,
  id: string,
): NewPlace {
  if (!scope || !Construct.isConstruct(scope)) {
    return refuseWith({ of: className, path: id }, 'scope', {
      must: 'be a workload or a construct below one',
      got: scope,
      remedy: scope ? undefined : 'if it comes from find(), nothing was found',
    });
  }
  if (typeof id !== 'string') refuse({ of: className, path: scope.node.path }, 'id', 'be a text', id);
  return new Spot(className, scope, id);
}

/** Its path is made only when something is refused there. */
class Spot implements NewPlace {
  public constructor(
    public readonly of: string,
    public readonly scope: Construct,
    public readonly id: string,
  ) {}

  public get path(): string {
    return [this.scope.node.path, this.id].filter(part => part !== '').join('/');
  }
}

/** What was got, in words instead of in quotes. */
export function inWords(text: string): object {
  return new Words(text);
}

class Words {
  public constructor(public readonly text: string) {}
}

/** A wrong value, and what to do about it. */
interface Fault {
  readonly must: string;
  readonly got: unknown;
  readonly remedy?: string;
}

/** Throws `<Class>: '<prop>' must …, got … [<path>]`. */
export function refuse(place: Place, prop: string, must: string, got: unknown): never {
  refuseWith(place, prop, { must, got });
}

/** Throws `<Class>: '<prop>' must …, got …; <remedy> [<path>]`. */
export function refuseWith(
  place: Place,
  prop: string,
  { must, got, remedy }: Fault,
): never {
  const name = place.names?.[prop] ?? prop;
  throw new Error(`${place.of}: '${name}' must ${must}, got ${shown(got)}${ending(place, remedy)}`);
}

/** Throws `<Class>: <what is wrong>; <remedy> [<path>]`, where no single property is to blame. */
export function refuseAll(place: Place, wrong: string, remedy: string): never {
  throw new Error(`${place.of}: ${wrong}${ending(place, remedy)}`);
}

/** Refuses `new` of a class that is made by methods of its own only, which pass it an object. */
export function requireMaker(
  className: string,
  passed: unknown,
  remedy: string,
): void {
  if (typeof passed === 'object' && passed !== null) return;
  refuseAll({ of: className }, 'is not made with new', remedy);
}

function ending(place: Place, remedy?: string): string {
  return (remedy ? `; ${remedy}` : '') + (place.path ? ` [${place.path}]` : '');
}

/** A text without the passwords of its URLs: `postgres://user:…@db`. The `@` of an image's digest ends none. */
function withoutPasswords(text: string): string {
  return text.replace(/((?:[a-z][-+.a-z0-9]*:)?\/\/)?([^\s/:@?#"'`]*):(?!\/\/|\s)[^\n]*@(?!sha256:)/gi, '$1$2:…@');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(withoutPasswords(value)) : described(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Numbers as they are, objects by their class. */
function described(value: unknown): string {
  if (value instanceof Words) return value.text;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value ?? 'nothing');
  if (Array.isArray(value)) return 'a list';
  const name = classNameOf(value);
  return name === 'Object' ? 'an object' : `an object of class ${name}`;
}
