import type { StepMount } from './mounts';
import type { Likeness } from '../pod/likeness';
import { plusMountOf } from '../pod/mount';
import type { Pod } from '../pod/pod';
import type { Site } from '../pod/site';
import { directoryOf, recordOf } from '../pod/workload-record';
import { refuseWith } from '../values/refuse';

const PROP = 'likeContainer';

/** The app container of a name, for a step that is to be like it. */
export function likenessOf(site: Site, name?: string): Likeness | undefined {
  if (name === undefined) return undefined;
  const { pod } = site;
  const likeness = pod.likeness(name);
  if (likeness?.image) return likeness;
  const names = pod.containers.flatMap(container => container.name ?? []);
  return refuseWith(site, PROP, likeness
    ? { must: 'be a container with an image', got: name, remedy: lackIn(pod) }
    : {
      must: `name a container of ${pod.workload.node.path}`,
      got: name,
      remedy: names.length > 0 ? `it has: ${names.join(', ')}` : 'add it before the step',
    });
}

/** Why no container of a fragment has an image. */
function lackIn({ isFragment }: Pod): string | undefined {
  return isFragment ? 'nothing is known of the containers of a PodFragment but their names' : undefined;
}

/** What the app container mounts, where the step has no mount of its own. */
export function mountsLike(
  { pod }: Site,
  likeness: Likeness | undefined,
  own: readonly StepMount[],
): StepMount[] {
  const { directories } = recordOf(pod.workload);
  const ofApp = (likeness?.mounts ?? []).map(mount => ({ ...mount, path: plusMountOf(mount).path }));
  const free = ofApp.filter(({ path }) => own.every(mount => mount.path !== path));
  return free.map(({ volume, ...options }) => ({
    ...options,
    prop: PROP,
    readOnly: options.readOnly ?? false,
    isOfApp: true,
    directory: directoryOf(volume) ?? directories.find(each => each.volume === volume.name),
    volume: () => volume,
  }));
}
