import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { workloadKinds, type MakeWorkload } from './workload-kinds';
import {
  ArchiveFormat, CloneRepository, Condition, CopyFiles, DownloadArchive, DownloadConfig, Endpoint, ExternalObject,
  FileSource, FileTree, GenerateConfig, GenerateEnv, GitAuth, InitDefaults, InitStep, SharedDirectory, Sidecar,
  TrustCertificates, WaitForCondition, WaitForService, type GenerateEnvProps,
} from '../src';

const workloads: [string, MakeWorkload][] = [
  'a Deployment of cdk8s-plus-28', 'a StatefulSet of cdk8s-plus-33', 'a KubeDeployment', 'an Argo Rollout',
].map(name => workloadKinds.find(([each]) => each === name)!);

const endpoints = [Endpoint.tcp('db', 5432)];
const template = FileSource.inline('x');
const url = 'https://config/app.json';
const path = '/app/app.json';
const pem = FileSource.inline('-----BEGIN CERTIFICATE-----\n');
const image = 'two words';
const tree = FileTree.fromConfigMap({ name: 'defaults' } as kplus.IConfigMap);
const secret = { name: 'key' } as kplus.ISecret;
const bySsh = { url: 'git@host:site', auth: GitAuth.sshKey(FileSource.fromSecret(secret, 'key'), template) };
const templates = { A: 'a' };
const env = { 'A B': kplus.EnvValue.fromValue('x') };
const [none, whole] = [Duration.seconds(0), Duration.seconds(9)];

/** Variables of a file, in a workload for clusters that take them. */
function generateEnv(web: Construct, more: Partial<GenerateEnvProps>): GenerateEnv {
  if (InitStep.of(web).length === 0) InitDefaults.set(web, { kubernetesVersion: '1.35' });
  return new GenerateEnv(web, 'step', { templates, variables: {}, ...more });
}

/** A certificate is ready that somebody else makes. */
function ready(web: Construct): Condition {
  const id = 'certificate';
  const certificate = web.node.tryFindChild(id)
    ?? new ExternalObject(web, id, { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'web' });
  return Condition.met(certificate, 'Ready');
}

/** A volume of the name that a step gives to that of its template. */
const clash = (web: Construct) => kplus.Volume.fromEmptyDir(web, 'clash', 'step-template');
const fromSecret = (web: Construct) =>
  FileSource.fromSecret(kplus.Secret.fromSecretName(Chart.of(web), 'credentials', 'credentials'), 'key');

const claim = (web: Construct) =>
  kplus.Volume.fromEmptyDir(web.node.scope!, `claim-${web.node.scope!.node.children.length}`, 'data');

/** A subclass of one's own, whose directory is its own affair. */
class Company extends GenerateConfig {
  public constructor(scope: Construct, id: string, image_?: string) {
    super(scope, id, { template, path, image: image_ });
  }
}

type Change = (web: Construct) => unknown;

