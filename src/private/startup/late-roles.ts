import { ApiObject } from 'cdk8s';
import { annotationsOf } from './annotating';
import { isAppliedLater } from './deploy-order';
import type { StartupFinding } from './finding';
import { isLeftOutOfInstalls } from './hooks';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';

/** Roles of steps that Helm or Argo CD applies only when the hook or the wave of the steps is up. */
export function lateRoles(from: Workload): StartupFinding[] {
  const { annotations, kind } = from;
  if (kind === 'CronJob' || isLeftOutOfInstalls(annotations)) return [];
  return recordOf(from.pod.workload).steps.flatMap(step => {
    const objects = step.node.findAll().filter(each => ApiObject.isApiObject(each));
    const roles = objects.filter(({ kind: each }) => each === 'Role');
    return roles.every(role => !isAppliedLater(annotationsOf(role), annotations)) ? [] : [{
      from,
      step,
      message: `asks the API server, but its Role is applied after ${from.path} is up`,
      remedy: 'give the Role and RoleBinding below the step the same hook with a lower weight, or no later wave, '
        + 'or write createRole: false and make them elsewhere',
    }];
  });
}
