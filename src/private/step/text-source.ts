import { createHash } from 'crypto';
import type * as kplus from 'cdk8s-plus-28';
import { requireWritten } from '../pod/directory-use';
import type { Site } from '../pod/site';
import { directoryOf } from '../pod/workload-record';
import { Attached } from '../values/attached';

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

/** Gives a step a text: in the variable `step_<name>`, or as a file whose path is in `step_<name>_file`. */
export function bindText(site: Site, { text, file }: TextSource, name: string): BoundText {
  const directory = file?.directory && directoryOf(file.directory);
  if (directory?.workload === site.pod.workload) requireWritten(site, directory, file!.name);
  const folder = `/in/${name.replaceAll('_', '-')}`;
  return {
    env: { [`step_${name}`]: text, [`step_${name}_file`]: file && `${folder}/${file.name}` },
    reads: file ? { [folder]: file.storage(childName(site.id, folder.slice('/in/'.length))) } : {},
  };
}

/**
 * A name for something that belongs to a step, at most as long as Kubernetes takes; a hash tells apart long
 * ids that begin alike.
 */
export function childName(id: string, suffix: string): string {
  const most = 62 - suffix.length;
  if (id.length <= most) return `${id}-${suffix}`;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, most - 9).replace(/-+$/, '')}-${hash}-${suffix}`;
}
