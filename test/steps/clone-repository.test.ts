import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CloneRepository, FileSource, GitAuth, IfPresent, RunAs, StartupGraph, type CloneRepositoryProps,
} from '../../src';
import { cloneRepository } from '../../src/programs';
import { deployment, podSpec } from '../workload';

const url = 'https://git.example.com/shop/site.git';
const secret = { name: 'git' } as kplus.ISecret;
const token = kplus.EnvValue.fromSecretValue({ secret, key: 'token' });
const key = FileSource.fromSecret(secret, 'key');
const knownHosts = FileSource.inline('git.example.com ssh-ed25519 AAAA\n');

function cloned(props: Partial<CloneRepositoryProps> = {}): any {
  const web = deployment();
  new CloneRepository(web, 'clone', { url, ...props });
  return podSpec(web);
}

/** The variables of the step that have these names. */
function variables(names: string[], props: Partial<CloneRepositoryProps>): unknown {
  const { initContainers: [{ env }] } = cloned(props);
  const those = env.filter(({ name }: any) => names.includes(name));
  return Object.fromEntries(those.map(({ name, value }: any) => [name, value]));
}

test('a repository is cloned into a directory with room, which the app sees', () => {
  const { initContainers: [step], containers: [main], volumes } = cloned({
    path: '/site', maxSize: Size.mebibytes(100),
  });

  expect(step).toMatchObject({
    command: ['sh', '-c', cloneRepository({ auth: 'nobody', certificate: false, keep: false }).text],
    args: ['clone'],
    env: [
      { name: 'step_commit', value: 'none' },
      { name: 'step_depth', value: '1' },
      { name: 'step_folder', value: '/out' },
      { name: 'step_keep_history', value: 'no' },
      { name: 'step_max_size', value: '102400' },
      { name: 'step_pod', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
      { name: 'step_protocols', value: 'https' },
      { name: 'step_references', value: 'HEAD' },
      { name: 'step_revision', value: 'HEAD' },
      { name: 'step_subdirectory', value: '/' },
      { name: 'step_timeout', value: '660' },
      { name: 'step_url', value: url },
    ],
    volumeMounts: [{ mountPath: '/out', name: 'clone-files' }],
  });
  expect(step.image).toMatch(/^docker\.io\/alpine\/git:v[.\d]+@sha256:[0-9a-f]{64}$/);
  expect(main.volumeMounts).toEqual([{ mountPath: '/site', name: 'clone-files', readOnly: true }]);
  expect(volumes).toEqual([{ name: 'clone-files', emptyDir: { sizeLimit: '300Mi' } }]);
});

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

test.each([
  [undefined, { step_commit: 'none', step_references: 'HEAD', step_revision: 'HEAD' }],
  ['HEAD', { step_commit: 'none', step_references: 'HEAD', step_revision: 'HEAD' }],
  ['v1.0', { step_commit: 'none', step_references: 'refs/tags/v1.0 refs/heads/v1.0', step_revision: 'v1.0' }],
  ['refs/heads/a/b', { step_commit: 'none', step_references: 'refs/heads/a/b', step_revision: 'refs/heads/a/b' }],
  [COMMIT, { step_commit: COMMIT, step_references: 'HEAD', step_revision: COMMIT }],
])('revision %s is looked for among these references', (revision, expected) => {
  expect(variables(Object.keys(expected), { revision })).toEqual(expected);
});

test.each([
  [undefined, { step_depth: '1', step_keep_history: 'no' }],
  [1, { step_depth: '1', step_keep_history: 'yes' }],
  [0, { step_depth: '0', step_keep_history: 'yes' }],
])('with depth %s so much history is fetched, and kept where it is given', (depth, expected) => {
  expect(variables(Object.keys(expected), { depth })).toEqual(expected);
});

test.each([
  ['https://git/a', 'https'],
  ['http://git/a', 'http:https'],
])('from %s nothing but %s may be fetched', (given, step_protocols) => {
  expect(variables(['step_protocols'], { url: given })).toEqual({ step_protocols });
});

test('a token is a variable of the step, with the user that GitHub wants or another one', () => {
  const { initContainers: [step] } = cloned({ auth: GitAuth.token(token), ifPresent: IfPresent.KEEP });

  expect(step.command[2]).toBe(cloneRepository({ auth: 'token', certificate: false, keep: true }).text);
  expect(step.env).toContainEqual({
    name: 'step_token', valueFrom: { secretKeyRef: { name: 'git', key: 'token' } },
  });
  expect(step.env).toContainEqual({ name: 'step_user', value: 'x-access-token' });
  expect(variables(['step_user'], { auth: GitAuth.token(token, 'oauth2') })).toEqual({ step_user: 'oauth2' });
});

test('a key, the hosts that are known, and a name for the user are files', () => {
  const { initContainers: [step], volumes } = cloned({
    url: 'git@git.example.com:shop/site.git', auth: GitAuth.sshKey(key, knownHosts), runAs: RunAs.user(1000, 2000),
  });

  expect(step.command[2]).toBe(cloneRepository({ auth: 'key', certificate: false, keep: false }).text);
  expect(step.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual([
    '/out', '/etc/passwd', '/in/key', '/in/known-hosts',
  ]);
  expect(volumes.find(({ name }: any) => name === 'clone-key')).toEqual({
    name: 'clone-key', secret: { secretName: 'git', items: [{ key: 'key', path: 'key' }] },
  });
});

test('a user that only the cluster knows gets no name', () => {
  const { initContainers: [step] } = cloned({
    url: 'ssh://git@git.example.com/shop/site.git', auth: GitAuth.sshKey(key, knownHosts), runAs: RunAs.inherited(),
  });

  expect(step.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/out', '/in/key', '/in/known-hosts']);
});

test('certificates to trust are a file', () => {
  const { initContainers: [step] } = cloned({ caCertificate: FileSource.fromSecret(secret, 'ca.crt') });

  expect(step.command[2]).toBe(cloneRepository({ auth: 'nobody', certificate: true, keep: false }).text);
  expect(step.volumeMounts[1]).toMatchObject({ mountPath: '/in/ca-certificate', readOnly: true });
});

test('a directory of others is filled as it is', () => {
  const web = deployment();
  const volume = kplus.Volume.fromEmptyDir(web, 'site', 'site');
  new CloneRepository(web, 'clone', { url, directory: volume, folder: 'a/b' });

  expect(podSpec(web).initContainers[0].volumeMounts).toEqual([{ mountPath: '/out', name: 'site' }]);
});

test('a revision that looks like a part of a commit id is doubtful', () => {
  const web = deployment();
  new CloneRepository(web, 'clone', { url, revision: 'abc1234', path: '/site' });

  expect(StartupGraph.of(web.node.root as any).findings().map(({ message, remedy }) => [message, remedy])).toEqual([[
    'clones revision abc1234, which looks like a part of a commit id',
    'write all 40 digits: servers know no parts',
  ]]);
});

test.each([
  ['url', { url: 'https://git.example.com/${TEAM}/site.git' }, '${TEAM}'],
  ['revision', { revision: 'v${VERSION}' }, '${VERSION}'],
  ['subdirectory', { subdirectory: '${APP}/html' }, '${APP}'],
])('what looks like a variable in the %s is doubtful: nothing replaces it', (prop, props, placeholder) => {
  const web = deployment();
  new CloneRepository(web, 'clone', { url, path: '/site', ...props });

  expect(StartupGraph.of(web.node.root as any).findings().map(({ message, remedy }) => [message, remedy])).toEqual([[
    `has ${placeholder} in its ${prop}, where nothing replaces it`,
    'write the value, in a TypeScript template literal between backticks',
  ]]);
});

test('a commit id in capital letters is the commit', () => {
  const web = deployment();
  const id = 'ABCDEF0123'.repeat(4);
  new CloneRepository(web, 'clone', { url, revision: id, path: '/site' });

  const { env } = podSpec(web).initContainers[0];
  const values = Object.fromEntries(env.map(({ name, value }: any) => [name, value]));
  expect([values.step_commit, values.step_references, values.step_revision]).toEqual([id.toLowerCase(), 'HEAD', id]);
});
