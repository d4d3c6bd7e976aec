import { directoryOf } from './workload-record';
import { Attached } from '../values/attached';
import { isObject, kindOf, objectsWith } from '../values/kind';

/** The name of each file of a shared directory. */
export const fileName = new Attached<string>('file', 1);

export const SHARED_FILE = objectsWith(
  fileName,
  'a SharedFile',
  "write directory.file('name'), or take the file of a step",
);

/** A directory's volume has its record, too, but cannot do what the directory can. */
export const SHARED_DIRECTORY = kindOf({
  one: 'a SharedDirectory',
  many: 'SharedDirectory objects',
  is: value => isObject(value) && directoryOf(value) !== undefined && 'file' in value,
  instead: () => "write new SharedDirectory(deployment, 'files')",
});
