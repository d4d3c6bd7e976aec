/** Charts with init containers that are none of ours, rendered by helm and read by the command as it is published. */
import { execFileSync, spawnSync } from 'child_process';
import { join } from 'path';
import { bundled } from './bundled';
import { helm } from '../lab/helm';
import { notMade } from '../lab/shells';

/** Tests that need helm. */
const withHelm: typeof test | typeof test.skip = helm ? test : test.skip;
if (!helm) notMade('helm', '.ci/lab');

jest.setTimeout(60_000);

let main: string;
beforeAll(async () => {
  main = await bundled();
});

function rendered(chart: string, ...options: string[]): string {
  const folder = join(__dirname, 'charts', chart);
  return execFileSync(helm!, ['template', 'my', folder, ...options], { encoding: 'utf8' });
}

/** What `check -` ends with, and what it finds in manifests; each with the line that it is about. */
function check(manifests: string): { code: number | null; found: string[][] } {
  const options = { input: manifests, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync(process.execPath, [main, 'check', '-', '--format', 'json'], options);
  const lines = manifests.split('\n');
  const found = JSON.parse(stdout).map(({ rule, path, place }: any) => [rule, path, lines[place.line - 1].trim()]);
  return { code: status, found };
}

withHelm('what templates, loops and scripts of a chart make is found where helm has written it', () => {
  const wait = (server: string, port: number) =>
    `command: ["sh", "-c", "until nc -z my-${server} ${port}; do sleep 2; done"]`;
  const waits = (workload: string) => [
    ['wait-without-limit', `Deployment/my-${workload}/wait-for-cache`, wait('cache', 6379)],
    ['wait-without-limit', `Deployment/my-${workload}/wait-for-db`, wait('db', 5432)],
  ];
  const seed = 'Deployment/my-worker/seed';

  expect(check(rendered('shop'))).toEqual({
    code: 1,
    found: [
      ['doubles-when-run-again', seed, 'echo "cache=6379" >> /seed/servers'],
      ['missing-program', seed, 'curl -fsSo /seed/catalog.json http://catalog/export'],
      ...waits('web'),
      ...waits('worker'),
    ],
  });
});

withHelm('values decide what is found', () => {
  expect(check(rendered('reports'))).toEqual({ code: 0, found: [] });
  expect(check(rendered('reports', '--set', 'attempts=0'))).toEqual({
    code: 0,
    found: [['wait-without-limit', 'CronJob/my/wait-for-db', 'until nc -z -w 2 db 5432; do']],
  });
});

withHelm('a pod that waits for its own Service is told by its release', () => {
  const wait = 'command: ["sh", "-c", "until nc -z my-db 5432; do sleep 2; done"]';
  const manifests = rendered('shop', '--set', 'workloads={db}', '--set', 'servers.cache=null');

  expect(check(manifests)).toEqual({
    code: 1,
    found: [
      ['wait-without-limit', 'Deployment/my-db/wait-for-db', wait],
      ['waits-for-itself', 'Deployment/my-db/wait-for-db', wait],
    ],
  });
});
