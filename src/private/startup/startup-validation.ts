import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { pathOf, warningLine, type StartupFinding } from './finding';
import { addTo } from './group';
import { Plan } from './plan';
import { refusalsOf } from './refusals';
import { warningsOf } from './warnings';
import { patchesOf } from '../pod/cdk8s-internals';
import { fragmentOf } from '../pod/fragment';
import { afterEachSynthesis, synthesisOf } from '../pod/synthesis';
import {
  warningPolicyAbout, warningPolicyOf, type WarningPolicy,
} from '../step/step-record';
import { Attached } from '../values/attached';

const judges = new Attached<Judge>('app', 3);

/** Has the start-up of an app checked at synth, says what is refused of a workload, and prints what is doubtful. */
export function checkStartupAtSynth(workload: IConstruct): void {
  judgeOf(workload.node.root).ask(workload);
}

function judgeOf(root: IConstruct): Judge {
  const known = judges.of(root);
  if (known) return known;
  const judge = judges.set(root, new Judge(root));
  root.node.addValidation(judge);
  afterEachSynthesis(root, () => judge.printWarnings());
  return judge;
}

/**
 * cdk8s validates the whole app once per chart, the root first. The root judges, and keeps the verdict
 * while nothing is refused and nothing has been added: a synthesis of the whole app adds nothing.
 *
 * The workloads are asked beforehand: a validation that is added while cdk8s validates may come too late.
 */
class Judge implements IValidation {
  private synthesis?: object;
  private size?: number;
  private refusals = new Map<IConstruct, string[]>();
  private warnings: readonly StartupFinding[] = [];
  private readonly asked = new Set<IConstruct>();

  public constructor(private readonly root: IConstruct) {}

  public ask(workload: IConstruct): void {
    if (this.asked.has(workload)) return;
    this.asked.add(workload);
    workload.node.addValidation({ validate: () => this.refusals.get(workload) ?? [] });
  }

  public validate(): string[] {
    const synthesis = synthesisOf(this.root);
    if (synthesis && synthesis === this.synthesis) return [];
    this.synthesis = synthesis;
    const size = synthesis ? undefined : sizeOf(this.root);
    if (size !== undefined && size === this.size && this.refusals.size === 0) return [];
    this.size = size;
    this.judge();
    return [];
  }

  /** One line for each, on stderr: what is printed to stdout may be YAML. */
  public printWarnings(): void {
    const lines = this.warnings
      .filter(warning => policyOf(warning) === 'print')
      .map(warning => `${warningLine({ ...warning, path: pathOf(warning) })}\n`);
    process.stderr.write(lines.join(''));
  }

  private judge(): void {
    const plan = new Plan(this.root);
    this.refusals = new Map();
    for (const { from, message, remedy } of refusalsOf(plan)) {
      addTo(this.refusals, from.pod.workload, `${message}; ${remedy}`);
    }
    this.warnings = warningsOf(plan, plan.workloads);
    for (const { from, step, message, remedy } of this.warnings.filter(each => policyOf(each) === 'fail')) {
      const subject = step ? `has a step '${step.node.id}' that ` : '';
      addTo(this.refusals, from.pod.workload, `${subject}${message}; ${remedy}`);
    }
  }
}

function policyOf({ from, step }: StartupFinding): WarningPolicy {
  return step ? warningPolicyOf(step) : warningPolicyAbout(from.pod.workload);
}

/** Grows with each construct and JSON patch of an app. It is asked for once per chart: nothing may slow it down. */
function sizeOf(construct: IConstruct): number {
  let size = 1;
  const object = ApiObject.isApiObject(construct) ? construct : fragmentOf.of(construct)?.object;
  if (object) size += patchesOf(object).length;
  for (const child of construct.node.children) size += sizeOf(child);
  return size;
}
