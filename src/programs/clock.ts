import * as fragment from './fragments';

/** The time since the start of the program. */
export const CLOCK = [fragment.CLOCK, fragment.START_CLOCK];
