import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addTo } from './grouped';
import { Plan } from './plan';
import { refusalsOf } from './refusals';
import { patchesOf } from '../manifest';
import { Own } from '../own';

/** What is refused in an app, by workload. */
interface Verdict {
  /** How large the app was when it was judged. */
  readonly size: number;
  readonly refusals: ReadonlyMap<IConstruct, string[]>;
  /** Who asks first in each round. */
  readonly first?: IConstruct;
  /** Who has asked in this round. */
  readonly told: Set<IConstruct>;
}

const checked = new Own<true>('startup-checked');
const verdicts = new Own<Verdict | undefined>('startup-verdict');

/**
 * Has the start-up of an app checked at synth, once however many workloads wait in it.
 *
 * cdk8s validates the whole app once per chart. Each workload asks in each of these rounds; the first one of the tree begins the next
 * round, in which the verdict is kept if nothing was refused and the app has grown by no construct and no JSON patch.
 */
export function checkStartupAtSynth(workload: IConstruct): void {
  const { root } = workload.node;
  verdicts.set(root, undefined);
  if (checked.of(workload)) return;
  checked.set(workload, true);
  workload.node.addValidation({ validate: () => refusalsFor(workload, root) });
}

function refusalsFor(workload: IConstruct, root: IConstruct): string[] {
  const last = verdicts.of(root);
  const verdict = last && last.first !== workload && !last.told.has(workload) ? last : nextVerdict(root, last);
  if (verdict !== last) verdicts.set(root, verdict);
  verdict.told.add(workload);
  return verdict.refusals.get(workload) ?? [];
}

function nextVerdict(root: IConstruct, last?: Verdict): Verdict {
  const size = sizeOf(root);
  if (last && last.size === size && last.refusals.size === 0) return { ...last, told: new Set() };
  const plan = new Plan(root);
  const refusals = new Map<IConstruct, string[]>();
  for (const { from, message, remedy } of refusalsOf(plan)) addTo(refusals, from.pod.workload, `${message}; ${remedy}`);
  return { size, refusals, first: plan.edges.find(own => own.length > 0)?.[0].from.pod.workload, told: new Set() };
}

/** Grows with every construct and every JSON patch of an app. It is asked for once per chart, and so walks the tree as fast as can be. */
function sizeOf(construct: IConstruct): number {
  let size = 1;
  if (ApiObject.isApiObject(construct)) size += patchesOf(construct).length;
  for (const child of construct.node.children) size += sizeOf(child);
  return size;
}
