import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { EndpointFields } from './endpoint-fields';
import { schemeOf, toldAddress } from './told-address';
import { toolStep } from './tool-step';
import type { Endpoint } from '../endpoint';
import { ENDPOINT } from '../endpoint-kinds';
import { defaultsAt } from '../init-defaults';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { checkWhole } from '../private/values/checks';
import {
  checkKinds, checkNames, listOf, required, type Kinds,
} from '../private/values/kind';
import { DURATION, NUMBER } from '../private/values/kinds';
import { tenthsOfASecond, wholeSeconds } from '../private/values/quantity';
import { inWords, placeOf, refuse, type NewPlace } from '../private/values/refuse';
import { waitForService } from '../programs';
import { doubtsInRequest } from '../request-doubts';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/**
 * In seconds: a wait for one endpoint repeats itself after 4.5, so that after ten at most it has said that
 * it goes on.
 */
const LONGEST_ATTEMPT_AND_PAUSE = 5;

/** Options of `WaitForService`. */
export interface WaitForServiceProps extends InitStepOptions {
  /**
   * All must be up; they are tried side by side under one deadline.
   *
   * @throws when there is none, or one of them twice
   */
  readonly endpoints: Endpoint[];

  /**
   * Budget of the whole step, in whole seconds. When it is used up, the step fails (exit 124) and says which
   * endpoints were not up and why; Kubernetes restarts it with back-off.
   *
   * @default Duration.minutes(11)
   * @throws when it is not between one second and one day
   */
  readonly timeout?: Duration;

  /**
   * Longest pause between two attempts at one endpoint, from 0.1 s to an hour. The pause starts at 0.1 s and
   * grows with a tenth of the time waited so far, so a wait ends at most a tenth late and a starting database
   * sees few connections: about ten in the first second, 34 in the first ten, and then one a second from each
   * pod. Each pause is shorter by up to a tenth, by chance, so that pods that start together do not go on so.
   *
   * @default Duration.seconds(1)
   * @throws when it is longer than the timeout
   */
  readonly pollInterval?: Duration;

  /**
   * Limit of one attempt, name look-up included, in whole seconds. What hangs is tried again after it. First
   * attempts are shorter: they may take 1 s and a fifth of the time waited so far to connect.
   *
   * @default - 4 s, or half of a timeout that is shorter than 8 s, but at least 1 s
   * @throws when it is longer than the timeout
   */
  readonly attemptTimeout?: Duration;

  /**
   * Successes in a row that count as up.
   *
   * @default 1
   * @throws when it is no whole number of at least 1
   */
  readonly successThreshold?: number;
}

const PROPS: Kinds<WaitForServiceProps> = {
  ...STEP_OPTIONS,
  endpoints: required(listOf(ENDPOINT)),
  timeout: DURATION,
  pollInterval: DURATION,
  attemptTimeout: DURATION,
  successThreshold: NUMBER,
};

/**
 * Waits until every endpoint is up.
 *
 * Endpoints of plain TCP and DNS are tried in the shell image; as soon as one is http, https or a URL that only
 * the pod knows (`Endpoint.urlFrom`), all are tried in the curl image, where each endpoint takes about 3 MiB:
 * beyond 15 of them raise the memory in `resources`.
 *
 * An endpoint that has been up counts as up, also when it goes away while others are waited for.
 *
 * @example
 * new WaitForService(web, 'wait-for-stores', {
 *   endpoints: [Endpoint.service(database), Endpoint.http('http://catalog/healthz')],
 *   timeout: Duration.minutes(5),
 * });
 */
export class WaitForService extends InitStep {
  /** What it waits for, for tests: `description` names each as the step's log does. Nobody can change the list. */
  public readonly endpoints: Endpoint[];

  public constructor(scope: Construct, id: string, props: WaitForServiceProps) {
    const place = placeOf('WaitForService', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === WaitForService) checkNames(place, props, PROPS);
    super(scope, id, waiting(place, props));
    this.endpoints = Object.freeze([...props.endpoints]) as Endpoint[];
  }
}

