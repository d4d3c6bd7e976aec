import { Attached } from './attached';

/**
 * Properties under the names that their author gave them, where a step passes them up under others; of `files` also a
 * single one by its path, where it comes from another property than the rest.
 */
export interface PropNames {
  readonly [prop: string]: string;
}

/** The names of the properties of an object of options, for what is refused of it. */
export const propNames = new Attached<PropNames>('names', 1);
