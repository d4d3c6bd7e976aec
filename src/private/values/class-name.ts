/** jsii names each class under this symbol. */
export const JSII_CLASS = Symbol.for('jsii.rtti');

/**
 * The name of an object's class as its author wrote it.
 *
 * Bundlers shorten the names of classes; what jsii has noted on a class of a library stays.
 */
export function classNameOf({ constructor }: object): string {
  if (typeof constructor !== 'function') return 'Object';
  const noted = Object.getOwnPropertyDescriptor(constructor, JSII_CLASS)?.value as { fqn?: string };
  return noted?.fqn?.split('.').pop() ?? constructor.name;
}
