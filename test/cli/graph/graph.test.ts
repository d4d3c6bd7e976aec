import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { goldenYaml } from '../../golden';
import { runCommand, type Ran } from '../terminal';

/** A Service, and a workload behind it whose init container runs a shell program. */
function shop(name: string, script: string, more = ''): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop${more} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      initContainers:
        - { name: wait, image: 'busybox:1.37', command: [sh, -c, '${script}'] }
      containers: [{ name: ${name}, image: 'nginx:1.29' }]
---
`;
}

const untilUp = (host: string) => `until nc -z ${host} 80; do sleep 1; done`;
const FOR_A_MINUTE = 'timeout 60 sh -c "until nc -z db 5432; do sleep 1; done"';
const WEB_AND_API = shop('web', untilUp('api')) + shop('api', FOR_A_MINUTE);
const CIRCLE = shop('web', untilUp('api')) + shop('api', untilUp('web.shop'));

async function graph(input: string, ...options: string[]): Promise<Ran> {
  return runCommand(['graph', '-', ...options], input);
}

test('shows the order in which hand-written waits let workloads start', async () => {
  expect(await graph(WEB_AND_API)).toEqual({
    code: 0,
    stderr: '',
    stdout: `level 1
  shop/Deployment/api  at most 1 min, after db (outside)
level 2
  shop/Deployment/web  at most 1 min and what steps without a timeout take, after shop/Deployment/api
2 workloads: 0 errors, 0 warnings, 2 notes (--notes shows them)
`,
  });
});

test('says what can never start, where it is written, and what to do', async () => {
  expect(await graph(CIRCLE)).toEqual({
    code: 1,
    stderr: '',
    stdout: `never
  shop/Deployment/web  after shop/Deployment/api
  shop/Deployment/api  after shop/Deployment/web

-:8:19 error startup
  shop/Deployment/web can never start, because these 2 workloads wait for each other in a circle ${''
  }and none can be the first:
    shop/Deployment/web waits for shop/Deployment/api in step 'wait' (tcp://api:80)
    shop/Deployment/api waits for shop/Deployment/web in step 'wait' (tcp://web.shop:80)
  → remove one of these endpoints, best from an app that can connect later, when the other one is up, ${''
  }or, if something answers there that these manifests do not have, ${''
  }switch this off by the annotation cdk8s-init-containers/ignore: startup
2 workloads: 1 error, 0 warnings, 0 notes
`,
  });
});

test('an annotation switches off what is found about the start-up of a workload', async () => {
  const annotated = shop('web', untilUp('api'), ", annotations: { 'cdk8s-init-containers/ignore': startup }");
  const { code, stdout } = await graph(annotated + shop('api', untilUp('web.shop')));

  expect(code).toBe(0);
  expect(stdout).toMatch(/0 errors/);
});

test('names the waits of which only the pod knows what they are for', async () => {
  const { code, stdout } = await graph(shop('web', 'until nc -z $DB_HOST 5432; do sleep 1; done'));

  expect(code).toBe(0);
  expect(stdout).toBe(`level 1
  shop/Deployment/web  no time limit

-:14:73 shop/Deployment/web/wait waits for what only the pod knows: nc -z $DB_HOST 5432
1 workload: 0 errors, 0 warnings, 0 notes
`);
});

test('draws who waits for whom', async () => {
  expect((await graph(WEB_AND_API, '--format', 'mermaid')).stdout).toBe(`flowchart LR
  subgraph c1["shop"]
    w1["web<br>Deployment"]
    w2["api<br>Deployment"]
  end
  o1(["db"]):::outside
  w1 -->|"80, no time limit"| w2
  w2 -->|"5432, 1 min"| o1
  classDef outside stroke-dasharray: 4 4
`);
  expect((await graph(WEB_AND_API, '--format', 'dot')).stdout).toContain('w1 [label="web\\nDeployment"]');
});

test('draws workloads without a namespace in no group', async () => {
  const { stdout } = await graph(WEB_AND_API.replace(/, namespace: shop/g, ''), '--format', 'mermaid');

  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'flowchart LR', '  w1["web<br>Deployment"]', '  w2["api<br>Deployment"]', '  o1(["db"]):::outside',
  ]);
});

test('tells programs all that it knows', async () => {
  const { stdout } = await graph(WEB_AND_API, '--format', 'json');

  expect(JSON.parse(stdout)).toEqual({
    order: [
      { workload: 'shop/Deployment/api', level: 1, worstCaseSeconds: 60, isBounded: true },
      { workload: 'shop/Deployment/web', level: 2, worstCaseSeconds: 60, isBounded: false },
    ],
    edges: [
      {
        workload: 'shop/Deployment/web',
        step: 'wait',
        endpoint: 'tcp://api:80',
        answeredBy: ['shop/Deployment/api'],
        needsReady: true,
      },
      {
        workload: 'shop/Deployment/api',
        step: 'wait',
        endpoint: 'tcp://db:5432',
        answeredBy: [],
        outside: 'db',
        needsReady: false,
        timeoutSeconds: 60,
      },
    ],
    findings: [],
    notes: ['shop/Deployment/web', 'shop/Deployment/api/wait'].map(path =>
      expect.objectContaining({ severity: 'info', rule: 'startup', path })),
    unknown: [],
  });
});

const SCALED_DOWN = WEB_AND_API.replace('spec:\n  template:\n    metadata: { labels: { app: api } }',
  'spec:\n  replicas: 0\n  template:\n    metadata: { labels: { app: api } }');

test.each([
  ['nothing', WEB_AND_API, [], 0],
  ['a warning', SCALED_DOWN, [], 0],
  ['a warning, which is strictly forbidden', SCALED_DOWN, ['--strict'], 1],
  ['an error, whatever is printed', CIRCLE, ['--format', 'dot'], 1],
])('the exit code of %s', async (_, input, options, code) => {
  expect((await graph(input, ...options)).code).toBe(code);
});

test('reads what it can of files, and ends with 2 if it cannot read one', async () => {
  const { code, stdout, stderr } = await runCommand(['graph', '/nowhere.yaml', '-'], WEB_AND_API);

  expect(code).toBe(2);
  expect(stderr).toMatch(/nowhere.yaml: cannot be read/);
  expect(stdout).toMatch(/^level 1\n/);
});

test.each([
  ['wait-for-db', 'Pod/wait-for-db-pod  no time limit, after my-database-service (outside)'],
  ['generate-config', 'Pod/generate-config-pod  no time limit'],
  ['multi-stage', 'Pod/multi-stage-init-pod  no time limit, after my-database-service (outside)'],
])('the manifest of the tutorial %s', async (name, line) => {
  const file = join(__dirname, '../tutorials', `${name}.yaml`);

  expect(await runCommand(['graph', file])).toEqual({
    code: 0,
    stderr: '',
    stdout: `level 1\n  ${line}\n1 workload: 0 errors, 0 warnings, 0 notes\n`,
  });
});

test('shows our own steps as the program does', async () => {
  const { code, stdout } = await graph(goldenYaml('three-tier-shop'));

  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^level 1
  shop/Deployment/three-tier-shop-postgres-\\w+ +at once
  shop/Deployment/three-tier-shop-redis-\\w+ +at once
level 2
  shop/Job/migrate-1-0 +at most 11 min, after shop/Deployment/three-tier-shop-postgres-\\w+
level 3
`));
});

