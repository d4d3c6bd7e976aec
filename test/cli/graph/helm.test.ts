import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { helm, writeChart } from '../../lab/helm';
import { notMade } from '../../lab/shells';
import { runCommand } from '../terminal';

const withHelm: typeof test | typeof test.skip = helm ? test : test.skip;
if (!helm) notMade('helm', '.ci/lab');

const folder = mkdtempSync(join(tmpdir(), 'graph-helm-'));
afterAll(() => rmSync(folder, { recursive: true }));

withHelm('the graph of a chart that helm renders shows what its init containers wait for', async () => {
  const values = join(folder, 'values.yaml');
  writeFileSync(values, JSON.stringify({
    initContainers: [{
      name: 'wait',
      image: 'busybox:1.37',
      command: ['sh', '-c', 'until nc -z db 5432 && nc -z shop 80; do sleep 1; done'],
    }],
  }));
  const yaml = execFileSync(helm!, ['template', 'shop', writeChart(folder), '--values', values], { encoding: 'utf8' });

  const { code, stdout } = await runCommand(['graph', '-'], yaml);

  expect(code).toBe(1);
  expect(stdout).toMatch(/^never\n {2}Deployment\/shop {2}after db \(outside\) and Deployment\/shop\n/);
  expect(stdout).toContain('for tcp://shop:80, a Service of its own pods, which are not ready');
});
