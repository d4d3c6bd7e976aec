import { resolve, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { toKube } from './cdk8s-internals';
import type { Pod } from './pod';
import { isOnlyNamed, isSameVolume, type Volume } from './volume';
import { refuseWith } from '../values/refuse';

/** What a pod has, and the object that it is in. */
interface Known {
  readonly pod: Pod;
  readonly object: ApiObject;
  /** Null is none. */
  readonly volumes?: readonly Volume[] | null;
}

/** Those volumes that a pod does not have yet; another one of the name is refused. */
export function missingVolumes(
  { pod, object, volumes: known }: Known,
  volumes: kplus.Volume[],
): kplus.Volume[] {
  const existing = new Map<string, Volume>(pod.volumes.map(name => [name, { name }]));
  known?.forEach(volume => existing.set(volume.name, volume));
  return volumes.filter(volume => {
    const json = kplus.k8s.toJson_Volume(resolve([], toKube(volume), object)) as Volume;
    const same = existing.get(volume.name);
    checkVolume(pod, volume, json, same);
    if (!same) existing.set(volume.name, json);
    return !same;
  });
}

/** A volume is new, or the one of its name that the pod has: that may be all that is said of it. */
function checkVolume(
  { workload, volumes, isFragment }: Pod,
  { node, name }: kplus.Volume,
  json: Volume,
  known?: Volume,
): void {
  const isRight = isOnlyNamed(json) ? known || isFragment : !known || isSameVolume(known, json);
  if (isRight) return;
  const { path } = workload.node;
  refuseWith({ of: 'Volume', path: node.path }, 'name', known
    ? { must: `be free in ${path}`, got: name, remedy: 'the pod has another volume of that name' }
    : { must: `be that of a volume of ${path}`, got: name, remedy: `it has: ${volumes.join(', ')}` });
}
