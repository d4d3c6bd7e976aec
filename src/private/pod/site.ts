import type { Construct, IConstruct } from 'constructs';
import { requireUnread } from './fragment';
import type { Pod } from './pod';
import { requirePod } from './workload-pod';
import { keepPod } from './workload-record';
import { checkDnsLabel } from '../values/checks';
import { inWords, placeOf, refuseWith, type NewPlace } from '../values/refuse';

/** Where a construct is about to be made, and the pod that it is for. */
export interface Site extends NewPlace {
  readonly pod: Pod;
}

/** The site of a construct of a class, at or below a workload. */
export function siteOf(className: string, scope: Construct, id: string): Site {
  const place = placeOf(className, scope, id);
  const pod = keepPod(requirePod(place, scope));
  requireUnread(place, pod);
  return Object.assign(place, { pod });
}

/** The site of a step, in whose pod and scope its name must be free. */
export function stepSiteOf(className: string, scope: Construct, id: string): Site {
  const site = siteOf(className, scope, id);
  checkDnsLabel(site, 'id', id);
  const { pod } = site;
  pod.refresh();
  if (pod.isForWindows) {
    refuseWith(site, 'scope', {
      must: 'be a workload for Linux',
      got: inWords(`${pod.workload.node.path}, which is for Windows`),
      remedy: 'steps are Linux containers',
    });
  }
  if (pod.hasContainer(id)) {
    refuseTaken(site, pod.workload, 'the pod has a container of that name');
  }
  if (scope.node.tryFindChild(id)) refuseTaken(site, scope, 'it has a construct of that name');
  return site;
}

function refuseTaken(site: Site, where: IConstruct, why: string): never {
  return refuseWith(site, 'id', {
    must: `be free in ${where.node.path}`,
    got: site.id,
    remedy: why,
  });
}
