/** SECURITY.md states only what a test proves. */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const links = [...read('SECURITY.md').matchAll(/\[([^\][]+)\]\((test\/[^)]+)\)/g)];
const proofs = links.map(([, name, file]) => ({ name, file }));

/** Names of tests as they are written: those that are too long for a line are put together of two texts. */
function namesIn(file: string): string {
  return existsSync(join(root, file)) ? read(file).replace(/'\s*\+ '/g, '').replaceAll("\\'", "'") : '';
}

test('SECURITY.md names tests', () => {
  expect(proofs.length).toBeGreaterThan(50);
});

test('each test that SECURITY.md names is in the file that it names', () => {
  expect(proofs.filter(({ name, file }) => !namesIn(file).includes(`'${name}'`))).toEqual([]);
});

test('each statement of what somebody cannot do has its tests', () => {
  const isStatement = (text: string) => text.startsWith('- ') && !text.startsWith('- **');
  const statements = read('SECURITY.md').split(/\n(?=- |\n)/).filter(isStatement);

  expect(statements.length).toBeGreaterThan(15);
  expect(statements.filter(text => !text.includes('](test/'))).toEqual([]);
});

test('the command line starts no program, and only why asks a server', () => {
  const files = readdirSync(join(root, 'src/cli'), { recursive: true, encoding: 'utf8' });
  const imports = /from '(?:node:)?(child_process|cluster|dgram|dns|https?|http2|net|tls|vm|worker_threads)'|\bfetch\(/;

  const asking = files.filter(file => file.endsWith('.ts') && imports.test(read(`src/cli/${file}`)));

  expect(asking).toEqual(['why/connection.ts']);
});
