import { awaitedCondition } from './private/step/condition';
import { objectsWith } from './private/values/kind';

export const CONDITION = objectsWith(awaitedCondition, {
  one: 'a Condition',
  many: 'Conditions',
  instead: () => 'write Condition.completed(job), .rolledOut(workload) or .met(construct, type)',
});
