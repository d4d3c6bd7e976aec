import { createHash } from 'crypto';
import type { ApiObject } from 'cdk8s';
import { annotationsOf, type Annotations, type Proposals } from './annotating';
import { isUnwritten } from './carriers';
import { objectAsked } from './conditions';
import { addTo } from './group';
import { hooksOf } from './hooks';
import { cycles, startOrder } from './order';
import type { Plan } from './plan';
import { listed, pathOf } from './wording';
import type { Workload } from './workloads';
import { refuseAll } from '../values/refuse';

const GROUP = 'kapp.k14s.io/change-group';
const RULE = 'kapp.k14s.io/change-rule';

/** What comes behind a dot in names of annotations of which an object may have several. */
const OURS = 'init-containers';

/** What stands before the names of groups, as a domain does. */
const PREFIX = 'cdk8s-init-containers';

/** Names of groups have at most 63 characters, of which a hash takes 11. */
const LONGEST_NAME = 52;

/** The change groups of workloads that are waited for, and the change rules of those that wait. */
export function changeGroups(plan: Plan, workloads: readonly Workload[]): Proposals {
  const needed = new Map<ApiObject, Set<ApiObject>>();
  for (const workload of workloads.filter(isApplied)) {
    const others = awaitedBy(plan, workload).filter(each => each !== workload.object);
    if (others.length > 0) needed.set(workload.object, new Set([...needed.get(workload.object) ?? [], ...others]));
  }
  refuseCircles(plan, needed);
  const proposals = new Map<ApiObject, Annotations>();
  const propose = (object: ApiObject, more: Annotations) =>
    proposals.set(object, { ...proposals.get(object), ...more });
  for (const [object, others] of needed) {
    for (const other of others) propose(other, { [`${GROUP}.${OURS}`]: groupOf(other) });
    propose(object, rulesFor([...others]));
  }
  return proposals;
}

/** The workloads, and the other objects of the app, that are to be there before a workload. */
function awaitedBy(plan: Plan, workload: Workload): ApiObject[] {
  const workloads = plan.providersOf(workload).filter(isApplied).map(({ object }) => object);
  const others = plan.conditions[workload.index].filter(({ backends }) => backends.length === 0)
    .flatMap(edge => objectAsked(edge) ?? [])
    .filter(object => hooksOf(annotationsOf(object)).length === 0);
  return [...workloads, ...others];
}

function rulesFor(others: readonly ApiObject[]): Annotations {
  const rules = others.map((other, index) => {
    const suffix = index === 0 ? OURS : `${OURS}-${index + 1}`;
    return [`${RULE}.${suffix}`, `upsert after upserting ${groupOf(other)}`];
  });
  return Object.fromEntries(rules);
}

/** Objects with hooks are left to those who run the hooks. */
function isApplied(workload: Workload): boolean {
  return hooksOf(workload.annotations).length === 0 && !isUnwritten(workload);
}

/** A name for the group of an object, which another object has only by its path. */
function groupOf(object: ApiObject): string {
  const path = pathOf({ object });
  const isPlain = /^[A-Za-z0-9]([-_A-Za-z0-9/]*[A-Za-z0-9])?$/.test(path) && path.length <= LONGEST_NAME;
  if (isPlain) return `${PREFIX}/${path.replace(/\//g, '.')}`;
  const words = path.replace(/[^-_A-Za-z0-9]+/g, '.').slice(-LONGEST_NAME).replace(/^[-_.]+/, '');
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 10);
  return `${PREFIX}/${words}.${hash}`;
}

/** Refuses a circle of our rules and those of the program, in which kapp applies nothing. */
function refuseCircles(plan: Plan, needed: ReadonlyMap<ApiObject, ReadonlySet<ApiObject>>): void {
  const written = rulesOfProgram(plan);
  const objects = [...new Set([...needed, ...written].flatMap(([object, others]) => [object, ...others]))];
  const numbers = new Map(objects.map((object, index) => [object, index]));
  const after = objects.map(each => [...new Set([...needed.get(each) ?? [], ...written.get(each) ?? []])]);
  const needs = after.map(others => others.map(each => [numbers.get(each)!]));
  const [circle] = cycles(needs, startOrder(needs));
  if (!circle) return;
  const links = circle.map(({ workload, need }) => {
    const [object, other] = [objects[workload], after[workload][need]];
    const [path, before] = [object, other].map(each => pathOf({ object: each }));
    return needed.get(object)?.has(other) ? `${path} waits for ${before}` : `${RULE} puts ${path} after ${before}`;
  });
  refuseAll(
    { of: 'StartupGraph', path: pathOf({ object: objects[circle[0].workload] }) },
    `finds another order: ${listed(links)}, so that kapp can apply none of them first`,
    'remove one of these rules or waits',
  );
}

/** Which objects come after which by rules that the program has written. */
function rulesOfProgram({ answers: { objects } }: Plan): Map<ApiObject, ApiObject[]> {
  const groups = new Map<string, ApiObject[]>();
  const rules: [object: ApiObject, order: string, group: string][] = [];
  for (const object of objects) {
    for (const [name, value] of Object.entries(annotationsOf(object))) {
      if (name === GROUP || name.startsWith(`${GROUP}.`)) addTo(groups, value, object);
      const [, order, group] = /^upsert (after|before) upserting (\S+)$/.exec(value) ?? [];
      if (order && (name === RULE || name.startsWith(`${RULE}.`))) rules.push([object, order, group]);
    }
  }
  const after = new Map<ApiObject, ApiObject[]>();
  for (const [object, order, group] of rules) {
    for (const other of (groups.get(group) ?? []).filter(each => each !== object)) {
      if (order === 'after') addTo(after, object, other);
      else addTo(after, other, object);
    }
  }
  return after;
}
