/** jsii names each class under this symbol. */
export const JSII_CLASS = Symbol.for('jsii.rtti');

/** Names of more letters are those that somebody wrote: bundlers give classes shorter ones. */
const LONGEST_SHORTENED = 3;

/** The name of an object's class as its author wrote it. */
export function classNameOf({ constructor }: object): string {
  return typeof constructor === 'function' ? nameOfClass(constructor) : 'Object';
}

/**
 * The name of a class as its author wrote it, or, where a bundler has shortened that, of the class that it extends:
 * what jsii has noted on a class of a library stays.
 */
export function nameOfClass(type: Function): string {
  const noted = Object.getOwnPropertyDescriptor(type, JSII_CLASS)?.value as { fqn?: string } | undefined;
  if (noted?.fqn) return noted.fqn.split('.').pop()!;
  const parent = Object.getPrototypeOf(type) as Function | null;
  return type.name.length > LONGEST_SHORTENED || !parent?.name ? type.name : nameOfClass(parent);
}
