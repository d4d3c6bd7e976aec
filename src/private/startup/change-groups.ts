import { createHash } from 'crypto';
import type { ApiObject } from 'cdk8s';
import { annotationsOf, type Annotations, type Proposals } from './annotating';
import { isUnwritten } from './carriers';
import { addTo } from './group';
import { hooksOf } from './hooks';
import type { Plan } from './plan';
import { pathOf } from './wording';
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
    const others = plan.providersOf(workload).filter(each => isApplied(each) && each.object !== workload.object);
    if (others.length === 0) continue;
    const known = needed.get(workload.object) ?? new Set();
    needed.set(workload.object, known);
    for (const { object } of others) known.add(object);
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

/** Refuses what would close a circle with rules of the program, in which kapp applies nothing. */
function refuseCircles(plan: Plan, needed: ReadonlyMap<ApiObject, ReadonlySet<ApiObject>>): void {
  const written = rulesOfProgram(plan);
  for (const [object, others] of needed) {
    for (const other of others) {
      if (!leadsTo(object, other, written)) continue;
      refuseAll(
        { of: 'StartupGraph', path: pathOf({ object }) },
        `finds another order: ${pathOf({ object })} waits for ${pathOf({ object: other })}, `
          + `which ${RULE} puts after it`,
        'remove that rule, or the endpoint',
      );
    }
  }
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
    for (const other of groups.get(group) ?? []) {
      if (order === 'after') addTo(after, object, other);
      else addTo(after, other, object);
    }
  }
  return after;
}

/** Whether one object comes after another one, also by way of others. */
function leadsTo(goal: ApiObject, from: ApiObject, after: ReadonlyMap<ApiObject, readonly ApiObject[]>): boolean {
  const seen = new Set([from]);
  for (const object of seen) for (const next of after.get(object) ?? []) seen.add(next);
  return seen.has(goal);
}
