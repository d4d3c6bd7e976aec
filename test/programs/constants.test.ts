import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '../..');
const isConstant = (name: string) => name.endsWith('.program.ts');

function constantsBelow(folder: string): { [name: string]: string } {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter(isConstant).sort();
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('each program in TypeScript is what its .sh file makes now', () => {
  const copy = mkdtempSync(join(tmpdir(), 'constants-'));
  try {
    cpSync(join(ROOT, 'src'), join(copy, 'src'), { recursive: true, filter: name => !isConstant(name) });
    execFileSync(process.execPath, [require.resolve('tsx/cli'), join(ROOT, 'projenrc/programs.ts')], { cwd: copy, stdio: 'pipe' });

    expect(constantsBelow(join(ROOT, 'src'))).toEqual(constantsBelow(join(copy, 'src')));
  } finally {
    rmSync(copy, { recursive: true });
  }
}, 30_000);
