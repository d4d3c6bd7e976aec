import { spawnSync } from 'child_process';
import { readdirSync } from 'fs';
import { basename, dirname, join } from 'path';
import { find } from '../lab/images';
import { missing } from '../lab/shells';

const SOURCE = join(__dirname, '../../src');
const below = (ending: string) => (readdirSync(SOURCE, { recursive: true }) as string[]).filter(name => name.endsWith(ending)).sort();
const constants = below('.program.ts');
const programs = constants.map(name => name.replace('.program.ts', '.sh'));

function findings(tool: string, args: string[], cwd: string): string {
  const { stdout, stderr } = spawnSync(tool, args, { cwd, encoding: 'utf8' });
  return stdout + stderr;
}

function withTool(tool: string, use: () => void): void {
  if (find(tool) === undefined) missing(tool);
  else use();
}

test('these are the programs', () => {
  expect(programs).toEqual(['private/step/run-bounded.sh', 'steps/download-config.sh', 'steps/generate-config.sh', 'steps/wait-for-http.sh', 'steps/wait-for-service.sh']);
});

withTool('shellcheck', () => test.each(programs)('shellcheck finds nothing in %s', name => {
  expect(findings('shellcheck', ['-s', 'sh', '-x', basename(name)], dirname(join(SOURCE, name)))).toBe('');
}));

withTool('shfmt', () => test.each(below('.sh'))('shfmt leaves %s as it is', name => {
  expect(findings('shfmt', ['-i', '2', '-ci', '-ln', 'posix', '-d', name], SOURCE)).toBe('');
}));

test.each(constants)('each program in %s is short, and holds nothing that the kubelet expands', name => {
  const texts = Object.values(jest.requireActual<{ [constant: string]: string }>(join(SOURCE, name)));

  expect(texts).toHaveLength(1);
  expect(Buffer.byteLength(texts[0])).toBeLessThanOrEqual(4096);
  expect(texts[0].match(/\$\$|\$\([A-Za-z_][A-Za-z0-9_.-]*\)/g)).toBeNull();
});
