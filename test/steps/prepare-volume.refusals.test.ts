import * as kplus from 'cdk8s-plus-28';
import { InitDefaults, PrepareVolume, RunAs, SharedDirectory, type PrepareVolumeProps } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

function prepare(props: Partial<PrepareVolumeProps>, web = deployment()) {
  const volume = kplus.Volume.fromEmptyDir(web, 'volume', 'data');
  return () => new PrepareVolume(web, 'prepare', { volume, ...props });
}

function onOpenShift(): unknown {
  const web = deployment();
  InitDefaults.set(web, { runAs: RunAs.inherited() });
  return prepare({ owner: RunAs.user(1000) }, web)();
}

function readOnly(): unknown {
  const web = deployment();
  const secret = kplus.Secret.fromSecretName(web, 'secret', 'secret');
  const volume = kplus.Volume.fromSecret(web, 'keys', secret, { name: 'keys' });
  return prepare({ owner: RunAs.user(1000), volume }, web)();
}

const MODE = 'let the owner read, write and enter, the group no more than the owner, others no more than the group, '
  + 'who may enter what they may read; with setgid or the sticky bit it is at most 0o3777';

testRefusals('PrepareVolume', [
  ['nothing to do', prepare({}),
    'PrepareVolume: has nothing to do; say what: owner, mode, folders or removeLostAndFound [shop/web/prepare]'],
  ['a user to run as', prepare({ runAs: RunAs.user(1000, 2000) }),
    "PrepareVolume: 'runAs' must be left out, because the step runs as user 0, got RunAs.user(1000, 2000); "
      + 'owner says whose the folders shall be [shop/web/prepare]'],
  ['an owner that names nobody', prepare({ owner: RunAs.inherited() }),
    "PrepareVolume: 'owner' must be a user with a number, got RunAs.inherited(); "
      + 'write RunAs.user(1000, 1000), with the numbers of the app [shop/web/prepare]'],
  ['a cluster that chooses the user', onOpenShift,
    'PrepareVolume: runs as user 0, but InitDefaults leave the user to the cluster; '
      + 'there the cluster gives volumes to its user by the fsGroup, so leave the step out [shop/web/prepare]'],
  ['a volume that is read-only', readOnly,
    "PrepareVolume: 'volume' must hold storage that can be written, got volume 'keys' at /volume; "
      + 'it is read-only, so that a step can only read it [shop/web/prepare]'],
  ['a directory of another workload', prepare({ volume: new SharedDirectory(deployment(), 'files'), mode: 0o755 }),
    "PrepareVolume: 'volume' must belong to shop/web, got directory 'files' of shop/web; "
      + 'an emptyDir is seen by the containers of its own pod only [shop/web/prepare]'],
  ['a volume that is none', prepare({ volume: 'data' as any }),
    "PrepareVolume: 'volume' must be a SharedDirectory or a Volume, got \"data\" [shop/web/prepare]"],
  ['an owner that is a number', prepare({ owner: 1000 as any }),
    "PrepareVolume: 'owner' must be a RunAs, got 1000; write RunAs.user(1000) or RunAs.inherited() "
      + '[shop/web/prepare]'],
  ['an absolute folder', prepare({ folders: ['/data'] }),
    "PrepareVolume: 'folders' must be relative to the directory, got \"/data\" [shop/web/prepare]"],
  ['a folder outside', prepare({ folders: ['a/../..'] }),
    "PrepareVolume: 'folders' must not contain \"..\", got \"a/../..\" [shop/web/prepare]"],
  ['a folder that ends in a slash', prepare({ folders: ['data/'] }),
    "PrepareVolume: 'folders' must name one file or folder, without \".\" or empty parts, got \"data/\"; "
      + 'leave out the "/" at its end [shop/web/prepare]'],
  ['no folder', prepare({ folders: [] }),
    "PrepareVolume: 'folders' must name at least one, got none; leave it out for the volume's root [shop/web/prepare]"],
  ['a folder twice', prepare({ folders: ['a', 'a'] }),
    "PrepareVolume: 'folders' must be different, got \"a\" [shop/web/prepare]"],
  ['a mode in decimal', prepare({ mode: 750 }),
    `PrepareVolume: 'mode' must ${MODE}, got 0o1356 (750); did you mean 0o750? [shop/web/prepare]`],
  ['a mode with setgid in decimal', prepare({ mode: 2770 }),
    `PrepareVolume: 'mode' must ${MODE}, got 0o5322 (2770); did you mean 0o2770? [shop/web/prepare]`],
  ['a mode for files', prepare({ mode: 0o644 }),
    `PrepareVolume: 'mode' must ${MODE}, got 0o644 (420) [shop/web/prepare]`],
  ['setuid', prepare({ mode: 0o4755 }), `PrepareVolume: 'mode' must ${MODE}, got 0o4755 (2541) [shop/web/prepare]`],
  ['setgid without a group', prepare({ mode: 0o2770, owner: RunAs.user(1000) }),
    "PrepareVolume: 'mode' must come with an owner with a group, because it holds setgid, got 0o2770; "
      + 'setgid hands that group on to new files: RunAs.user(1000, 1000) [shop/web/prepare]'],
]);

testAcceptance('PrepareVolume', [
  ['the sticky bit', prepare({ mode: 0o1777 })],
  ['setgid for a group', prepare({ mode: 0o2750, owner: RunAs.user(0, 1000) })],
  ['folders with blanks and dots in their names', prepare({ folders: ['a b/.c', '..d'] })],
]);
