import { github, release, type cdk8s } from 'projen';

/** The actions of the workflows, each as the commit of a version: a tag can be moved to what nobody has read. */
const ACTIONS: { readonly [action: string]: string } = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', // v8.0.1
  'actions/setup-dotnet': 'a98b56852c35b8e3190ac28c8c2271da59106c68', // v6.0.0
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e', // v7.0.0
  'actions/setup-java': 'de7274f081f381c8f8158605e0321c36c376e2e6', // v6.0.1
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  'actions/setup-python': '5fda3b95a4ea91299a34e894583c3862153e4b97', // v7.0.0
  'actions/upload-artifact': '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', // v7.0.1
};

/** Debian 12, which .ci/tools is for. Its containers are made by root in a namespace of their own. */
const DEBIAN = {
  image: 'debian:12@sha256:8a8cd02c5912770b4980228a54d4aff9e4f986f1eb2525d2d371dec5232cefcc',
  options: '--privileged',
};

/** Its npm is the first one that publishes without a token. */
const NODE = '24.x';

const ONLY_READS = { contents: github.workflows.JobPermission.READ };

/**
 * A release is started by hand and published after somebody approved it, which is what the environment is for. Where a
 * registry trusts this workflow itself there is no secret that could be stolen: npm, PyPI, NuGet. Maven Central and Go
 * take one each.
 */
export const workflowOptions = {
  workflowNodeVersion: NODE,
  buildWorkflowOptions: { permissions: ONLY_READS, mutableBuild: false },
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release',
  jsiiReleaseVersion: '0.2.1061',
  npmTrustedPublishing: true,
};

function uses(action: string): string {
  return `${action}@${ACTIONS[action]}`;
}

function job(name: string, node: string, commands: readonly string[]): github.workflows.Job {
  return {
    name,
    runsOn: ['ubuntu-latest'],
    permissions: ONLY_READS,
    timeoutMinutes: 60,
    env: { CI: 'true' },
    steps: [
      { name: 'Checkout', uses: uses('actions/checkout'), with: { 'persist-credentials': false } },
      {
        name: 'Node',
        uses: uses('actions/setup-node'),
        with: { 'node-version': node, 'package-manager-cache': false },
      },
      ...['npm ci', ...commands].map(run => ({ name: run, run })),
    ],
  };
}

/** Adds a job that runs programs in all shells. */
function inShells(workflow: github.GithubWorkflow, id: string, name: string, commands: readonly string[]): void {
  workflow.addJob(id, job(name, NODE, ['.ci/tools', ...commands]));
  workflow.file!.addOverride(`jobs.${id}.container`, DEBIAN);
  workflow.file!.addOverride(`jobs.${id}.env.CI_REQUIRES_SHELLS`, '1');
}

export function workflows(project: cdk8s.ConstructLibraryCdk8s): void {
  for (const action of Object.keys(ACTIONS)) project.github!.actions.set(action, uses(action));

  const build = project.buildWorkflow!.workflow;
  inShells(build, 'programs', 'Programs in every shell', ['npm test', 'npm run test:faults']);
  inShells(build, 'protocols', 'Protocols of real servers', [
    'apt-get install -y -qq maven default-jdk-headless golang', '.ci/protocols', 'npm run test:protocols',
  ]);
  for (const node of ['20', '22']) {
    build.addJob(`node-${node}`, job(`Node ${node}`, `${node}.x`, ['npm run test:unit']));
  }

  build.addJob('site', job('Documentation site', NODE, ['npm run site', 'npm run test:site']));

  const newest = new github.GithubWorkflow(project.github!, 'newest');
  newest.on({ schedule: [{ cron: '17 4 * * 1' }], workflowDispatch: {} });
  newest.addJob('cdk8s', job('The newest cdk8s and cdk8s-plus', NODE, ['npm run test:newest']));
  newest.addJob('inputs', job('New inputs', NODE, ['npm run test:properties']));
  newest.addJob('digests', job('The newest patches of the images', NODE, ['npm run digests']));
  inShells(newest, 'curl', 'The newest curl', ['npm run test:moving']);

  // It only builds; what publishes has jobs of its own.
  project.tryFindObjectFile('.github/workflows/release.yml')!.addOverride('jobs.release.permissions', ONLY_READS);
}
