import { FileSource } from './file-source';
import { Programs } from './program-place';
import type { Program } from './programs';

/** How a step runs one of the library's own programs, whose `$0` is its first argument. */
export interface ProgramStart {
  readonly command: string[];
  readonly files: { readonly [path: string]: FileSource };
}

/** A program in the command itself, or in a file that the command reads. */
export function programStart({ name, text }: Program, place: Programs): ProgramStart {
  if (place === Programs.INLINE) return { command: ['sh', '-c', text], files: {} };
  const path = `/step/${name}`;
  return { command: ['sh', '-c', `. ${path}`], files: { [path]: FileSource.inline(text) } };
}
