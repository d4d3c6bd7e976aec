import { directoryOf } from './workload-record';
import { Attached } from '../values/attached';
import { isObject, kindOf, objectsWith } from '../values/kind';

/** The name of each file of a shared directory. */
export const fileName = new Attached<string>('file', 1);

export const SHARED_FILE = objectsWith(fileName, {
  one: 'a SharedFile',
  many: 'SharedFiles',
  instead: () => "write directory.file('name'), or take the file of a step",
});

/** A directory's volume has its record, too, but cannot do what the directory can. */
export const SHARED_DIRECTORY = kindOf(isDirectory, {
  one: 'a SharedDirectory',
  many: 'SharedDirectory objects',
  instead: () => "write new SharedDirectory(deployment, 'files')",
});

function isDirectory(value: unknown): boolean {
  return isObject(value) && directoryOf(value) !== undefined && 'file' in value;
}
