import { CLOCK } from './clock';
import * as fragment from './fragments';
import { program, type Program } from './program';

/** What decides which program clones a repository. */
export interface CloneNeeds {
  readonly auth: 'nobody' | 'token' | 'key';
  readonly certificate: boolean;
  /** Whether entries that are there stay. */
  readonly keep: boolean;
}

const AUTH = {
  nobody: fragment.GIT_NOBODY,
  token: fragment.GIT_TOKEN,
  key: fragment.GIT_KEY,
};

/** Clones a repository. */
export function cloneRepository({ auth, certificate, keep }: CloneNeeds): Program {
  return program('clone-repository', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    fragment.PRINTABLE,
    fragment.CHECK_NAMES,
    fragment.GIT_CAUSES,
    fragment.CLONE_REPOSITORY,
    fragment.RETRY,
    fragment.LEAVE_FOLDER,
    fragment.SWEEP_FOLDER,
    fragment.START_CLONE,
    fragment.BEGIN_GIT,
    ...certificate ? [fragment.GIT_CERTIFICATE] : [],
    AUTH[auth],
    fragment.HEARTBEAT,
    fragment.START,
    fragment.END,
  ]);
}
