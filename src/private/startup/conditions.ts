import { ApiObject } from 'cdk8s';
import type { ConditionEdge } from './edge';
import type { StartupFinding } from './finding';
import { isLeftOutOfInstalls } from './hooks';
import { manifestOf } from './manifest-of';
import type { Plan } from './plan';
import { pathOf, waitInWords } from './wording';
import type { AwaitedCondition } from '../step/condition';
import { conditionFault } from '../step/condition-faults';

/** Conditions that a workload meets only when its pods have run: to others nothing is known of the order. */
const OF_PODS = ['Available', 'Complete', 'Completed', 'ContainersReady', 'Healthy', 'Ready', 'Succeeded'];

/** Whether a workload meets a condition only when its pods have started. */
export function needsPods({ kind, type }: AwaitedCondition): boolean {
  return kind !== 'met' || OF_PODS.includes(type!);
}

/** The object of the app that a condition is about. */
export function objectAsked({ condition, backends }: ConditionEdge): ApiObject | undefined {
  const { construct } = condition.object;
  return ApiObject.isApiObject(construct) ? construct : backends[0]?.object;
}

/** A condition of an object that may be in another namespace than the one in which it is asked for. */
export function askedInOwnNamespace(edge: ConditionEdge): StartupFinding[] {
  const { from, condition: { object: { construct, namespace } } } = edge;
  if (from.namespace === undefined || namespace !== undefined || !ApiObject.isApiObject(construct)) return [];
  return [{
    from,
    message: `${waitInWords(edge)} and asks for it in its own namespace, ${from.namespace}, `
      + `but the program names no namespace for ${pathOf({ object: construct })}`,
    remedy: 'give that a namespace, best by its chart',
  }];
}

/** Conditions that are never met, as their objects are now: a JSON patch may have changed them since. */
export function neverMet(edge: ConditionEdge): StartupFinding[] {
  const { from, condition: { kind }, backends } = edge;
  return backends.flatMap(({ object }) => {
    const fault = kind === 'met' && object.kind !== 'Job' ? undefined : conditionFault(manifestOf(object));
    return fault ? [{ from, message: `${waitInWords(edge)}, but it ${fault.why}`, remedy: fault.remedy }] : [];
  });
}

/** A wait for what its own pods have to do first. */
export function ownCondition(edge: ConditionEdge): StartupFinding {
  return {
    from: edge.from,
    message: `${waitInWords(edge)}, which never comes true before the step itself has ended`,
    remedy: 'remove the condition',
  };
}

/** Conditions that are met only after somebody has done something. */
export function metLater(plan: Plan, edge: ConditionEdge): StartupFinding[] {
  const { from, condition } = edge;
  return edge.backends.flatMap(backend => {
    const { suspend, paused } = plan.answers.manifestOf(backend).spec ?? {};
    const lacks = [
      ...suspend === true ? [SUSPENDED] : [],
      ...paused === true && condition.kind === 'rolledOut' ? [PAUSED] : [],
      ...isLeftOutOfInstalls(backend.annotations) ? [LEFT_OUT] : [],
    ];
    return lacks.map(({ why, remedy }) =>
      ({ from, message: `${waitInWords(edge)}, but ${backend.path} ${why}`, remedy }));
  });
}

const SUSPENDED = { why: 'is suspended', remedy: 'remove suspend, unless something resumes it in time' };
const PAUSED = { why: 'is paused', remedy: 'remove paused, unless something resumes it in time' };
const LEFT_OUT = { why: 'is a hook that no install applies', remedy: 'make it a hook of the install, or no hook' };
