import { createHash } from 'crypto';

const DOCUMENTATION = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';

/** A program of a step. */
export interface Program {
  readonly name: string;
  /** Of its text, in place of a version: a release that does not change a program changes no pod. */
  readonly hash: string;
  /** The fragments below a line that says which program it is. */
  readonly text: string;
}

const made = new Map<string, Program>();

/** A program of fragments, one behind the other. */
export function program(name: string, fragments: readonly string[]): Program {
  const body = fragments.join('');
  const known = made.get(body);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const text = `# cdk8s-init-containers ${name} sha256:${hash} ${DOCUMENTATION}\n${body}`;
  const whole = { name, hash, text };
  made.set(body, whole);
  return whole;
}
