import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { addTo } from './group';
import { Plan } from './plan';
import { refusalsOf } from './refusals';
import { patchesOf } from '../pod/cdk8s-internals';
import { Attached } from '../values/attached';

const judges = new Attached<Judge>('app', 2);

/** Has the start-up of an app checked at synth, and says in a workload that waits what is refused of it. */
export function checkStartupAtSynth(workload: IConstruct): void {
  const { root } = workload.node;
  if (!judges.of(root)) root.node.addValidation(judges.set(root, new Judge(root)));
  judges.required(root).ask(workload);
}

/**
 * cdk8s validates the whole app once per chart, the root first. The root judges, and keeps the verdict
 * while nothing is refused and nothing has been added.
 *
 * The workloads are asked beforehand: a validation that is added while cdk8s validates may come too late.
 */
class Judge implements IValidation {
  private size = 0;
  private refusals = new Map<IConstruct, string[]>();
  private readonly asked = new Set<IConstruct>();

  public constructor(private readonly root: IConstruct) {}

  public ask(workload: IConstruct): void {
    if (this.asked.has(workload)) return;
    this.asked.add(workload);
    workload.node.addValidation({ validate: () => this.refusals.get(workload) ?? [] });
  }

  public validate(): string[] {
    const size = sizeOf(this.root);
    if (size === this.size && this.refusals.size === 0) return [];
    this.size = size;
    this.refusals = refusalsIn(this.root);
    return [];
  }
}

function refusalsIn(root: IConstruct): Map<IConstruct, string[]> {
  const refusals = new Map<IConstruct, string[]>();
  for (const { from, message, remedy } of refusalsOf(new Plan(root))) {
    addTo(refusals, from.pod.workload, `${message}; ${remedy}`);
  }
  return refusals;
}

/** Grows with each construct and JSON patch of an app. It is asked for once per chart: nothing may slow it down. */
function sizeOf(construct: IConstruct): number {
  let size = 1;
  if (ApiObject.isApiObject(construct)) size += patchesOf(construct).length;
  for (const child of construct.node.children) size += sizeOf(child);
  return size;
}
