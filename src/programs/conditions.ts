import { CLOCK } from './clock';
import * as fragment from './fragments';
import { program, type Program } from './program';

/** What a condition asks of an object. */
export type ConditionKind = 'completed' | 'rolledOut' | 'met';

/** What decides which program a wait for conditions needs. */
export interface ConditionNeeds {
  readonly kinds: ReadonlySet<ConditionKind>;
  /** Whether there is one condition only. */
  readonly single: boolean;
}

const JUDGES: readonly (readonly [kind: ConditionKind, fragment: string])[] = [
  ['completed', fragment.JUDGE_COMPLETED],
  ['met', fragment.JUDGE_MET],
  ['rolledOut', fragment.JUDGE_ROLLED_OUT],
];

/** Waits for what the API server says of objects. */
export function waitForCondition({ kinds, single }: ConditionNeeds): Program {
  return program('wait-for-condition', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    fragment.PRINTABLE,
    fragment.CURL_CAUSES,
    fragment.READ_JSON,
    fragment.JUDGE_ANSWER,
    ...JUDGES.filter(([kind]) => kinds.has(kind)).map(([, judge]) => judge),
    fragment.ASK_API_SERVER,
    fragment.STILL_WAITING,
    fragment.HEARTBEAT,
    fragment.WATCH_CONDITION,
    ...single ? [fragment.WAIT_FOR_CONDITION, fragment.END] : [fragment.WAIT_FOR_CONDITIONS],
  ]);
}
