import type { IConstruct } from 'constructs';
import { Attached } from '../values/attached';

/** Where a wait looks. */
export interface AwaitedEndpoint {
  /** As the step's log names it. */
  readonly address: string;
  readonly host: string;
  /** Left out where only the name is looked up. */
  readonly port?: number;
  /** The Service, where the endpoint was made of one. */
  readonly service?: IConstruct;
  /** Whether something answers there that the program does not make. */
  readonly answeredByOthers?: boolean;
}

/** A step that waits. */
export interface Wait {
  readonly step: IConstruct;
  /** In seconds. */
  readonly timeout: number;
  /** The DNS domain of its cluster. */
  readonly clusterDomain: string;
  readonly endpoints: readonly AwaitedEndpoint[];
}

const waits = new Attached<Wait[]>('waits');
const timeouts = new Attached<{ readonly seconds: number; readonly chosen: boolean }>('timeout');

/** The waits of a workload, in run order. */
export function waitsOf(workload: IConstruct): readonly Wait[] {
  return waits.of(workload) ?? [];
}

/** Notes that a step of a workload waits. */
export function addWait(workload: IConstruct, wait: Wait): void {
  waits.set(workload, [...waitsOf(workload), wait]);
}

/** The seconds that a step may take, if it is bounded. */
export function timeoutOf(step: IConstruct): number | undefined {
  return timeouts.of(step)?.seconds;
}

/** Whether somebody wrote down how long a step may take, rather than leave it to the library. */
export function isTimeoutChosen(step: IConstruct): boolean {
  return timeouts.of(step)?.chosen ?? false;
}

/** Notes how many seconds a step may take, and whether somebody chose them. */
export function setTimeoutOf(step: IConstruct, seconds: number, chosen: boolean): void {
  timeouts.set(step, { seconds, chosen });
}
