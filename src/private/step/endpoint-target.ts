import type { IConstruct } from 'constructs';
import type { TextSource } from './text-source';
import { Attached } from '../values/attached';

/** What the program is told of an endpoint. */
export interface EndpointTarget {
  /** Whether it takes curl. */
  readonly http: boolean;
  /** For http: the statuses that count as up, by default 200 to 299. */
  readonly statuses?: string;
  readonly caCertificate?: TextSource;
  readonly host: string;
  /** Left out where only the name is looked up. */
  readonly port?: number;
  /** For a Service: its construct. */
  readonly service?: IConstruct;
  /** Whether something answers there that the program does not make. */
  readonly answeredByOthers?: boolean;
  /** `tcp://host:port`, `http://…`, `https://…` or `dns:name`, as seen from a pod of that namespace. */
  address(namespace?: string): string;
}

export const endpointTarget = new Attached<EndpointTarget>('endpoint', 1);
