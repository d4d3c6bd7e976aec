import type { IConstruct, IValidation } from 'constructs';
import { addTo } from './group';
import { Growth } from './growth';
import { Plan } from './plan';
import { refusalsOf } from './refusals';
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
  private growth?: Growth;
  private refusals = new Map<IConstruct, string[]>();
  private readonly asked = new Set<IConstruct>();

  public constructor(private readonly root: IConstruct) {}

  public ask(workload: IConstruct): void {
    if (this.asked.has(workload)) return;
    this.asked.add(workload);
    workload.node.addValidation({ validate: () => this.refusals.get(workload) ?? [] });
  }

  public validate(): string[] {
    if (this.growth?.isNone() && this.refusals.size === 0) return [];
    this.growth = new Growth(this.root);
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