function waiting(place: NewPlace, props: WaitForServiceProps): InitStepProps {
  const { endpoints } = props;
  const addresses = addressesOf(place, endpoints);
  const { timeout = defaultsAt(place.scope).timeout } = props;
  const limits = limitsOf(place, { ...props, timeout });
  const asked = new EndpointFields(endpoints);
  const told = endpoints.map((endpoint, index) => toldAddress(endpoint, addresses[index], index + 1));
  const schemes = new Set(told.map(({ address }) => schemeOf(address)));
  const inARow = limits.successThreshold > 1;
  const slow = limits.attemptTimeout + limits.pollInterval / 10 > LONGEST_ATTEMPT_AND_PAUSE;
  const fields = told.map(({ address }, index) => [...asked.of(index), address].join(','));
  return toolStep(place, {
    program: waitForService({
      schemes,
      hostsFromOutside: endpoints.some(({ addressValues }) => addressValues.host),
      severalAddresses: endpoints.some(mayHaveSeveralAddresses),
      single: endpoints.length === 1,
      inARow,
      slow,
      request: asked.needs,
      countsAddresses: endpoints.some(({ minAddresses }) => minAddresses > 1),
    }),
    tools: schemes.has('http') || schemes.has('url') ? 'curlImage' : 'shellImage',
    env: {
      ...asked.env,
      ...Object.assign({}, ...told.map(({ env }) => env)),
      step_attempt_timeout: `${limits.attemptTimeout}`,
      step_endpoints: fields.join(' '),
      step_poll_interval: `${limits.pollInterval}`,
      step_success_threshold: inARow ? `${limits.successThreshold}` : undefined,
      step_timeout: `${limits.timeout}`,
    },
    files: asked.files,
    names: asked.names,
    waitsFor: endpoints,
    endsWithin: timeout,
    warnings: endpoints.flatMap(({ headers, variables, auth }, index) =>
      doubtsInRequest({ url: addresses[index], headers, variables, auth })),
  }, props);
}

function addressesOf(place: NewPlace, endpoints: readonly Endpoint[]): string[] {
  if (endpoints.length === 0) {
    refuse(place, 'endpoints', 'name at least one endpoint', inWords('none'));
  }
  const addresses = endpoints.map(endpoint => endpoint.addressFrom(place.scope));
  const twice = addresses.find((address, index) => addresses.slice(0, index)
    .some((other, before) => other === address && areFromOnePlace(endpoints[before], endpoints[index])));
  if (twice) refuse(place, 'endpoints', 'be different', twice);
  return addresses;
}

/** Of values that are known later nothing can be said, and two of them are seldom the same. */
function areFromOnePlace(one: Endpoint, other: Endpoint): boolean {
  return Object.entries(one.addressValues)
    .every(([part, { value }]) => value === other.addressValues[part]?.value);
}

/** The times in seconds, but the pause in tenths of one, as the program takes them. */
interface Limits {
  readonly timeout: number;
  readonly attemptTimeout: number;
  readonly pollInterval: number;
  readonly successThreshold: number;
}

function limitsOf(
  place: NewPlace,
  props: WaitForServiceProps & { timeout: Duration },
): Limits {
  const { successThreshold = 1, pollInterval = Duration.seconds(1) } = props;
  checkWhole(place, 'successThreshold', successThreshold, 1);
  const timeout = wholeSeconds(place, 'timeout', props.timeout);
  const attemptTimeout = wholeSeconds(
    place,
    'attemptTimeout',
    props.attemptTimeout ?? Duration.seconds(Math.min(4, Math.max(1, Math.floor(timeout / 2)))),
  );
  if (attemptTimeout > timeout) {
    const most = `be at most the timeout of ${timeout} s`;
    refuse(place, 'attemptTimeout', most, inWords(`${attemptTimeout} s`));
  }
  const pause = tenthsOfASecond(place, 'pollInterval', pollInterval);
  if (pause > 10 * timeout) {
    const most = `be at most the timeout of ${timeout} s`;
    refuse(place, 'pollInterval', most, inWords(`${pause / 10} s`));
  }
  return {
    timeout,
    attemptTimeout,
    pollInterval: pause,
    successThreshold,
  };
}

/** curl tries all addresses of a name by itself, and for a look-up one is enough. */
function mayHaveSeveralAddresses({ hasOneAddress, description }: Endpoint): boolean {
  return !hasOneAddress && !/^(https?|dns):/.test(description);
}
