/** The tools that an image of one's own needs are those that the documents name, and no others. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { commandsOf, functionsOf } from './commands';
import { VARIANTS } from './variants';
import { applets } from '../lab/images';
import { missing } from '../lab/shells';

/** The shell, and what every one has by itself. */
const BUILT_IN = ['echo', 'kill', 'printf', 'pwd', 'sh', 'true'];
/** What a program does without where it is not there. */
const OPTIONAL = ['fsync'];
/** Which image a program runs in; the user's own images have those of other steps. */
function imageOf(name: string): 'shellImage' | 'curlImage' | 'gitImage' | undefined {
  if (/^clone/.test(name)) return 'gitImage';
  if (/^copy from|^run/.test(name)) return undefined;
  return /^download|^trust|\b(http|url)\b/.test(name) ? 'curlImage' : 'shellImage';
}

function neededBy(image: string): string[] {
  const known = [...applets(), 'curl', 'git', 'ssh'].filter(tool => ![...BUILT_IN, ...OPTIONAL].includes(tool));
  const commands = VARIANTS.filter(([name]) => imageOf(name) === image).flatMap(([, text]) =>
    commandsOf(text).filter(word => !functionsOf(text).includes(word)));
  return [...new Set(commands)].filter(word => known.includes(word)).sort();
}

/** The words in code marks of the sentence that names them. */
function namedFor(image: string): string[] {
  const source = readFileSync(join(__dirname, '../../src/init-defaults.ts'), 'utf8');
  const [, comment] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*readonly ${image}\\?`).exec(source)!;
  const [, sentence] = /One of your own needs `sh`, and of tools ([^.]*)\./.exec(comment)!;
  return [...sentence.matchAll(/`(\w+)`/g)].map(([, tool]) => tool);
}

const IMAGES = ['shellImage', 'curlImage', 'gitImage'];

if (applets().length === 0) {
  missing('busybox', IMAGES);
} else {
  test.each(IMAGES)('%s needs the tools that its documentation names, and no others', image => {
    expect(namedFor(image)).toEqual(neededBy(image));
  });
}
