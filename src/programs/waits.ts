import { CLOCK } from './clock';
import * as fragment from './fragments';
import { program, type Program } from './program';
import { readsVariables, tryRequests, type AskNeeds } from './requests';

/** What decides which program a wait needs. */
export interface WaitNeeds {
  /** The schemes of its endpoints, e.g. `tcp`; `url` where that is known at run time only. */
  readonly schemes: ReadonlySet<string>;
  /** Whether a host and its port are known at run time only. */
  readonly hostsFromOutside?: boolean;
  /** Whether a name that is tried over TCP may have several addresses. */
  readonly severalAddresses?: boolean;
  /** Whether there is one endpoint only. */
  readonly single: boolean;
  /** Whether an endpoint must be up several times in a row. */
  readonly inARow: boolean;
  /** Whether the log would be silent for too long if only attempts wrote to it. */
  readonly slow: boolean;
  /** What its requests of http have beside an address. */
  readonly request?: AskNeeds;
  /** Whether the addresses of a name must be counted. */
  readonly countsAddresses?: boolean;
}

const TRIES: { readonly [scheme: string]: (needs: WaitNeeds) => readonly string[] } = {
  tcp: () => [fragment.TRY_TCP],
  dns: tryNames,
  http: ({ request }) => tryRequests(request),
};

/** What it takes to look names up. */
function tryNames({ schemes, severalAddresses, countsAddresses }: WaitNeeds): string[] {
  if (!countsAddresses) return [fragment.ENOUGH, fragment.TRY_DNS];
  return [
    ...severalAddresses ? [] : [fragment.LOOK_UP],
    ...schemes.has('http') ? [] : [fragment.OPTIONS_OF_NAMES],
    fragment.COUNT_ADDRESSES,
    fragment.TRY_DNS,
  ];
}

/** What is asked in the protocol of the server, by the schemes of `AppProtocol`. */
const ASKS: { readonly [scheme: string]: string } = {
  postgres: fragment.TRY_POSTGRES,
  mysql: fragment.TRY_MYSQL,
  redis: fragment.TRY_REDIS,
  mongodb: fragment.TRY_MONGODB,
  cassandra: fragment.TRY_CASSANDRA,
  kafka: fragment.TRY_KAFKA,
  amqp: fragment.TRY_AMQP,
};

/** What a URL that is known at run time only may stand for. */
const ANY = ['tcp', 'http', ...Object.keys(ASKS)];

/** How a server is found. */
function aim({ schemes, severalAddresses }: WaitNeeds): string[] {
  if (schemes.has('url')) return [fragment.LOOK_UP, fragment.AIM_ANY];
  return severalAddresses ? [fragment.LOOK_UP, fragment.AIM] : [fragment.AIM_ONE];
}

/** What it takes to connect to them by nc. */
function connect(needs: WaitNeeds, schemes: ReadonlySet<string>): string[] {
  return [
    ...aim(needs),
    fragment.WHY_NOT,
    ...!schemes.has('tcp') ? [] : [schemes.has('http') ? fragment.HOLD_BY_CURL : fragment.HOLD],
  ];
}

/** What it takes to learn where they are, as far as that is known at run time only. */
function addresses({ schemes, hostsFromOutside }: WaitNeeds): string[] {
  const isAny = schemes.has('url');
  if (!isAny && !hostsFromOutside) return [];
  return [
    fragment.VALUES,
    ...hostsFromOutside ? [fragment.HOST_FROM] : [],
    ...isAny ? [fragment.URL_FROM, fragment.TRY_TLS] : [],
    fragment.ADDRESSES,
  ];
}

/** Waits until endpoints are up. */
export function waitForService(needs: WaitNeeds): Program {
  const { single, inARow, slow, countsAddresses } = needs;
  const schemes = new Set(needs.schemes.has('url') ? [...needs.schemes, ...ANY] : needs.schemes);
  const kinds = Object.keys(TRIES).filter(scheme => schemes.has(scheme));
  const asks = Object.keys(ASKS).filter(scheme => schemes.has(scheme));
  const plain = single && needs.schemes.has('tcp') && !inARow && !slow;
  return program('wait-for-service', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    ...kinds.includes('tcp') || asks.length > 0 ? connect(needs, schemes) : [],
    ...countsAddresses || readsVariables(needs.request) ? [fragment.VARIABLE] : [],
    ...kinds.flatMap(scheme => TRIES[scheme]({ ...needs, schemes })),
    ...asks.length > 0 ? [fragment.TALK] : [],
    ...asks.map(scheme => ASKS[scheme]),
    ...addresses(needs),
    fragment.RETRY,
    ...plain ? [fragment.WAIT_FOR_ONE] : [
      ...kinds.includes('http') || countsAddresses ? [] : [fragment.NO_OPTIONS],
      fragment.SHOW,
      fragment.ONCE,
      ...inARow ? [fragment.IN_A_ROW] : [],
      ...slow || inARow || !single ? [fragment.STILL_WAITING, fragment.HEARTBEAT] : [],
      ...single ? [fragment.WAIT_FOR_SINGLE, fragment.START, fragment.END] : [fragment.WAIT_FOR_ALL],
    ],
  ]);
}