describe('manifests of several files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'graph-'));
    writeFileSync(join(folder, 'dev.yaml'), WEB_AND_API);
    writeFileSync(join(folder, 'prod.yaml'), WEB_AND_API.replace('app: api }, ports', 'app: apo }, ports'));
    writeFileSync(join(folder, 'other.yaml'), goldenYaml('quickstart'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const pathsOf = ({ stdout }: Ran) =>
    JSON.parse(stdout).edges.map(({ workload, answeredBy }: any) => [workload, ...answeredBy]);

  test('with names in common are those of several clusters, each with its own Services', async () => {
    const [dev, prod] = ['dev.yaml', 'prod.yaml'].map(file => join(folder, file));
    const of = (file: string, name: string) => `${file.slice(1)}/shop/Deployment/${name}`;

    expect(pathsOf(await runCommand(['graph', '--format', 'json', dev, prod]))).toEqual([
      [of(dev, 'web'), of(dev, 'api')], [of(dev, 'api')], [of(prod, 'web')], [of(prod, 'api')],
    ]);
  });

  test('with different names are those of one cluster', async () => {
    const [dev, other] = ['dev.yaml', 'other.yaml'].map(file => join(folder, file));

    expect(pathsOf(await runCommand(['graph', '--format', 'json', dev, other])).slice(0, 2)).toEqual([
      ['shop/Deployment/web', 'shop/Deployment/api'], ['shop/Deployment/api'],
    ]);
  });
});

test('objects of one name, without a name, and with a pod somewhere inside have paths of their own', async () => {
  const pod = { initContainers: [{ name: 'wait', image: 'a', command: ['nc', '-z', 'db', '1'] }], containers: [{}] };
  const objects = [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: pod },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: pod },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'run-' }, spec: { template: { spec: pod } } },
    { apiVersion: 'v1', kind: 'Pod', spec: pod },
    { apiVersion: 'a.example/v1', kind: 'Engine', metadata: { name: 'two' }, spec: { worker: { podSpec: pod } } },
  ];
  const { stdout } = await graph(objects.map(each => JSON.stringify(each)).join('\n---\n'), '--format', 'json');

  expect(JSON.parse(stdout).order.map(({ workload }: any) => workload)).toEqual([
    'Pod/web', 'Pod/web (2)', 'Pod/without-name', 'Job/run-', 'Engine/two/spec.worker.podSpec',
  ]);
});

test('does not let a manifest steer the terminal', async () => {
  const { stdout } = await graph(CIRCLE.replace(/name: web\b/g, 'name: "we\\eb\\nx"'));

  expect(stdout).toContain('  shop/Deployment/we\\u{1b}b x');
  expect(stdout).not.toContain('\u001b');
});

test('the help names the command', async () => {
  expect((await runCommand(['--help'])).stdout).toMatch(/graph \[options\] <file\.\.\.>/);
  expect(readFileSync(join(__dirname, '../../../docs/graph.md'), 'utf8')).toContain('npx cdk8s-init-containers graph');
});