/** What is refused, and the same corrected. */
const attempts: [string, Change, Change][] = [
  ['InitStep', web => new InitStep(web, 'step', { image }), web => new InitStep(web, 'step', { command: ['true'] })],
  ['InitStep with a timeout', ...[none, whole].map((timeout): Change => web =>
    new InitStep(web, 'step', { command: ['x'], timeout })) as [Change, Change]],
  ['Sidecar', web => new Sidecar(web, 'step', { image: 'a', startup: kplus.Probe.fromTcpSocket() }),
    web => new Sidecar(web, 'step', { image: 'a', startup: kplus.Probe.fromTcpSocket({ port: 1 }) })],
  ['InitStep with the name of a construct', web => {
    new SharedDirectory(web, 'taken');
    new InitStep(web, 'taken', { command: ['true'] });
  }, web => {
    if (!web.node.tryFindChild('taken')) new SharedDirectory(web, 'taken');
    new InitStep(web, 'step', { command: ['true'] });
  }],
  ['InitStep with a file below what it only reads',
    web => new InitStep(web, 'step', { command: ['x'], reads: { '/in': claim(web) }, files: { '/in/x': template } }),
    web => new InitStep(web, 'step', { command: ['x'], files: { '/in/x': template } })],
  ['WaitForService', web => new WaitForService(web, 'step', { endpoints: [] }),
    web => new WaitForService(web, 'step', { endpoints })],
  ['WaitForService that its base refuses', web => new WaitForService(web, 'step', { endpoints, image }),
    web => new WaitForService(web, 'step', { endpoints })],
  ['WaitForCondition', web => new WaitForCondition(web, 'step', { conditions: [] }),
    web => new WaitForCondition(web, 'step', { conditions: [ready(web)], createRole: false })],
  ['WaitForCondition that its base refuses', web => new WaitForCondition(web, 'step', { conditions: [ready(web)] }),
    web => new WaitForCondition(web, 'step', { conditions: [ready(web)], createRole: false })],
  ['DownloadConfig', web => new DownloadConfig(web, 'step', { url: 'x', path }),
    web => new DownloadConfig(web, 'step', { url, path })],
  ['DownloadConfig with variables', web => new DownloadConfig(web, 'step', { url, path, env }),
    web => new DownloadConfig(web, 'step', { url, path })],
  ['DownloadConfig that its base refuses', web => new DownloadConfig(web, 'step', { url, path, image }),
    web => new DownloadConfig(web, 'step', { url, path, maxSize: Size.mebibytes(100) })],
  ['GenerateConfig', web => new GenerateConfig(web, 'step', { template, path, mode: 644 }),
    web => new GenerateConfig(web, 'step', { template, path, mode: 0o644 })],
  ['GenerateConfig that its base refuses', web => new GenerateConfig(web, 'step', { template, path, image }),
    web => new GenerateConfig(web, 'step', { template, path })],
  ['GenerateConfig with a path that is taken',
    web => new GenerateConfig(web, 'step', { template, path, containers: ['app', 'nobody'] }),
    web => new GenerateConfig(web, 'step', { template, path, containers: ['app', 'sidecar'] })],
  ['GenerateEnv', web => generateEnv(web, { templates: { A: "'" } }), web => generateEnv(web, {})],
  ['GenerateEnv that its base refuses', web => generateEnv(web, { image }), web => generateEnv(web, {})],
  ['GenerateEnv for a container that is not there', web => generateEnv(web, { containers: ['app', 'nobody'] }),
    web => generateEnv(web, { containers: ['app', 'sidecar'] })],
  ['TrustCertificates', web => new TrustCertificates(web, 'step', { certificates: [template] }),
    web => new TrustCertificates(web, 'step', { certificates: [pem] })],
  ['DownloadArchive', web => new DownloadArchive(web, 'step', { url }),
    web => new DownloadArchive(web, 'step', { url, format: ArchiveFormat.ZIP })],
  ['CloneRepository', web => new CloneRepository(web, 'step', { url: 'https://git' }),
    web => new CloneRepository(web, 'step', { url: 'https://git/site' })],
  ['CloneRepository that its base refuses', web => new CloneRepository(web, 'step', { ...bySsh, image }),
    web => new CloneRepository(web, 'step', bySsh)],
  ['CopyFiles', web => new CopyFiles(web, 'step', { sources: [tree], path: 'app' }),
    web => new CopyFiles(web, 'step', { sources: [tree], path: '/app' })],
  ['CopyFiles that its base refuses', web => new CopyFiles(web, 'step', { sources: [tree], image }),
    web => new CopyFiles(web, 'step', { sources: [tree] })],
  ['a subclass of GenerateConfig', web => new Company(web, 'step', image), web => new Company(web, 'step')],
  ['SharedDirectory', web => new SharedDirectory(web, 'data', { sizeLimit: Size.kibibytes(1) }).mountAt('/data'),
    web => new SharedDirectory(web, 'data').mountAt('/data')],
  ['SharedDirectory.mountAt', web => directoryIn(web).mountAt('/data', { containers: ['app', 'nobody'] }),
    web => directoryIn(web).mountAt('/data', { containers: ['app', 'sidecar'] })],
  ['SharedFile.mountAt', web => directoryIn(web).file('a').mountAt('a'), web => {
    new InitStep(web, 'step', { command: ['true'], writes: { '/out': directoryIn(web) } });
    directoryIn(web).file('a').mountAt('/a');
  }],
];

function directoryIn(web: Construct): SharedDirectory {
  return web.node.tryFindChild('data') as SharedDirectory ?? new SharedDirectory(web, 'data');
}

/** All that is known of a workload: its manifest, and the constructs below it. */
function outcome(make: MakeWorkload, change: Change): unknown {
  const chart = new Chart(Testing.app(), 'shop');
  const web = make(chart);
  change(web);
  const paths = web.node.findAll().map(({ node }) => node.path);
  return [Testing.synth(chart), paths, InitStep.of(web).map(step => step.containerName)];
}

describe.each(workloads)('in %s', (_, make) => {
  test.each(attempts)('what a refused %s is corrected to is as if it had been right at once', (_name, ...changes) => {
    const [refused, corrected] = changes;
    expect(outcome(make, web => {
      expect(() => refused(web)).toThrow();
      corrected(web);
    })).toEqual(outcome(make, corrected));
  });

  test.each(attempts)('nothing of a refused %s is in the pod', (_name, refused) => {
    const steps = (change: Change) => {
      const chart = new Chart(Testing.app(), 'shop');
      change(make(chart));
      return Testing.synth(chart);
    };

    expect(steps(web => { expect(() => refused(web)).toThrow(); })).toEqual(steps(() => {}));
  });
});

test('what only the pod refuses leaves nothing behind either', () => {
  const rollout = workloads.find(([name]) => name === 'an Argo Rollout')![1];
  const first: Change = web => new InitStep(web, 'first', { command: ['true'], writes: { '/out': clash(web) } });
  const corrected: Change = web => new GenerateConfig(web, 'step', { template, path });

  expect(outcome(rollout, web => {
    first(web);
    const clashing = () => new GenerateConfig(web, 'step', { template: fromSecret(web), path });
    expect(clashing).toThrow('the pod has another volume of that name');
    corrected(web);
    Chart.of(web).node.tryRemoveChild('credentials');
  })).toEqual(outcome(rollout, web => {
    first(web);
    corrected(web);
  }));
});
