import { type Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { toolStep } from './tool-step';
import { API_ACCESS } from '../api-access';
import type { Condition } from '../condition';
import { CONDITION } from '../condition-kinds';
import { defaultsAt } from '../init-defaults';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import {
  checkKinds, checkNames, listOf, required, type Kinds,
} from '../private/values/kind';
import { DURATION } from '../private/values/kinds';
import { wholeSeconds } from '../private/values/quantity';
import { inWords, placeOf, refuse, type NewPlace } from '../private/values/refuse';
import { waitForCondition, type ConditionKind } from '../programs';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/** Options of `WaitForCondition`. */
export interface WaitForConditionProps extends InitStepOptions {
  /**
   * All must be met; they are watched side by side under one deadline.
   *
   * @throws when there is none, or one of them twice
   */
  readonly conditions: Condition[];

  /**
   * Budget of the whole step, in whole seconds. When it is used up, the step fails (exit 124) and says which
   * conditions are not met and why; Kubernetes restarts it with back-off.
   *
   * @default - that of InitDefaults, by default 11 minutes
   * @throws when it is not between one second and one day
   */
  readonly timeout?: Duration;

  /**
   * The account that the pod runs as, which the role is bound to.
   *
   * @default - the one that the finished pod names; `default` if it names none: the pod keeps its account
   * @throws when it is not given in a `PodFragment` for which a Role is to be made, it is in another namespace than the
   * pod, or, at synth, when the pod runs as another one: the token is that of the pod's account
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Make a Role with `get` and `watch` on just these objects, in each of their namespaces, and bind it. false: somebody
   * else does.
   *
   * @default true
   * @throws when it is true and the program does not name the namespace of the pod, without which no account can be
   * bound
   */
  readonly createRole?: boolean;
}

const PROPS: Kinds<WaitForConditionProps> = {
  ...STEP_OPTIONS,
  conditions: required(listOf(CONDITION)),
  timeout: DURATION,
  serviceAccount: API_ACCESS.serviceAccount,
  createRole: API_ACCESS.createRole,
};

/** Beside that of the pod's own account, where an app may look. */
const PATH = '/var/run/secrets/cdk8s-init-containers';

/**
 * Waits for what Kubernetes itself says of an object: a Job is complete, a workload is rolled out, a condition is met.
 *
 * It watches the object at the API server, so it ends as soon as that changes. An object that is not there (yet), a
 * role that is missing and a server that is away are waited for, too, and said in the log. A Job that has failed ends
 * the wait (exit 1). Runs in the curl image, where each condition takes about 4 MiB: beyond 12 of them raise the memory
 * in `resources`.
 *
 * A token of the pod's account is mounted in this container only, valid for an hour and renewed; the pod as a whole
 * stays without one. What it may do is what a Role allows that is made for the step: `get` and `watch` on just these
 * objects.
 *
 * @example
 * const migration = new kplus.Job(chart, 'migrate', { containers: [{ image: 'shop-migrations:1.0' }] });
 * new WaitForCondition(web, 'wait-for-migration', {
 *   conditions: [Condition.completed(migration)],
 *   timeout: Duration.minutes(5),
 * });
 */
export class WaitForCondition extends InitStep {
  public constructor(scope: Construct, id: string, props: WaitForConditionProps) {
    const place = placeOf('WaitForCondition', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === WaitForCondition) checkNames(place, props, PROPS);
    super(scope, id, waiting(place, props));
  }
}

function waiting(place: NewPlace, props: WaitForConditionProps): InitStepProps {
  const { conditions, createRole, serviceAccount } = props;
  if (conditions.length === 0) refuse(place, 'conditions', 'name at least one condition', inWords('none'));
  const { timeout = defaultsAt(place.scope).timeout } = props;
  const texts = conditions.map(condition => condition.toText());
  const kinds = texts.map(text => text.split(',')[0]) as ConditionKind[];
  return toolStep(place, {
    program: waitForCondition({ kinds: new Set(kinds), single: conditions.length === 1 }),
    tools: 'curlImage',
    env: {
      step_api: PATH,
      step_conditions: texts.join(' '),
      step_namespace: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAMESPACE),
      step_timeout: `${wholeSeconds(place, 'timeout', timeout)}`,
    },
    names: { 'apiAccess.createRole': 'createRole', 'apiAccess.serviceAccount': 'serviceAccount' },
    conditions,
    apiAccess: { path: PATH, createRole, serviceAccount },
    endsWithin: timeout,
  }, props);
}
