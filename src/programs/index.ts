import { CLOCK } from './clock';
import * as fragment from './fragments';
import { program, type Program } from './program';

export { waitForCondition, type ConditionKind, type ConditionNeeds } from './conditions';
export { downloadArchive, downloadConfig, type ArchiveNeeds, type DownloadNeeds } from './downloads';
export {
  generateConfig, generateEnv, trustCertificates, type FileNeeds, type GenerateNeeds,
} from './files';
export { copyFiles, copyFromImage, prepareVolume, type CopyNeeds, type PrepareNeeds } from './folders';
export { cloneRepository, type CloneNeeds } from './repositories';
export type { Program } from './program';
export type { AskNeeds, RequestNeeds } from './requests';
export { waitForService, type WaitNeeds } from './waits';

/** Runs the user's own program with a time limit. */
export function runBounded(): Program {
  return program('run-bounded', [
    fragment.LOG,
    fragment.BOUNDED,
    fragment.RUN_BOUNDED,
    ...CLOCK,
    fragment.RUN_BOUNDED_END,
  ]);
}

/** Runs it until it ends well. */
export function runAgain(): Program {
  return program('run-again', [
    fragment.LOG,
    fragment.BOUNDED,
    fragment.CLOCK,
    fragment.RELAY,
    fragment.RUN_AGAIN,
  ]);
}
