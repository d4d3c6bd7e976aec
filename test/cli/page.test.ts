import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runCommand } from './terminal';
import { RULES } from '../../src/cli/rules';

const PAGE = readFileSync(join(__dirname, '../../docs/check.md'), 'utf8');

test('docs/check.md tells of every rule, in the order of their names', () => {
  const [, rules] = PAGE.split('\n## The rules\n');

  expect([...rules.matchAll(/^### (\S+)$/gm)].map(([, name]) => name)).toEqual(
    RULES.map(({ name }) => name),
  );
});

test.each(RULES)('docs/check.md quotes the reason and the examples of $name', rule => {
  expect(PAGE).toContain(rule.reason);
  expect(PAGE).toContain(`\`\`\`yml\n${rule.fires.trim()}\n\`\`\`\n\nRight:\n\n\`\`\`yml\n${rule.silent.trim()}\n`);
});

test('docs/check.md shows what the command prints', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  const file = join(folder, 'wait.yaml');
  writeFileSync(file, `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: wait-for-db
    image: busybox:1.37.0
    command: ["sh", "-c", "until nslookup my-database-service; do echo waiting for database; sleep 2; done"]
  containers:
  - name: app-container
    image: nginx:1.29
`);
  const { stdout } = await runCommand(['check', file]);
  rmSync(folder, { recursive: true });

  expect(PAGE).toContain(`check wait.yaml\n${stdout.replaceAll(`${folder}/`, '')}\`\`\``);
});
