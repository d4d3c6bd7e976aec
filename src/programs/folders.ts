import { CLOCK } from './clock';
import type { GenerateNeeds } from './files';
import * as fragment from './fragments';
import { program, type Program } from './program';

/** Copies files of its image. */
export function copyFromImage({ keep }: { readonly keep: boolean }): Program {
  return program('copy-from-image', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    fragment.SWEEP_FOLDER,
    fragment.STILL_COPYING,
    fragment.COPY_FROM_IMAGE,
    fragment.END,
  ]);
}

/** What decides which program copies files. */
export interface CopyNeeds {
  /** Whether files that are there stay. */
  readonly keep: boolean;
  /** What is done with texts that have variables; nothing has any without it. */
  readonly expand?: Pick<GenerateNeeds, 'encodings' | 'keepUndeclared'>;
  /** Whether some texts are in several files. */
  readonly joins?: boolean;
}

/** Puts files of ConfigMaps and Secrets, and texts, into a folder. */
export function copyFiles({ keep, expand, joins }: CopyNeeds): Program {
  return program('copy-files', [
    fragment.LOG,
    fragment.STOP_ALL,
    fragment.FOLDER,
    keep ? fragment.KEEP_ENTRY : fragment.REPLACE_ENTRY,
    ...joins ? [fragment.JOIN] : [],
    ...expand ? [
      fragment.LINE_BREAKS,
      expand.keepUndeclared ? fragment.KEEP_LEFT : fragment.SAY_LEFT,
      expand.encodings ? fragment.ENCODE : fragment.NO_ENCODE,
      fragment.EXPAND,
      fragment.REQUIRE_TEXT,
      joins ? fragment.PRODUCE_PARTS_EXPANDED : fragment.PRODUCE_EXPANDED,
    ] : [joins ? fragment.PRODUCE_PARTS : fragment.PRODUCE],
    fragment.FILL,
    fragment.LEAVE_FOLDER,
    fragment.SWEEP_FOLDER,
    fragment.STILL_COPYING,
    fragment.COPY_FILES,
    fragment.END,
  ]);
}

/** What decides which program prepares a volume. */
export interface PrepareNeeds {
  /** Whose the folders become: with all that is in them, alone, or nobody's. */
  readonly owner: 'all' | 'folder' | 'nobody';
  readonly mode: boolean;
  readonly removeLostAndFound: boolean;
}

const OWN = {
  all: [fragment.OWN, fragment.OWN_ALL],
  folder: [fragment.OWN, fragment.OWN_FOLDER],
  nobody: [fragment.NO_OWN],
};

/** Gives folders of a volume an owner and a mode. */
export function prepareVolume({ owner, mode, removeLostAndFound }: PrepareNeeds): Program {
  return program('prepare-volume', [
    fragment.LOG,
    fragment.STOP_ALL,
    ...CLOCK,
    removeLostAndFound ? fragment.REMOVE_LOST_AND_FOUND : fragment.NO_REMOVE,
    ...OWN[owner],
    mode ? fragment.PERMIT : fragment.NO_PERMIT,
    fragment.PREPARE_VOLUME,
    fragment.HEARTBEAT,
    fragment.START_PREPARE,
    fragment.END,
  ]);
}
