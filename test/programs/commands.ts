/** What a program calls, and what it defines. */

/** What may stand before a command; what `timeout` runs is one, too. */
const BEFORE = /(?:do|then|else|if|while|until|!|timeout (?:"[^"]*"|\$\(\(.*?\)\)|[0-9.]+))\s+/.source;
const COMMAND = new RegExp(`(?:^|[|;&({]|\\$\\(|-exec )\\s*(?:${BEFORE})*([a-z][a-z0-9_]*)(?=[\\s)]|$)`, 'gm');

/** The words at the place of a command, and `timeout`, which stands before one. */
export function commandsOf(program: string): string[] {
  const code = codeOf(program);
  const words = [...code.matchAll(COMMAND)].map(([, word]) => word);
  const bounded = /\btimeout ["$0-9]/.test(code) ? ['timeout'] : [];
  return [...words, ...bounded];
}

/** The functions that it defines. */
export function functionsOf(program: string): string[] {
  return [...codeOf(program).matchAll(/^([a-z_0-9]+)\(\)/gm)].map(([, name]) => name);
}

/** Variables that it reads, and does not get from its step. */
export function readBy(program: string): string[] {
  const names = [...codeOf(program).matchAll(/\$\{?#?([a-z_][a-z_0-9]*)/g)].map(([, name]) => name);
  return [...new Set(names)].filter(name => !/^(step|var)_/.test(name));
}

/** Variables that it sets somewhere. */
export function setBy(program: string): string[] {
  const code = program.replace(/(^|\s)#.*$/gm, '');
  const assigned = [...code.matchAll(/(?<![$\w])([a-z_][a-z_0-9]*)(?: [-+*]?)?=/g)].map(([, name]) => name);
  const loops = [...code.matchAll(/\bfor ([a-z_][a-z_0-9]*)/g)].map(([, name]) => name);
  const read = [...code.matchAll(/\bread (?:-r )?([a-z_ ]+)/g)].flatMap(([, names]) => names.split(' '));
  return [...assigned, ...loops, ...read];
}

/** It without comments, patterns of `case`, and what is quoted: data, or another language. */
function codeOf(program: string): string {
  const code = program.replace(/(^|\s)#.*$/gm, '').replace(/'[^']*'/g, '\'\'');
  return code.replace(/^\s*[a-z][a-z |]*\)(?=\s)/gm, '');
}
