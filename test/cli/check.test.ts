import { createColors } from 'picocolors';
import { runCommand, type Ran } from './terminal';
import { findingsIn } from '../../src/cli/check/check';
import { FORMATS } from '../../src/cli/check/formats';
import { manifestsOf } from '../../src/cli/manifests/manifest';
import { IGNORE } from '../../src/cli/manifests/places';
import { podsOf } from '../../src/cli/manifests/pods';
import { exampleNames } from '../examples';
import { goldenYaml } from '../golden';

const WAIT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      initContainers:
        - name: wait-for-db
          image: busybox:1.37.0
          command:
            - sh
            - -c
            - |
              echo waiting
              until nc -z db 5432; do sleep 2; done
      containers:
        - name: web
          image: my-app:1.0
`;

const MISSING = WAIT.replace('until nc -z db 5432; do sleep 2; done', 'curl -f http://db');

async function check(input: string, ...options: string[]): Promise<Ran> {
  return runCommand(['check', '-', ...options], input);
}

test('says where, how bad, which rule, what, and what to write instead', async () => {
  expect(await check(WAIT)).toEqual({
    code: 0,
    stderr: '',
    stdout: `-:17:21 warning wait-without-limit
  shop/Deployment/web/wait-for-db repeats 'nc -z db 5432' without a limit; ${''
  }while that fails the pod stays in Init, and nothing says why
  → new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('db', 5432)] });
1 init container: 0 errors, 1 warning, 4 notes (--notes shows them)
`,
  });
});

test('shows notes when it is asked for them', async () => {
  const { stdout } = await check(WAIT, '--notes');

  expect(stdout.match(/note [\w-]+/g)).toEqual([
    'note pod-security',
    'note no-resources',
    'note privileged',
    'note ignores-term',
  ]);
});

test('paints for a terminal', async () => {
  const { stdout } = await runCommand(['check', '-'], WAIT, createColors(true));

  expect(stdout).toContain('\u001b[33mwarning\u001b[39m wait-without-limit');
});

test('does not let a manifest steer the terminal', async () => {
  const steering = JSON.stringify('wait\u001b[2J\nerror: all is well\u202e\u0007');
  const { stdout } = await check(WAIT.replace('wait-for-db', steering));

  expect(stdout.split('\n')).toEqual([
    '-:17:21 warning wait-without-limit',
    expect.stringMatching(/^ {2}shop\/Deployment\/web\/wait\\u\{1b\}\[2J error: all is well\\u\{202e\}\\u\{7\} /),
    expect.stringMatching(/^ {2}→ new WaitForService\(web, 'wait\\u\{1b\}\[2J error: all is well/),
    expect.stringMatching(/^1 init container/),
    '',
  ]);
});

test.each([
  ['nothing but warnings', WAIT, [], 0],
  ['warnings, which are strictly forbidden', WAIT, ['--strict'], 1],
  ['an error', MISSING, [], 1],
  ['an error of a rule that is switched off', MISSING, ['--disable', 'missing-program'], 0],
])('the exit code of %s', async (_, input, options, code) => {
  expect((await check(input, ...options)).code).toBe(code);
});

test('prints JSON for programs', async () => {
  const { stdout } = await check(MISSING, '--format', 'json');

  expect(JSON.parse(stdout)).toEqual([
    {
      severity: 'error',
      rule: 'missing-program',
      path: 'shop/Deployment/web/wait-for-db',
      message: "runs 'curl', which the image busybox:1.37.0 does not have",
      remedy:
        'use DownloadConfig, or WaitForService with Endpoint.http(…), which bring an image that has it',
      place: { file: '-', line: 17, column: 15 },
    },
  ]);
});

test('prints SARIF for code scanning', async () => {
  const {
    runs: [{ tool, results }],
  } = JSON.parse((await check(MISSING, '--format', 'sarif')).stdout);

  expect(tool.driver.name).toBe('cdk8s-init-containers');
  expect(results).toEqual([
    {
      ruleId: 'missing-program',
      ruleIndex: tool.driver.rules.findIndex(
        ({ id }: { id: string }) => id === 'missing-program',
      ),
      level: 'error',
      message: {
        text: expect.stringMatching(/^shop\/Deployment\/web\/wait-for-db runs 'curl'/),
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: '-' },
            region: { startLine: 17, startColumn: 15 },
          },
          logicalLocations: [{ fullyQualifiedName: 'shop/Deployment/web/wait-for-db' }],
        },
      ],
    },
  ]);
});

test.each([
  ['a b/ü#1.yaml', 'a%20b/%C3%BC%231.yaml'],
  ['../100%/c:d.yaml', '../100%25/c%3Ad.yaml'],
  ['/srv/a b/web.yaml', 'file:///srv/a%20b/web.yaml'],
  ['-', '-'],
])('SARIF names the file %s by the URI %s', (file, uri) => {
  const findings = findingsIn(podsOf(manifestsOf(file, MISSING)));
  const { runs: [{ results }] } = JSON.parse(FORMATS.sarif(findings, createColors(false)));

  expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri });
});

test('annotations of the object and of the pod template switch rules off together', async () => {
  const input = WAIT
    .replace('namespace: shop', `namespace: shop\n  annotations: { ${IGNORE}: wait-without-limit }`)
    .replace(
      'template:\n',
      `template:\n    metadata: { annotations: { ${IGNORE}: "ignores-term no-resources,privileged" } }\n`,
    );
  const { stdout } = await check(input, '--notes', '--format', 'json');

  expect(JSON.parse(stdout).map(({ rule }: any) => rule)).toEqual(['pod-security']);
});

test.each([
  [
    'the object',
    MISSING.replace(
      '  name: web\n  namespace',
      '  annotations: { cdk8s-init-containers/ignore: missing-program }\n  name: web\n  namespace',
    ),
  ],
  [
    'the pod template',
    MISSING.replace(
      'template:\n',
      'template:\n    metadata: { annotations: { cdk8s-init-containers/ignore: "other, missing-program" } }\n',
    ),
  ],
])('an annotation of %s switches a rule off', async (_, input) => {
  expect(await check(input, '--format', 'json')).toEqual({
    code: 0,
    stdout: '[]\n',
    stderr: '',
  });
});

test('reads lists, several documents, JSON, and pod specs wherever a custom resource has them', async () => {
  const { initContainers, containers } = JSON.parse(
    JSON.stringify({
      initContainers: [
        { name: 'fetch', image: 'busybox:1.37', command: ['curl', '-f', 'http://db'] },
      ],
      containers: [{ name: 'app', image: 'app:1' }],
    }),
  );
  const list = {
    kind: 'List',
    items: [
      { kind: 'Pod', metadata: { name: 'one' }, spec: { initContainers, containers } },
    ],
  };
  const custom = {
    kind: 'Engine',
    metadata: { name: 'two' },
    spec: { worker: { podSpec: { initContainers, containers } } },
  };
  const [first, last] = [list, custom].map(each => JSON.stringify(each));
  const { stdout } = await check(
    `${first}\n---\n# nothing\n---\n${last}`,
    '--format',
    'json',
  );

  expect(
    JSON.parse(stdout).map(({ path, place: { line, column } }: any) => [
      path,
      line,
      column,
    ]),
  ).toEqual([
    ['Pod/one/fetch', 1, first.indexOf('"curl"') + 1],
    ['Engine/two/fetch', 5, last.indexOf('"curl"') + 1],
  ]);
});

