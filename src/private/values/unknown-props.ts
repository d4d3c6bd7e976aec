import { isSlipOfName } from './slips';

const MUST = 'be a known property';

/** A property that nobody knows. */
interface UnknownProp {
  readonly prop: string;
  readonly must: string;
  readonly got: unknown;
  readonly remedy: string;
}

/**
 * A property of an object of options that nobody knows, where it can only be a mistake: it is a slip of one that
 * is left out, or has a word more or less, or none of the object's properties is known. Others may be there for
 * whoever else reads the object.
 */
export function unknownProp(
  options: object,
  known: readonly string[],
): UnknownProp | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
  const unknown = given.filter(([prop]) => !known.includes(prop));
  if (unknown.length === 0) return undefined;
  const left = known.filter(prop => !given.some(([each]) => each === prop));
  for (const [prop, got] of unknown) {
    const meant = left.find(each => isSlipOfName(prop, each) || isWordier(prop, each) || isWordier(each, prop));
    if (meant !== undefined) return { prop, must: MUST, got, remedy: `did you mean ${meant}?` };
  }
  if (unknown.length < given.length) return undefined;
  const [[prop, got]] = unknown;
  return { prop, must: MUST, got, remedy: `known are ${known.join(', ')}` };
}

/** As `namespaceName` has more than `namespace`. */
function isWordier(long: string, short: string): boolean {
  return long.startsWith(short) && /^[A-Z]/.test(long.slice(short.length));
}
