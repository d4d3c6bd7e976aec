import { Attached } from './attached';

/** The text of a source as the program makes it, as far as it has it now: a patch may change it still. */
export const likelyText = new Attached<() => string | undefined>('likely-text', 1);
