import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { toolStep } from './tool-step';
import type { Endpoint } from '../endpoint';
import { defaultsAt, hasDefaultTimeout } from '../init-defaults';
import { InitStep, type InitStepOptions, type InitStepProps } from '../init-step';
import { stepSiteOf, type Site } from '../private/pod/site';
import { checkStartupAtSynth } from '../private/startup/startup-validation';
import { setBudget, setWait, type Wait } from '../private/step/step-record';
import { endpointTarget } from '../private/step/target';
import { bindText, type TextSource } from '../private/step/text-source';
import { checkWhole } from '../private/values/checks';
import { tenthsOfASecond, wholeSeconds } from '../private/values/quantity';
import { inWords, refuse } from '../private/values/refuse';
import { waitForService } from '../programs';

/**
 * In seconds: a wait for one endpoint repeats itself after four, so that after ten at most it has said that
 * it goes on.
 */
const LONGEST_ATTEMPT_AND_PAUSE = 6;

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
   * pod.
   *
   * @default Duration.seconds(1)
   */
  readonly pollInterval?: Duration;

  /**
   * Limit of one attempt, name look-up included, in whole seconds. What hangs is tried again after it.
   *
   * @default - 5 s, or half of a timeout that is shorter than 10 s, but at least 1 s
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

/**
 * Waits until every endpoint is up.
 *
 * Endpoints of plain TCP and DNS are tried in the shell image; as soon as one is http or https, all are tried
 * in the curl image, where each endpoint takes about 3 MiB: beyond 15 of them raise the memory in
 * `resources`.
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
  public constructor(scope: Construct, id: string, props: WaitForServiceProps) {
    const { step, wait } = waiting(stepSiteOf('WaitForService', scope, id), props);
    super(scope, id, step);
    setBudget(this, wait.timeout, props.timeout === undefined && hasDefaultTimeout(scope));
    setWait({ step: this, ...wait });
    checkStartupAtSynth(this.workload);
  }
}

function waiting(
  site: Site,
  props: WaitForServiceProps,
): { step: InitStepProps; wait: Omit<Wait, 'step'> } {
  const { namespace } = site.pod;
  if (props.endpoints.length === 0) {
    refuse(site, 'endpoints', 'name at least one endpoint', inWords('none'));
  }
  const targets = props.endpoints.map(endpoint => endpointTarget.required(endpoint));
  const addresses = targets.map(target => target.address(namespace));
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice) refuse(site, 'endpoints', 'be different', twice);

  const successThreshold = props.successThreshold ?? 1;
  checkWhole(site, 'successThreshold', successThreshold, 1);
  const defaults = defaultsAt(site.scope);
  const timeout = wholeSeconds(site, 'timeout', props.timeout ?? defaults.timeout);
  const attemptTimeout = wholeSeconds(
    site,
    'attemptTimeout',
    props.attemptTimeout ?? Duration.seconds(Math.min(5, Math.max(1, Math.floor(timeout / 2)))),
  );
  if (attemptTimeout > timeout) {
    refuse(
      site,
      'attemptTimeout',
      `be at most the timeout of ${timeout} s`,
      inWords(`${attemptTimeout} s`),
    );
  }

  const certificates = [...new Set(targets.flatMap(target => target.caCertificate ?? []))];
  const nameOf = (certificate: TextSource) =>
    `ca_certificate_${certificates.indexOf(certificate) + 1}`;
  const bound = certificates.map(certificate => bindText(site, certificate, nameOf(certificate)));
  const boundEnv: { [name: string]: string | undefined } = Object.assign(
    {},
    ...bound.map(each => each.env),
  );
  const fields = targets.map(({ statuses, caCertificate }, index) =>
    [
      ...(statuses ? [`status=${statuses}`] : []),
      ...(caCertificate ? [certificateField(`step_${nameOf(caCertificate)}`, boundEnv)] : []),
      addresses[index],
    ].join(','),
  );
  const pollInterval = tenthsOfASecond(
    site,
    'pollInterval',
    props.pollInterval ?? Duration.seconds(1),
  );
  const schemes = new Set(
    addresses.map(address => address.slice(0, address.indexOf(':')).replace('https', 'http')),
  );
  const slow = attemptTimeout + pollInterval / 10 > LONGEST_ATTEMPT_AND_PAUSE;
  const inARow = successThreshold > 1;
  const env = {
    ...boundEnv,
    step_attempt_timeout: `${attemptTimeout}`,
    step_endpoints: fields.join(' '),
    step_poll_interval: `${pollInterval}`,
    step_success_threshold: inARow ? `${successThreshold}` : undefined,
    step_timeout: `${timeout}`,
  };
  return {
    wait: { timeout, namespace, clusterDomain: defaults.clusterDomain, targets },
    step: toolStep(site, {
      program: waitForService({ schemes, single: targets.length === 1, inARow, slow }),
      tools: schemes.has('http') ? 'curlImage' : 'shellImage',
      env,
      reads: Object.assign({}, ...bound.map(each => each.reads)),
    }, props),
  };
}

/** The field of an endpoint that says which certificates to trust: the file, or the variable that holds them. */
function certificateField(
  name: string,
  env: { readonly [name: string]: string | undefined },
): string {
  const file = env[`${name}_file`];
  return file === undefined ? `pem=${name}` : `ca=${file}`;
}
