/**
 * Makes a committed TypeScript constant of every program, because jsii packages hold compiled TypeScript only.
 *
 * `src/steps/wait-for-service.sh` becomes `WAIT_FOR_SERVICE` in `src/steps/wait-for-service.program.ts`.
 * A line `. ../private/program.sh` stands for the text of that file; files that are only included this
 * way get no constant of their own. What stands at the head of a file is for its readers, and comments
 * for the linter are for that; both stay behind.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';

const INCLUDE = /^\. (\S+\.sh)$/;

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

function programOf(file: string): string[] {
  const lines = linesOf(file);
  return lines.slice(lines.findIndex(line => !line.startsWith('#')))
    .filter(line => !/^\s*# shellcheck /.test(line))
    .flatMap(line => {
      const included = INCLUDE.exec(line);
      return included ? [...programOf(join(dirname(file), included[1])), ''] : [line];
    });
}

function constantOf(file: string): string {
  const text = programOf(file).join('\n').replace(/\n{3,}/g, '\n\n').trim();
  const escaped = text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
  const name = basename(file, '.sh').toUpperCase().replaceAll('-', '_');
  return [
    `// Made from ${basename(file)} by 'npx projen programs'; do not edit.`,
    '/* eslint-disable */',
    `export const ${name} = \`${escaped}`,
    '`;',
    '',
  ].join('\n');
}

/** The files that a file includes. */
function includedBy(file: string): string[] {
  const includes = linesOf(file).map(line => INCLUDE.exec(line)).filter(match => match !== null);
  return includes.map(match => join(dirname(file), match[1]));
}

function programs(): string[] {
  const files = ['src/private', 'src/private/step', 'src/steps'].flatMap(folder =>
    readdirSync(folder).filter(name => name.endsWith('.sh')).map(name => join(folder, name)));
  const included = new Set(files.flatMap(includedBy));
  return files.filter(file => !included.has(file));
}

for (const file of programs()) {
  writeFileSync(file.replace(/\.sh$/, '.program.ts'), constantOf(file));
}