test('reads a script of a ConfigMap, and says where it is written there', async () => {
  const { stdout } = await check(
    `apiVersion: v1
kind: ConfigMap
metadata: { name: scripts }
data:
  start.sh: |
    #!/bin/sh
    curl -f http://db
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: fetch
      image: busybox:1.37
      command: [sh, /scripts/start.sh]
      volumeMounts: [{ name: scripts, mountPath: /scripts }]
  containers: [{ name: web, image: 'my-app:1.0' }]
  volumes: [{ name: scripts, configMap: { name: scripts } }]
`,
    '--format',
    'json',
  );

  expect(JSON.parse(stdout).map(({ rule, place }: any) => [rule, place])).toEqual([
    ['missing-program', { file: '-', line: 7, column: 5 }],
  ]);
});

test.each(exampleNames)('finds nothing wrong with our own steps: %s', async name => {
  const { stdout } = await check(goldenYaml(name), '--format', 'json');

  expect(JSON.parse(stdout)).toEqual([]);
});

test('refuses a rule that does not exist', async () => {
  const { code, stderr } = await check(WAIT, '--disable', 'wait-witout-limit');

  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^There is no rule 'wait-witout-limit'; there are certificate-not-checked, /,
  );
});

test('a name in a manifest makes no line of its own in the output', () => {
  const [found] = findingsIn(podsOf(manifestsOf('web.yaml', WAIT)));
  const printed = FORMATS.text([{ ...found, path: 'Pod/web\n    ::error::not ours' }], createColors(false));

  expect(printed.split('\n').filter(line => line.includes('::error::'))).toEqual([
    `  Pod/web     ::error::not ours ${found.message}`,
  ]);
});
