import { createColors } from 'picocolors';
import { runCommand } from './terminal';
import { run } from '../../src/cli/program';

test('without a command it prints its help and fails', async () => {
  const { code, stderr } = await runCommand([]);

  expect(code).toBe(2);
  expect(stderr).toContain('Usage: cdk8s-init-containers');
});

test('asked for help it succeeds', async () => {
  const { code, stdout } = await runCommand(['--help']);

  expect(code).toBe(0);
  expect(stdout).toContain('check [options] <file...>');
});

test('refuses an option that it does not have', async () => {
  expect(await runCommand(['check', '--fromat', 'json', 'x.yaml'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "error: unknown option '--fromat'\n(Did you mean --format?)\n",
  });
});

test('a fault of its own is no finding: it exits with 2', async () => {
  let complaint = '';
  const code = await run(['check', '-'], {
    print: () => undefined,
    complain: text => {
      complaint += text;
    },
    input: () => Promise.reject(new Error('broken pipe')),
    colors: createColors(false),
  });

  expect(code).toBe(2);
  expect(complaint).toMatch(/^This is a fault of ours: Error: broken pipe\n {4}at /);
});
