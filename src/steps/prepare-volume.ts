import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { toolStep } from './tool-step';
import { defaultsAt } from '../init-defaults';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { octalOfFolder } from '../private/values/file-mode';
import {
  checkKinds, checkNames, listOf, required, type Kinds,
} from '../private/values/kind';
import { DURATION, FLAG, NUMBER, STORAGE, TEXT } from '../private/values/kinds';
import { checkRelativePath } from '../private/values/paths';
import { preparation } from '../private/values/preparation';
import { wholeSeconds } from '../private/values/quantity';
import {
  inWords, placeOf, refuseAll, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { RUN_AS } from '../private/values/user';
import { prepareVolume } from '../programs';
import { RunAs } from '../run-as';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/** Options of `PrepareVolume`. */
export interface PrepareVolumeProps extends InitStepOptions {
  /**
   * A `Volume` that can be written, of a claim, a host path, ..., or a `SharedDirectory`.
   *
   * @throws when it is read-only
   */
  readonly volume: kplus.IStorage;

  /**
   * Whose the folders shall be: `RunAs.user(1000, 1000)`. Without a group they keep theirs.
   *
   * @default - unchanged
   * @throws when it is `RunAs.inherited()`, which names nobody
   */
  readonly owner?: RunAs;

  /**
   * Permissions of the folders, may hold setgid: 0o2770. Those of the files in them stay.
   *
   * @default - unchanged
   * @throws when the owner may not do all, the group may more than the owner, others more than the group, somebody
   * may read but not enter, or it holds setgid and there is no `owner` with a group
   */
  readonly mode?: number;

  /**
   * Folders of the volume, made if they are missing, as are those above them. Owner and mode are for these.
   *
   * @default - the volume's root
   * @throws when one is absolute, contains "..", or there is none or one twice
   */
  readonly folders?: string[];

  /**
   * The owner of all that is in the folders, too. It is walked only if the folder itself has another owner, as with
   * `fsGroupChangePolicy: OnRootMismatch`: a large volume that is right already takes no time.
   *
   * @default true
   */
  readonly recursive?: boolean;

  /**
   * Whether to remove `lost+found` from the volume's root, because databases refuse a folder that is not empty. When it
   * holds something, the step fails (exit 1).
   *
   * @default false
   */
  readonly removeLostAndFound?: boolean;

  /**
   * Budget of the whole step, in whole seconds; when it is used up, the step fails (exit 124), and the next run goes on
   * with what has another owner still.
   *
   * @default Duration.minutes(11)
   * @throws when it is not between one second and one day
   */
  readonly timeout?: Duration;
}

const PROPS: Kinds<PrepareVolumeProps> = {
  ...STEP_OPTIONS,
  volume: required(STORAGE),
  owner: RUN_AS,
  mode: NUMBER,
  folders: listOf(TEXT),
  recursive: FLAG,
  removeLostAndFound: FLAG,
  timeout: DURATION,
};

/** Where the volume is in the step. */
const VOLUME = '/volume';

/**
 * Makes a volume usable for an app that is not root: folders, owner, permissions. What is right already, it leaves.
 *
 * The one step that runs as root, with what it needs of CHOWN, FOWNER and DAC_OVERRIDE only; Pod Security "baseline"
 * is needed. Where the volume can, the pod's `fsGroup` lets the app write without it: a warning says so. Create it
 * before the steps that write. A volume that changes no owners, such as one of an NFS server that squashes root,
 * fails the step (exit 1). Runs in the shell image.
 *
 * @throws when `runAs` is given (is `owner` meant?), nothing is to be done, or `InitDefaults` leave the user to the
 * cluster
 * @example
 * new PrepareVolume(web, 'prepare-data', {
 *   volume: kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim),
 *   folders: ['uploads', 'cache'],
 *   owner: RunAs.user(10001, 10001),
 *   mode: 0o750,
 * });
 */
export class PrepareVolume extends InitStep {
  public constructor(scope: Construct, id: string, props: PrepareVolumeProps) {
    const place = placeOf('PrepareVolume', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === PrepareVolume) checkNames(place, props, PROPS);
    super(scope, id, preparing(place, props));
    const { owner, mode, folders = ['.'] } = props;
    preparation.set(this, { owner, mode, folders });
  }
}

function preparing(place: NewPlace, props: PrepareVolumeProps): InitStepProps {
  checkSense(place, props);
  const { volume, owner, mode, recursive = true, removeLostAndFound = false } = props;
  const { timeout = defaultsAt(place.scope).timeout } = props;
  if (owner) checkOwner(place, owner);
  const folders = foldersOf(place, props);
  return toolStep(place, {
    program: prepareVolume({ owner: whose(owner, recursive), mode: mode !== undefined, removeLostAndFound }),
    tools: 'shellImage',
    args: folders.map(folder => (folder === '.' ? VOLUME : `${VOLUME}/${folder}`)),
    env: {
      step_mode: mode === undefined ? undefined : modeOf(place, mode, owner),
      step_owner: owner && [owner.uid, owner.gid].filter(each => each !== undefined).join(':'),
      step_timeout: `${wholeSeconds(place, 'timeout', timeout)}`,
    },
    writes: { [VOLUME]: volume },
    names: { writes: 'volume' },
    capabilities: capabilities(props),
    endsWithin: timeout,
    // In the group of the owner, because without FSETID setgid holds only for a group of one's own.
  }, { ...props, runAs: RunAs.user(0, owner?.gid ?? 0) });
}

/** What only looks as if it were meant. */
function checkSense(
  place: NewPlace,
  { runAs, owner, mode, folders, removeLostAndFound }: PrepareVolumeProps,
): void {
  if (runAs) {
    refuseWith(place, 'runAs', {
      must: 'be left out, because the step runs as user 0',
      got: userInWords(runAs),
      remedy: 'owner says whose the folders shall be',
    });
  }
  if (defaultsAt(place.scope).runAs.uid === undefined) {
    refuseAll(place, 'runs as user 0, but InitDefaults leave the user to the cluster',
      'there the cluster gives volumes to its user by the fsGroup, so leave the step out');
  }
  if (owner === undefined && mode === undefined && folders === undefined && !removeLostAndFound) {
    refuseAll(place, 'has nothing to do', 'say what: owner, mode, folders or removeLostAndFound');
  }
}

function checkOwner(place: NewPlace, owner: RunAs): void {
  if (owner.uid !== undefined) return;
  refuseWith(place, 'owner', {
    must: 'be a user with a number',
    got: userInWords(owner),
    remedy: 'write RunAs.user(1000, 1000), with the numbers of the app',
  });
}

function userInWords({ uid, gid }: RunAs): object {
  return inWords(uid === undefined ? 'RunAs.inherited()' : `RunAs.user(${[uid, gid ?? []].flat().join(', ')})`);
}

function foldersOf(
  place: NewPlace,
  { folders = ['.'] }: PrepareVolumeProps,
): string[] {
  if (folders.length === 0) {
    refuseWith(place, 'folders', {
      must: 'name at least one',
      got: inWords('none'),
      remedy: "leave it out for the volume's root",
    });
  }
  folders.filter(folder => folder !== '.').forEach(folder => checkRelativePath(place, 'folders', folder));
  const twice = folders.find((folder, index) => folders.indexOf(folder) < index);
  if (twice !== undefined) refuseWith(place, 'folders', { must: 'be different', got: twice });
  return folders;
}

function modeOf(place: NewPlace, mode: number, owner?: RunAs): string {
  const digits = octalOfFolder(place, 'mode', mode);
  if (Math.floor(mode / 0o2000) % 2 === 1 && owner?.gid === undefined) {
    refuseWith(place, 'mode', {
      must: 'come with an owner with a group, because it holds setgid',
      got: inWords(`0o${digits}`),
      remedy: 'setgid hands that group on to new files: RunAs.user(1000, 1000)',
    });
  }
  return digits;
}

function whose(
  owner: RunAs | undefined,
  recursive: boolean,
): 'all' | 'folder' | 'nobody' {
  if (!owner) return 'nobody';
  return recursive ? 'all' : 'folder';
}

/** No more than what is asked for needs. */
function capabilities({ owner, mode }: PrepareVolumeProps): kplus.Capability[] {
  return [
    kplus.Capability.DAC_OVERRIDE,
    ...owner ? [kplus.Capability.CHOWN] : [],
    ...mode === undefined ? [] : [kplus.Capability.FOWNER],
  ];
}
