import { Attached } from '../values/attached';
import { objectsWith } from '../values/kind';

/** The name of each file of a shared directory. */
export const fileName = new Attached<string>('file', 1);

export const SHARED_FILE = objectsWith(fileName, {
  one: 'a SharedFile',
  many: 'SharedFiles',
  instead: () => "write directory.file('name'), or take the file of a step",
});
