/**
 * Makes a committed TypeScript constant of each fragment of a program, because jsii packages hold compiled
 * TypeScript only.
 *
 * `src/programs/try-tcp.sh` becomes `TRY_TCP` in `src/programs/fragments.ts`. Its first line, comments for the
 * linter and for who changes it (`##`) and empty lines stay behind: the comment above each function separates it well
 * enough in YAML.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, join } from 'path';

const FOLDER = 'src/programs';

function textOf(file: string): string {
  const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
  return lines.filter((line, index) => index > 0 && line !== '' && !/^\s*#(#| shellcheck) /.test(line)).join('\n');
}

function constantOf(file: string): string {
  const escaped = textOf(file).replace(/[\\`]|\$(?=\{)/g, '\\$&');
  const name = basename(file, '.sh').toUpperCase().replaceAll('-', '_');
  return `\nexport const ${name} = \`${escaped}\n\`;\n`;
}

const files = readdirSync(FOLDER).filter(name => name.endsWith('.sh')).sort();
const head = "// Made from the .sh files beside it by 'npx projen programs'; do not edit.\n/* eslint-disable */\n";
writeFileSync(join(FOLDER, 'fragments.ts'), head + files.map(constantOf).join(''));
