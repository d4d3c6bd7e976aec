import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runCommand } from './terminal';

const MISSING = `kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - { name: fetch, image: 'busybox:1.37', command: [curl, -f, 'http://db'] }
  containers: [{ name: web, image: 'my-app:1.0' }]
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A new folder with files. */
function inFolder(files: { readonly [name: string]: string }): string {
  const path = mkdtempSync(join(folder, 'manifests-'));
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(path, name), text));
  return path;
}

/** Lists of nine of the list before. */
function bomb(depth: number): string {
  const lines = Array.from({ length: depth }, (_, index) =>
    `l${index}: &l${index} [${Array(9).fill(index === 0 ? 'x' : `*l${index - 1}`).join(', ')}]`);
  return lines.join('\n');
}

test('aliases may be many', async () => {
  const aliases = Array.from({ length: 300 }, () => '*labels').join(', ');
  const { code, stdout } = await runCommand(
    ['check', '-'], `${MISSING}x: &labels { a: b }\ny: [${aliases}]\n`,
  );

  expect(code).toBe(1);
  expect(stdout).toContain('error missing-program');
});

describe('what it cannot read', () => {
  test('is said with its place, and the others are read all the same', async () => {
    const [broken, good] = ['broken.yaml', 'good.yaml'].map(name => join(folder, name));
    writeFileSync(broken, 'kind: Pod\nspec: [\n');
    writeFileSync(good, MISSING);
    const { code, stdout, stderr } = await runCommand([
      'check',
      broken,
      join(folder, 'none.yaml'),
      good,
    ]);

    expect(code).toBe(2);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/broken\.yaml:3:1: cannot be read as YAML: /),
      expect.stringMatching(/none\.yaml: cannot be read: ENOENT/),
      '',
    ]);
    expect(stdout).toContain('error missing-program');
  });

  test.each([
    ['a name that nothing has', 'spec: *nope', '2:7', 'nothing before *nope is called &nope'],
    ['a circle', 'spec: &s { a: *s }', '2:15', '*s is a part of what it stands for'],
    ['a list for a map', 'spec: { <<: [5] }', '1:1', 'Merge sources must be maps or map aliases'],
    ['lists of lists of lists', bomb(9), '1:1', 'Excessive alias count indicates a resource exhaustion attack'],
  ])('is %s', async (_, text, place, message) => {
    const [broken, good] = ['broken.yaml', 'good.yaml'].map(name => join(folder, name));
    writeFileSync(broken, `kind: Pod\n${text}\n`);
    writeFileSync(good, MISSING);
    const { code, stdout, stderr } = await runCommand(['check', broken, good]);

    expect(code).toBe(2);
    expect(stderr).toBe(`${broken}:${place}: cannot be read as YAML: ${message}\n`);
    expect(stdout).toContain('error missing-program');
  });

  test('is said to be a template of Helm where it looks so', async () => {
    const template = 'kind: {{ .Values.kind }}\nmetadata: {{ toYaml . }}\n';
    const { code, stderr } = await runCommand(['check', '-'], template);

    expect(code).toBe(2);
    expect(stderr).toContain(
      'It looks like a template of Helm: helm template CHART | npx cdk8s-init-containers check -',
    );
  });

  test('gets no summary, as if nothing were wrong', async () => {
    expect(await runCommand(['check', join(folder, 'none.yaml')])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/none\.yaml: cannot be read: ENOENT/),
    });
  });
});

describe('of a folder', () => {
  test('it reads the manifests, in the order of their names', async () => {
    const { code, stdout, stderr } = await runCommand(['check', inFolder({
      'b.yml': MISSING,
      'a.yaml': MISSING,
      'c.json': '{"kind":"ConfigMap"}',
      'README.md': 'no: [manifest',
    })]);

    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.match(/\w+\.\w+(?=:\d+:\d+ error)/g)).toEqual(['a.yaml', 'b.yml']);
    expect(stdout).toContain('2 init containers: 2 errors');
  });

  test('one broken manifest does not hide the others', async () => {
    const { code, stdout, stderr } = await runCommand(['check', inFolder({
      'a.yaml': 'kind: Pod\nspec: [\n',
      'b.yaml': MISSING,
    })]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/a\.yaml:3:1: cannot be read as YAML: /);
    expect(stdout).toContain('1 init container: 1 error');
  });

  test('without manifests it says so', async () => {
    expect(await runCommand(['check', inFolder({ 'README.md': '' })])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/: has no manifests: no \*\.yaml, \*\.yml or \*\.json\n$/),
    });
  });
});
