/** The tools that an image of one's own needs are those that the documents name, and no others. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { VARIANTS } from './variants';
import { applets } from '../lab/images';
import { missing } from '../lab/shells';

/** The shell, and what every one has by itself. */
const BUILT_IN = ['echo', 'kill', 'printf', 'pwd', 'sh', 'true'];
/** What a program does without where it is not there. */
const OPTIONAL = ['fsync'];
/** What may stand before a command; what `timeout` runs is one, too. */
const BEFORE = /(?:do|then|else|if|while|until|!|timeout (?:"[^"]*"|\$\(\(.*?\)\)|[0-9.]+))\s+/.source;
const COMMAND = new RegExp(`(?:^|[|;&({]|\\$\\(|-exec )\\s*(?:${BEFORE})*([a-z][a-z0-9]*)(?=[\\s)]|$)`, 'gm');

/** The words at the place of a command, and `timeout`, which stands before one. */
function commandsOf(program: string): string[] {
  const code = program.replace(/(^|\s)#.*$/gm, '').replace(/'[^']*'/g, '\'\'');
  const functions = [...code.matchAll(/^([a-z_]+)\(\)/gm)].map(([, name]) => name);
  const words = [...code.matchAll(COMMAND)].map(([, word]) => word);
  const bounded = /\btimeout ["$0-9]/.test(code) ? ['timeout'] : [];
  return [...words, ...bounded].filter(word => !functions.includes(word));
}

/** Which image a program runs in; the user's own images have those of other steps. */
function imageOf(name: string): 'shellImage' | 'curlImage' | undefined {
  if (/^copy from|^run/.test(name)) return undefined;
  return /^download|^trust|\b(http|url)\b/.test(name) ? 'curlImage' : 'shellImage';
}

function neededBy(image: string): string[] {
  const known = [...applets(), 'curl'].filter(tool => ![...BUILT_IN, ...OPTIONAL].includes(tool));
  const commands = VARIANTS.filter(([name]) => imageOf(name) === image).flatMap(([, text]) => commandsOf(text));
  return [...new Set(commands)].filter(word => known.includes(word)).sort();
}

/** The words in code marks of the sentence that names them. */
function namedFor(image: string): string[] {
  const source = readFileSync(join(__dirname, '../../src/init-defaults.ts'), 'utf8');
  const [, comment] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*readonly ${image}\\?`).exec(source)!;
  const [, sentence] = /One of your own needs `sh`, and of tools ([^.]*)\./.exec(comment)!;
  return [...sentence.matchAll(/`(\w+)`/g)].map(([, tool]) => tool);
}

const IMAGES = ['shellImage', 'curlImage'];

if (applets().length === 0) {
  missing('busybox', IMAGES);
} else {
  test.each(IMAGES)('%s needs the tools that its documentation names, and no others', image => {
    expect(namedFor(image)).toEqual(neededBy(image));
  });
}
