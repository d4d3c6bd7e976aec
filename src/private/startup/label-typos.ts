import { addTo } from './group';
import { isSlip, variants } from '../values/slips';

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

/** Names without a prefix, and those that Kubernetes recommends, stand for each other now and then. */
const COMMON_NAME = /^(app\.kubernetes\.io\/)?[^/]*$/;

/** Labels with which controllers tell the pods of a workload apart: no program knows their values. */
const GIVEN_AT_RUN_TIME = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
]);

/**
 * Finds labels that differ from a selector by what people mistype, in time that grows with the number of
 * labels only.
 */
export class LabelTypos<T> {
  private readonly labels: ReadonlyMap<T, Labels>;
  private readonly byName = new Map<string, T[]>();
  private readonly byValue = new Map<string, T[]>();

  public constructor(labelled: [T, Labels][]) {
    this.labels = new Map(labelled);
    for (const [owner, labels] of labelled) {
      for (const [name, value] of Object.entries(labels)) {
        addTo(this.byValue, value, owner);
        for (const variant of variants(value)) addTo(this.byName, `${name}=${variant}`, owner);
      }
    }
  }

  /** Who else nearly has all labels of a selector, and the first of them that is wrong. */
  public find(selector: Label[], asker: T): Typo<T> | undefined {
    if (selector.some(([name]) => GIVEN_AT_RUN_TIME.has(name))) return undefined;
    const [fewest] = selector
      .map(label => this.candidates(label))
      .sort((one, other) => one.size - other.size);
    for (const owner of fewest ?? []) {
      const typo = owner === asker ? undefined : this.typoOf(owner, selector);
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

/**
 * The label of a pod that a label of a selector may mean: the same, a mistyped value, or the value under
 * another name.
 */
function match(
  [name, value]: Label,
  labels: Labels,
  selector: Label[],
): Label | undefined {
  const found = labels[name];
  if (found !== undefined) {
    return isSlip(found, value) ? [name, found] : undefined;
  }
  if (!COMMON_NAME.test(name)) return undefined;
  const isFree = (other: string) =>
    COMMON_NAME.test(other) && selector.every(([each]) => each !== other);
  return Object.entries(labels).find(([other, same]) => same === value && isFree(other));
}
