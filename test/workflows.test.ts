/** What the workflows of GitHub run, and what they may do. */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '../.github/workflows');
const files = readdirSync(FOLDER);
const texts = files.map(name => readFileSync(join(FOLDER, name), 'utf8'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: { readonly [name: string]: string };
}

interface Job {
  readonly permissions?: { readonly [scope: string]: string };
  readonly environment?: string;
  readonly container?: { readonly image: string };
  readonly steps: readonly Step[];
}

const jobs: [string, Job][] = texts.flatMap((text, index) =>
  Object.entries<Job>(parse(text).jobs).map(([name, job]): [string, Job] => [`${files[index]} ${name}`, job]));

function jobsThat(hold: (job: Job) => boolean): string[] {
  return jobs.filter(([, job]) => hold(job)).map(([name]) => name);
}

test('every action is a commit, not a tag that can be moved', () => {
  const actions = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses = [] }) => uses));

  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter(action => !/^[a-z-]+\/[a-z-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('every image is a digest', () => {
  const images = jobs.flatMap(([, { container }]) => container?.image ?? []);

  expect(images.filter(image => !/^debian:12@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
});

test('no workflow runs whatever is the latest of a package', () => {
  expect(texts.flatMap(text => text.match(/\S+@latest\b.*/g) ?? [])).toEqual([]);
});

test('every job says what it may do, and these may do more than read', () => {
  const readsOnly = ({ permissions }: Job) => JSON.stringify(permissions) === '{"contents":"read"}';

  const writing = jobs.filter(([, job]) => !readsOnly(job));

  expect(Object.fromEntries(writing.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    'release.yml release_github': { contents: 'write' },
    'release.yml release_npm': { 'id-token': 'write', 'contents': 'read' },
    'release.yml release_pypi': { 'id-token': 'write', 'contents': 'read' },
    'release.yml release_nuget': { 'id-token': 'write', 'contents': 'read' },
  });
});

test('what publishes waits for the approval of an environment', () => {
  expect(jobsThat(({ environment }) => environment === 'release'))
    .toEqual(['github', 'npm', 'maven', 'pypi', 'nuget', 'golang'].map(target => `release.yml release_${target}`));
});

test('a release is started by hand only', () => {
  const { on } = parse(texts[files.indexOf('release.yml')]);

  expect(Object.keys(on)).toEqual(['workflow_dispatch']);
});

test('a release has its notes from CHANGELOG.md, and its bill of materials', () => {
  const { tasks } = JSON.parse(readFileSync(join(FOLDER, '../../.projen/tasks.json'), 'utf8'));
  const commands = (name: string) => tasks[name].steps.flatMap((step: { exec?: string }) => step.exec ?? []);
  const [, release] = jobs.find(([name]) => name === 'release.yml release_github')!;

  expect(commands('bump')).toContain('tsx projenrc/changelog.ts notes > dist/changelog.md');
  expect(commands('package')).toEqual(['tsx projenrc/sbom.ts dist/sbom.cdx.json']);
  expect(release.steps.at(-1)!.run).toMatch(/^gh release upload .* dist\/sbom\.cdx\.json /);
});

test('what is published for a language has its examples in that language', () => {
  const { tasks } = JSON.parse(readFileSync(join(FOLDER, '../../.projen/tasks.json'), 'utf8'));
  const languages = ['python', 'java', 'go', 'dotnet'];

  expect(languages.map(language => tasks[`package:${language}`].steps)).toEqual(languages.map(language => [
    { exec: `jsii-pacmak -v --target ${language} --rosetta-unknown-snippets translate` },
  ]));
});

test('npm is told where its package comes from', () => {
  const [, { steps }] = jobs.find(([name]) => name === 'release.yml release_npm')!;

  expect(steps.at(-1)!.env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true', NPM_TRUSTED_PUBLISHER: 'true' });
});

test('these are the secrets', () => {
  const secrets = texts.flatMap(text => [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name));

  expect([...new Set(secrets)].sort()).toEqual([
    'GITHUB_TOKEN', 'GO_GITHUB_TOKEN',
    'MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE', 'MAVEN_PASSWORD', 'MAVEN_STAGING_PROFILE_ID',
    'MAVEN_USERNAME',
    'NUGET_USERNAME',
  ]);
});
