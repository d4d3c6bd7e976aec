import { checkText } from './checks';
import { refuse, refuseWith, type Place } from './refuse';

/** An absolute path as Kubernetes takes it for a mount. */
export function checkPath(place: Place, prop: string, path: string): void {
  checkText(place, prop, path);
  if (!path.startsWith('/')) refuse(place, prop, 'be an absolute path', path);
  checkParts(place, prop, path.slice(1), path);
}

/** The path of a folder or file in a directory. */
export function checkRelativePath(place: Place, prop: string, path: string): void {
  checkText(place, prop, path);
  if (path.startsWith('/')) refuse(place, prop, 'be relative to the directory', path);
  checkParts(place, prop, path, path);
}

function checkParts(place: Place, prop: string, path: string, got: string): void {
  if (/(^|\/)\.\.(\/|$)/.test(path)) refuse(place, prop, 'not contain ".."', got);
  if (/(^|\/)\.?(\/|$)/.test(path)) {
    refuseWith(place, prop, {
      must: 'name one file or folder, without "." or empty parts',
      got,
      remedy: path.length > 1 && path.endsWith('/') ? 'leave out the "/" at its end' : undefined,
    });
  }
  if (/[:\x00-\x1f\x7f]/.test(path)) {
    refuse(place, prop, 'not contain ":" or control characters', got);
  }
}

/**
 * The name of a file in a shared directory, with the folders that it is in. Its temporary name, which may be
 * `.<name>.<uid of the pod>.part`, must fit too.
 */
export function checkFileName(place: Place, prop: string, name: string): void {
  checkText(place, prop, name);
  const parts = name.split('/');
  if (parts.some(part => ['', '.', '..'].includes(part)) || /[\x00-\x1f\x7f]/.test(name)) {
    refuse(place, prop, 'be a file name, with folders before it or not, without ".." and control characters', name);
  }
  if (parts.some(part => Buffer.byteLength(part) > 210)) refuse(place, prop, 'be at most 210 bytes long', name);
}
