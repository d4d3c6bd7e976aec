import type { IConstruct } from 'constructs';
import { Attached } from '../values/attached';

/** What a step waits for, as the start-up graph follows it to those who answer there. */
export interface Target {
  /** A name or an IP address; where only the pod knows it, where it comes from. */
  readonly host: string;
  /** Left out where only the name is looked up, and where only the pod knows it. */
  readonly port?: number;
  /** Where the port comes from that only the pod knows. */
  readonly portFrom?: string;
  /** Whether it is known to have one address only, as the name of a Service that is not headless. */
  readonly hasOneAddress?: boolean;
  /** How many addresses its name must have, if more than one. */
  readonly minAddresses?: number;
  /** The construct of this program that it was made of: a Service. */
  readonly construct?: IConstruct;
  /** Whether something answers there that the program does not make. */
  readonly answeredByOthers?: boolean;
  /** Whether the step goes on without it when its time is over, as loops do that only count. */
  readonly isOptional?: boolean;
  /**
   * As the step's log names it, seen from a pod of that namespace: `tcp://host:port`, `http://…`, `https://…`
   * or `dns:name`; where only the pod knows it, in words.
   */
  address(namespace?: string): string;
}

/** The target of each endpoint. */
export const endpointTarget = new Attached<Target>('target', 2);
