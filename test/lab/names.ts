import type { Container } from './container';

/** Every name that the text of a program could take for a variable, but what belongs to the system. */
export function namesIn({ command, env = [] }: Container): string[] {
  const own = new Set([...env.map(({ name }) => name), 'LC_ALL', 'PATH', '_']);
  return [...new Set(command[2].match(/[A-Za-z_][A-Za-z0-9_]*/g))].filter(name => !own.has(name));
}
