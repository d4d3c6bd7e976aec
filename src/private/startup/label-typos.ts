/** A label: its name and its value. */
export type Label = readonly [name: string, value: string];

/** The labels of a pod. */
export type Labels = { readonly [name: string]: string };

/** A selector that selects nothing, and what may have been meant. */
export interface Typo<T> {
  readonly owner: T;
  readonly wrong: Label;
  readonly right: Label;
}

/** Shorter words that differ in one letter are too often two words. */
const SHORTEST = 5;

/**
 * Finds labels that differ from a selector by what people mistype, in time that grows with the number of
 * labels only.
 */
export class LabelTypos<T> {
  private readonly labels: ReadonlyMap<T, Labels>;
  private readonly byName = new Map<string, Set<T>>();
  private readonly byValue = new Map<string, Set<T>>();

  public constructor(labelled: [T, Labels][]) {
    this.labels = new Map(labelled);
    for (const [owner, labels] of labelled) {
      for (const [name, value] of Object.entries(labels)) {
        add(this.byValue, value, owner);
        for (const variant of variants(value)) add(this.byName, `${name}=${variant}`, owner);
      }
    }
  }

  /** Who nearly has all labels of a selector, and the first of them that is wrong. */
  public find(selector: Label[]): Typo<T> | undefined {
    const [fewest] = selector
      .map(label => this.candidates(label))
      .sort((one, other) => one.size - other.size);
    for (const owner of fewest ?? []) {
      const typo = this.typoOf(owner, selector);
      if (typo) return typo;
    }
    return undefined;
  }

  private typoOf(owner: T, selector: Label[]): Typo<T> | undefined {
    const labels = this.labels.get(owner)!;
    const matches = selector.map(label => ({ label, found: match(label, labels, selector) }));
    if (matches.some(({ found }) => !found)) return undefined;
    const wrong = matches.find(({ label, found }) => found!.join('=') !== label.join('='));
    return wrong && { owner, wrong: wrong.label, right: wrong.found! };
  }

  private candidates([name, value]: Label): Set<T> {
    const found = new Set(this.byValue.get(value));
    for (const variant of variants(value)) {
      this.byName.get(`${name}=${variant}`)?.forEach(owner => found.add(owner));
    }
    return found;
  }
}

function add<T>(map: Map<string, Set<T>>, key: string, owner: T): void {
  const known = map.get(key);
  if (known) known.add(owner);
  else map.set(key, new Set([owner]));
}

/**
 * The label of a pod that a label of a selector may mean: the same, a mistyped value, or the value under
 * another name.
 */
function match([name, value]: Label, labels: Labels, selector: Label[]): Label | undefined {
  const found = labels[name];
  if (found !== undefined) {
    return found === value || isTypo(found, value) ? [name, found] : undefined;
  }
  const isFree = (other: string) => selector.every(([each]) => each !== other);
  return Object.entries(labels).find(([other, same]) => same === value && isFree(other));
}

/**
 * A text in lower case, and that without each of its characters: texts that share one of these differ by a
 * slip of the finger.
 */
function variants(text: string): Set<string> {
  const lower = text.toLowerCase();
  return new Set([lower, ...[...lower].map((_, at) => lower.slice(0, at) + lower.slice(at + 1))]);
}

/** A text without what tells one of several from the others: digits, and parts of one letter (`shop-a`). */
function withoutCounters(text: string): string {
  return text.replace(/\d|(?<![a-z])[a-z](?![a-z])/g, '');
}

/** Texts that differ in their counters only are meant to be different. */
function isTypo(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  if (first === second) return true;
  if (Math.min(first.length, second.length) < SHORTEST) return false;
  if (withoutCounters(first) === withoutCounters(second)) return false;
  const known = variants(first);
  return [...variants(second)].some(variant => known.has(variant));
}
