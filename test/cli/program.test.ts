import { runCommand } from './terminal';

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
