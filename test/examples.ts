import { readdirSync } from 'fs';
import { join } from 'path';

const FOLDER = join(__dirname, '../examples');

/** The examples in TypeScript, each of which is a program; how a chart is tested stands beside them. */
export const exampleNames = readdirSync(FOLDER)
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map(file => file.replace('.ts', ''));

/** Where the program of an example stands. */
export function exampleProgram(name: string): string {
  return join(FOLDER, `${name}.ts`);
}
