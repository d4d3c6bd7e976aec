import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { addTo } from './group';
import { Plan } from './plan';
import { refusalsOf } from './refusals';
import { patchesOf } from '../pod/cdk8s-internals';
import { Attached } from '../values/attached';

const judges = new Attached<Judge>('app', 1);

/** Has the start-up of an app checked at synth, once however many workloads wait in it. */
export function checkStartupAtSynth({ node: { root } }: IConstruct): void {
  if (judges.of(root)) return;
  root.node.addValidation(judges.set(root, new Judge(root)));
}

/**
 * cdk8s validates the whole app once per chart, the root first. The root judges; the verdict is kept if nothing was refused and the app
 * has grown by no construct and no JSON patch. Only a workload that is refused is asked for its own part.
 */
class Judge implements IValidation {
  private size = 0;
  private refusals = new Map<IConstruct, string[]>();
  private readonly asked = new Set<IConstruct>();

  public constructor(private readonly root: IConstruct) {}

  public validate(): string[] {
    const size = sizeOf(this.root);
    if (size !== this.size || this.refusals.size > 0) {
      this.size = size;
      this.refusals = refusalsIn(this.root);
      this.refusals.forEach((_, workload) => this.ask(workload));
    }
    return [];
  }

  private ask(workload: IConstruct): void {
    if (this.asked.has(workload)) return;
    this.asked.add(workload);
    workload.node.addValidation({ validate: () => this.refusals.get(workload) ?? [] });
  }
}

function refusalsIn(root: IConstruct): Map<IConstruct, string[]> {
  const refusals = new Map<IConstruct, string[]>();
  for (const { from, message, remedy } of refusalsOf(new Plan(root))) addTo(refusals, from.pod.workload, `${message}; ${remedy}`);
  return refusals;
}

/** Grows with every construct and every JSON patch of an app. It is asked for once per chart, and so walks the tree as fast as can be. */
function sizeOf(construct: IConstruct): number {
  let size = 1;
  if (ApiObject.isApiObject(construct)) size += patchesOf(construct).length;
  for (const child of construct.node.children) size += sizeOf(child);
  return size;
}
