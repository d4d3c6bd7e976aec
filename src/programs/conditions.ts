import { program, type Program } from './program';

/** What decides which program a wait for conditions needs. */
export interface ConditionNeeds {
  /** What is asked of its objects. */
  readonly kinds: ReadonlySet<'completed' | 'rolledOut' | 'met'>;
  /** Whether there is one condition only. */
  readonly single: boolean;
}

/** Waits until the API server says that conditions are met. */
export function waitForCondition(_needs: ConditionNeeds): Program {
  return program('wait-for-condition', ['exit 2\n']);
}
