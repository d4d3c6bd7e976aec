import { createHash } from 'crypto';
import { REPOSITORY } from '../private/values/documentation';

/** A program of a step. */
export interface Program {
  readonly name: string;
  /** Of its text, in place of a version: a release that does not change a program changes no pod. */
  readonly hash: string;
  /** The fragments below a line that says which program it is. */
  readonly text: string;
}

/** What was made of fragments so far: a step finds its program without joining and hashing it. */
interface Made {
  program?: Program;
  readonly next: Map<string, Made>;
}

const made: Made = { next: new Map() };

/** A program of fragments, one behind the other. */
export function program(name: string, fragments: readonly string[]): Program {
  let known = made;
  for (const fragment of fragments) {
    if (!known.next.has(fragment)) known.next.set(fragment, { next: new Map() });
    known = known.next.get(fragment)!;
  }
  return known.program ??= joined(name, fragments);
}

function joined(name: string, fragments: readonly string[]): Program {
  const body = fragments.join('');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const text = `# cdk8s-init-containers ${name} sha256:${hash} ${REPOSITORY}\n${body}`;
  return { name, hash, text };
}
