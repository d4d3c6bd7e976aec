/** Shorter words that differ in one letter are too often two words. */
const SHORTEST = 5;

/**
 * Whether one text is the other but for a slip of the finger: a letter changed, one too many or too few, two
 * neighbours exchanged, or another case.
 *
 * The first letter is hardly ever mistyped: `reader` is no slip for `leader`. Texts that differ in their
 * counters only are meant to be different.
 *
 * @param shortest how many letters they have at least
 */
export function isSlip(one: string, other: string, shortest = SHORTEST): boolean {
  const [first, second] = [lower(one), lower(other)];
  if (first === second) return true;
  if (Math.min(first.length, second.length) < shortest) return false;
  return withoutCounters(first) !== withoutCounters(second) && differInOne(first, second);
}

/** The same of names that are no counters, as `sha265` and `sha256` are not. */
export function isSlipOfName(one: string, other: string): boolean {
  const [first, second] = [lower(one), lower(other)];
  return first === second || Math.min(first.length, second.length) >= SHORTEST && differInOne(first, second);
}

/** Whether one name is the other but for its last letter, as `peer` and `peers` are, which may be a letter shorter. */
export function lacksLastLetter(one: string, other: string): boolean {
  const [short, long] = [lower(one), lower(other)].sort((first, second) => first.length - second.length);
  if (short.length < SHORTEST - 1 || short !== long.slice(0, -1)) return false;
  return withoutCounters(short) !== withoutCounters(long);
}

/**
 * A text in lower case, and that without each of its characters: texts that differ by a slip share one of
 * these, so they find each other in a map.
 */
export function variants(text: string): Set<string> {
  const whole = lower(text);
  return new Set([whole, ...[...whole].map((_, at) => whole.slice(0, at) + whole.slice(at + 1))]);
}

/** A manifest may hold a number where a text belongs, which the API server refuses. */
function lower(text: string): string {
  return `${text}`.toLowerCase();
}

function differInOne(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [first, second] = [one.slice(same), other.slice(same)];
  const areExchanged = first[0] === second[1] && first[1] === second[0];
  return (
    first.slice(1) === second
    || first === second.slice(1)
    || (same > 0 && first.slice(1) === second.slice(1))
    || (areExchanged && first.slice(2) === second.slice(2))
  );
}

/** A text without what tells one of several from the others: digits, and parts of one letter (`shop-a`). */
function withoutCounters(text: string): string {
  return text.replace(/\d|(?<![a-z])[a-z](?![a-z])/g, '');
}
