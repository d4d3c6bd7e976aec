import { createHash } from 'crypto';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { mayHold, requirePod } from '../pod/find-pod';
import type { Pod } from '../pod/pod';
import { directoryOf, type Directory } from '../pod/workload-record';
import { Attached } from '../values/attached';
import { refuseAll, type Place } from '../values/refuse';

/** A text that a program reads: known now, or a file in some storage. */
export interface TextSource {
  readonly description: string;
  /** The text, where it is known at synth. */
  readonly text?: string;
  /** The file, where it is not. */
  readonly file?: {
    readonly name: string;
    /** The shared directory that an earlier step must have written it to. */
    readonly directory?: kplus.IStorage;
    /** Storage that holds it; a volume that must be made for it gets this name. */
    storage(name: string): kplus.IStorage;
  };
}

/** What a container needs to read a text. */
export interface BoundText {
  readonly env: { [name: string]: string | undefined };
  readonly reads: { [path: string]: kplus.IStorage };
}

export const textSource = new Attached<TextSource>('text', 1);

/**
 * Gives a container a text: in the variable `NAME`, or as a file whose path is in `NAME_FILE`.
 *
 * @param id the step's id, of which the volume's name is made
 */
export function bindText(place: Place, source: TextSource, scope: Construct, id: string, name: string): BoundText {
  const file = source.file;
  if (file?.directory) checkWritten(place, requirePod(place, scope), directoryOf(file.directory)!, file.name);
  const folder = `/in/${name.toLowerCase().replaceAll('_', '-')}`;
  return {
    env: { [name]: source.text, [`${name}_FILE`]: file && `${folder}/${file.name}` },
    reads: file ? { [folder]: file.storage(childName(id, folder.slice('/in/'.length))) } : {},
  };
}

function checkWritten(place: Place, pod: Pod, directory: Directory, file: string): void {
  if (directory.workload === pod.workload && !mayHold(pod.initContainers, directory, file)) {
    refuseAll(place, `reads ${file} of directory '${directory.volume}', but no earlier step writes it`, 'create the step that writes it first');
  }
}

/** A name for something that belongs to a step, at most as long as Kubernetes takes; a hash tells apart long ids that begin alike. */
export function childName(id: string, suffix: string): string {
  const most = 62 - suffix.length;
  if (id.length <= most) return `${id}-${suffix}`;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, most - 9).replace(/-+$/, '')}-${hash}-${suffix}`;
}
