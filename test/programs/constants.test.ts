import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '../..');
const CONSTANTS = 'src/programs/fragments.ts';

test('the constants are what the .sh files make now: else run npx projen programs', () => {
  const copy = mkdtempSync(join(tmpdir(), 'constants-'));
  try {
    cpSync(join(ROOT, 'src/programs'), join(copy, 'src/programs'), {
      recursive: true,
      filter: name => !name.endsWith('fragments.ts'),
    });
    execFileSync(process.execPath, [require.resolve('tsx/cli'), join(ROOT, 'projenrc/programs.ts')], {
      cwd: copy,
      stdio: 'pipe',
    });

    expect(readFileSync(join(ROOT, CONSTANTS), 'utf8')).toBe(readFileSync(join(copy, CONSTANTS), 'utf8'));
  } finally {
    rmSync(copy, { recursive: true });
  }
}, 30_000);
