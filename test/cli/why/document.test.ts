import { readFileSync } from 'fs';
import { linesOf, pod, service, wait, warning } from './snapshots';
import { RESOURCES } from '../../../src/cli/why/read-snapshot';

const read = (file: string) => readFileSync(file, 'utf8');

/** What stands below a command in the blocks of a document. */
function outputsOf(file: string): string[][] {
  const blocks = read(file).matchAll(/^```console\n\$ npx cdk8s-init-containers why -n shop\n([^]*?)^```/gm);
  return [...blocks].map(([, text]) => text.trimEnd().split('\n'));
}

const waitForApi = wait('wait-for-api', 'http://api:8080/healthz');
const waitForDb = wait('wait-for-db', 'postgres://db:5432');
const pods = (name: string, count: number, parts: Parameters<typeof pod>[1]) =>
  Array.from({ length: count }, (_, index) => pod(name, { ...parts, name: `${name}-5d9c-x${index + 1}` }));

/** A shop whose database has an image that is not there. */
const shop = linesOf({
  services: [service('api', 8080), service('db', 5432)],
  pods: [
    ...pods('web', 3, { step: waitForApi }),
    ...pods('api', 2, { step: waitForDb, restarts: 1 }),
    ...pods('mailer', 1, { step: waitForDb }),
    ...pods('worker', 4, { step: waitForDb }),
    ...pods('search', 2, { ready: true }),
    pod('StatefulSet db', { image: 'postgres:61', state: { waiting: { reason: 'ImagePullBackOff' } } }),
  ],
  events: [warning('db-0', 'Failed', 'Failed to pull image "postgres:61": docker.io/library/postgres:61: not found')],
  logs: {
    'web-5d9c-x1/wait-for-api': 'http://api:8080/healthz: connection refused or no route (attempt 89), 61 s of 660 s',
    'api-5d9c-x1/wait-for-db': 'postgres://db:5432: no answer in 4 s (attempt 14), 60 s of 660 s',
    'mailer-5d9c-x1/wait-for-db': 'postgres://db:5432: no answer in 4 s (attempt 14), 61 s of 660 s',
  },
});

test('docs/why.md shows what is printed', () => {
  expect(outputsOf('docs/why.md')).toEqual([shop]);
});

test('the README shows how it begins', () => {
  const [output] = outputsOf('README.md');

  expect(output).toEqual(shop.slice(0, output.length));
});

test('docs/why.md says which objects are read', () => {
  const [, listed] = /It lists\s(.*?), and/s.exec(read('docs/why.md'))!;

  expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(Object.keys(RESOURCES).sort());
});
