import { createHash } from 'crypto';

const DOCUMENTATION = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';

const made = new Map<string, string>();

/**
 * A program: constants, one behind the other, below a line that says which it is.
 *
 * The line has a hash of the text instead of a version: a release that does not change a program changes no pod.
 */
export function program(name: string, fragments: readonly string[]): string {
  const text = fragments.join('');
  const known = made.get(text);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const whole = `# cdk8s-init-containers ${name} sha256:${hash} ${DOCUMENTATION}\n${text}`;
  made.set(text, whole);
  return whole;
}
