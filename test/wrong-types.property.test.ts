import { ApiObject, Chart, Duration, Lazy, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { deployment, podSpec } from './workload';
import {
  CloneRepository, Condition, CopyFiles, CopyFromImage, DownloadArchive, DownloadConfig, Endpoint, ExternalObject,
  FileSource, FileTree, GenerateConfig, GenerateEnv, GitAuth, HttpAuth, InitDefaults, InitStep, PodTemplate,
  PrepareVolume, RunAs, SharedDirectory, Sidecar, StartupGraph, TrustCertificates, WaitForCondition, WaitForService,
  type ApiAccess, type AwsSignatureOptions, type ExternalObjectProps, type WaitForConditionProps,
  type CloneRepositoryProps, type CopyFilesProps, type CopyFromImageProps, type DnsEndpointOptions,
  type DownloadArchiveProps, type DownloadConfigProps, type FileTreeOptions, type GenerateConfigProps,
  type GenerateEnvProps, type HttpEndpointOptions, type InitDefaultsProps, type InitStepProps, type KeyOptions,
  type MountAtOptions, type PrepareVolumeProps, type ServiceEndpointOptions, type SharedDirectoryProps,
  type SidecarProps, type TcpEndpointOptions, type TrustCertificatesProps, type WaitForServiceProps,
} from '../src';

/** A value that is right in some property or other, and so wrong in most. */
const values = [
  undefined, null, true, 0, -1, 1.5, NaN, 10n, Symbol('x'), '', 'x', '/x', 'db:5432', () => 'x',
  new Date(0), new Map(), Object.create(null), { constructor: 5 }, { toString: 5 }, Lazy.any({ produce: () => 'x' }),
  Duration.minutes(1), Size.mebibytes(1), kplus.Cpu.millis(5), kplus.EnvValue.fromValue('x'), RunAs.user(1),
  HttpAuth.basic(kplus.EnvValue.fromValue('x'), kplus.EnvValue.fromValue('')),
  Endpoint.tcp('db', 1), FileSource.inline('x'),
  deployment(), new SharedDirectory(deployment(), 'directory'),
  new SharedDirectory(deployment(), 'directory').file('a'), kplus.Volume.fromEmptyDir(deployment(), 'v', 'v'),
  InitStep, Error('x'),
];
const name = fc.constantFrom('x', '/x', '/out/x', 'limit', 'memory', 'path', 'message', 'a b', '');
const wrong = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 3 }, fc.constantFrom<unknown>(...values), fc.anything(), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 2 }),
  map: fc.dictionary(name, tie('any'), { maxKeys: 2 }),
})).any;

const secrets = { name: 'secrets' } as kplus.ISecret;
const secretKey = kplus.EnvValue.fromSecretValue({ secret: secrets, key: 'key' });
const secretFile = FileSource.fromSecret(secrets, 'key');

/** Every property with a value that is right. */
type All<T> = { readonly [prop in keyof Required<T>]: unknown };

const step = {
  image: 'tool:1',
  resources: { memory: { limit: Size.mebibytes(64) } },
  env: { A: kplus.EnvValue.fromValue('x') },
  runAs: RunAs.user(1000),
};

const issued = new ExternalObject(new Chart(Testing.app(), 'others'), 'certificate', {
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'web',
});
const ready = Condition.met(issued, 'Ready');

const output = { path: undefined, containers: undefined, readOnly: undefined, directory: undefined };
const file = { ...output, fileName: 'file', mode: 0o644, ifPresent: 'keep' };

const initStep: All<InitStepProps> = {
  ...step,
  command: ['true'],
  args: ['x'],
  reads: {},
  writes: {},
  timeout: Duration.minutes(1),
  retryInterval: Duration.seconds(5),
  attemptTimeout: Duration.seconds(20),
  finalExitCodes: [1],
  readOnlyRootFilesystem: true,
  files: { '/in/a': FileSource.inline('a') },
  capabilities: ['CHOWN'],
  outputFiles: { '/out/b': {} },
  outputFolders: { '/folder/c': {} },
  waitsFor: [Endpoint.tcp('db', 1)],
  conditions: [ready],
  apiAccess: { createRole: false },
  endsWithin: undefined,
  warnings: [{ message: 'm', remedy: 'r' }],
  envFrom: [kplus.Env.fromConfigMap({ name: 'a' } as kplus.IConfigMap)],
  workingDir: '/work',
  expandVariables: true,
  likeContainer: 'main',
  keepsRunning: undefined,
};
const sidecar: All<SidecarProps> = {
  ...step,
  command: ['true'],
  args: ['x'],
  reads: {},
  writes: {},
  readOnlyRootFilesystem: true,
  files: initStep.files,
  envFrom: initStep.envFrom,
  workingDir: '/work',
  expandVariables: true,
  startup: kplus.Probe.fromTcpSocket({ port: 1 }),
  liveness: kplus.Probe.fromCommand(['true']),
  readiness: kplus.Probe.fromHttpGet('/', { port: 1 }),
};
const waiting: All<WaitForServiceProps> = {
  ...step,
  endpoints: [Endpoint.tcp('db', 1)],
  timeout: Duration.minutes(1),
  pollInterval: Duration.seconds(1),
  attemptTimeout: Duration.seconds(1),
  successThreshold: 1,
};
const watching: All<WaitForConditionProps> = {
  ...step,
  conditions: [ready],
  timeout: Duration.minutes(1),
  serviceAccount: kplus.ServiceAccount.fromServiceAccountName(new Chart(Testing.app(), 'robots'), 'robot', 'default'),
  createRole: false,
};
const access: All<ApiAccess> = {
  path: '/api', createRole: false, verbs: ['get'], serviceAccount: watching.serviceAccount,
};
const external: All<ExternalObjectProps> = {
  apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespaceName: 'shop', resource: 'jobs',
};
const download: All<DownloadConfigProps> = {
  ...step,
  ...file,
  url: 'https://a/b',
  sha256: 'a'.repeat(64),
  allowUnknownLength: false,
  followRedirects: true,
  headers: { A: '${T}' },
  variables: { T: kplus.EnvValue.fromValue('x') },
  auth: HttpAuth.basic(secretKey, secretKey),
  caCertificate: FileSource.inline('x'),
  maxSize: Size.mebibytes(1),
  timeout: Duration.minutes(1),
};
const archive: All<DownloadArchiveProps> = {
  ...step,
  ...output,
  folder: 'a/b',
  ifPresent: 'keep',
  url: 'https://a/b.zip',
  sha256: download.sha256,
  headers: download.headers,
  variables: download.variables,
  auth: download.auth,
  followRedirects: true,
  caCertificate: download.caCertificate,
  maxSize: Size.mebibytes(1),
  timeout: Duration.minutes(1),
  format: 'zip',
  stripComponents: 1,
  include: ['a/b'],
};
const clone: All<CloneRepositoryProps> = {
  ...step,
  ...output,
  folder: 'a/b',
  ifPresent: 'keep',
  url: 'https://a/b',
  revision: 'v1',
  subdirectory: 'a',
  depth: undefined,
  auth: GitAuth.token(secretKey),
  caCertificate: FileSource.inline('x'),
  maxSize: Size.mebibytes(1),
  timeout: Duration.minutes(1),
};
const generation: All<GenerateConfigProps> = {
  ...step,
  ...file,
  template: FileSource.inline('${A}'),
  variables: { A: kplus.EnvValue.fromValue('x') },
  keepUndeclared: true,
};
const environment: All<GenerateEnvProps> = {
  ...step, templates: { URL: '${A|url}' }, variables: { A: secretKey }, containers: ['main'],
};
const copy: All<CopyFromImageProps> = {
  ...step, ...output, folder: 'a/b', maxSize: Size.mebibytes(1), ifPresent: 'keep', files: { a: '/opt/a' },
};
const fileCopy: All<CopyFilesProps> = {
  ...step,
  ...output,
  folder: 'a/b',
  maxSize: Size.mebibytes(1),
  ifPresent: 'keep',
  sources: [FileTree.fromTexts({ a: FileSource.inline('${A}') })],
  variables: { A: kplus.EnvValue.fromValue('x') },
  mode: 0o600,
  keepUndeclared: true,
};
const treeOptions: All<FileTreeOptions> = { items: { a: { path: 'b', mode: 0o400 } }, folder: 'c', optional: true };
const keyOptions: All<KeyOptions> = { optional: true };
const trust: All<TrustCertificatesProps> = {
  ...step,
  certificates: [FileSource.inline('-----BEGIN CERTIFICATE-----\n')],
  path: '/certs/all.pem',
  containers: ['main'],
  exportVariables: true,
};
const preparation: All<PrepareVolumeProps> = {
  ...step,
  runAs: undefined,
  volume: kplus.Volume.fromEmptyDir(deployment(), 'v', 'v'),
  owner: RunAs.user(1000, 1000),
  mode: 0o2770,
  folders: ['a'],
  recursive: false,
  removeLostAndFound: true,
  timeout: Duration.minutes(1),
};
const defaults: All<InitDefaultsProps> = {
  registry: 'docker.io',
  shellImage: 'a',
  curlImage: 'b',
  gitImage: 'c',
  imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
  resources: step.resources,
  env: step.env,
  runAs: step.runAs,
  timeout: Duration.minutes(1),
  clusterDomain: 'cluster.local',
  kubernetesVersion: '1.35',
  programs: 'inline',
  warnings: 'print',
};
const directory: All<SharedDirectoryProps> = { medium: '', sizeLimit: Size.mebibytes(1) };
const mount: All<MountAtOptions> = { containers: ['main'], readOnly: true };
const serviceOptions: All<Omit<ServiceEndpointOptions, 'httpPath'>> = { port: 80, appProtocol: 'redis' };
const pathOptions: All<Omit<ServiceEndpointOptions, 'appProtocol'>> = { port: 80, httpPath: '/' };
const tcpOptions: All<TcpEndpointOptions> = { appProtocol: 'redis' };
const httpOptions: All<HttpEndpointOptions> = {
  statusCodes: [200],
  followRedirects: true,
  caCertificate: FileSource.inline('x'),
  headers: { A: '${T}' },
  variables: { T: kplus.EnvValue.fromValue('x') },
  auth: HttpAuth.clientCertificate(FileSource.inline('x'), secretFile),
  bodyContains: 'x',
};
const signature: All<AwsSignatureOptions> = {
  accessKeyId: secretKey,
  secretAccessKey: secretKey,
  sessionToken: secretKey,
  region: 'eu-central-1',
  service: 's3',
};
const dnsOptions: All<DnsEndpointOptions> = { minAddresses: 3 };

/** A way to make something of properties, and what it takes. */
type Maker = [name: string, all: { readonly [prop: string]: unknown }, make: (props: any) => unknown];

function inPod(make: (web: kplus.Deployment, props: any) => unknown): (props: any) => unknown {
  return props => {
    const web = deployment();
    make(web, props);
    return podSpec(web);
  };
}

const service = () => new kplus.Service(new Chart(Testing.app(), 'shop'), 'db', { ports: [{ port: 80 }] });

const makers: Maker[] = [
  ['an InitStep', initStep, inPod((web, props) => new InitStep(web, 'step', props))],
  ['a Sidecar', sidecar, inPod((web, props) => new Sidecar(web, 'step', props))],
  ['a WaitForService', waiting, inPod((web, props) => new WaitForService(web, 'step', props))],
  ['a WaitForCondition', watching, inPod((web, props) => new WaitForCondition(web, 'step', props))],
  ['access to the API server', access, inPod((web, props) =>
    new InitStep(web, 'step', { command: ['true'], apiAccess: props }))],
  ['an ExternalObject', external, props => new ExternalObject(new Chart(Testing.app(), 'chart'), 'object', props)],
  ['a DownloadConfig', download, inPod((web, props) => new DownloadConfig(web, 'step', props))],
  ['a GenerateConfig', generation, inPod((web, props) => new GenerateConfig(web, 'step', props))],
  ['a GenerateEnv', environment, inPod((web, props) => {
    InitDefaults.set(web, { kubernetesVersion: '1.35' });
    new GenerateEnv(web, 'step', props);
  })],
  ['a CopyFromImage', copy, inPod((web, props) => new CopyFromImage(web, 'step', props))],
  ['a DownloadArchive', archive, inPod((web, props) => new DownloadArchive(web, 'step', props))],
  ['a CloneRepository', clone, inPod((web, props) => new CloneRepository(web, 'step', props))],
  ['a CopyFiles', fileCopy, inPod((web, props) => new CopyFiles(web, 'step', props))],
  ['a FileTree', treeOptions, props => FileTree.fromConfigMap({ name: 'a' } as kplus.IConfigMap, props)],
  ['a key of a Secret', keyOptions, props => FileSource.fromSecret(secrets, 'key', props)],
  ['a TrustCertificates', trust, inPod((web, props) => new TrustCertificates(web, 'step', props))],
  ['a PrepareVolume', preparation, inPod((web, props) => new PrepareVolume(web, 'step', props))],
  ['InitDefaults', defaults, inPod((web, props) => {
    InitDefaults.set(web, props);
    new WaitForService(web, 'step', { endpoints: [Endpoint.http('http://a')] });
  })],
  ['a PodTemplate', { specPath: '/spec/pod' }, props => {
    const chart = new Chart(Testing.app(), 'chart');
    const object = new ApiObject(chart, 'object', { apiVersion: 'a/v1', kind: 'A', spec: { pod: { containers: [] } } });
    return new PodTemplate(object, 'pod', props);
  }],
  ['a SharedDirectory', directory, inPod((web, props) => new SharedDirectory(web, 'files', props))],
  ['a mount of a directory', mount, inPod((web, props) => new SharedDirectory(web, 'files').mountAt('/a', props))],
  ['a mount of a file', mount, inPod((web, props) => {
    const files = new SharedDirectory(web, 'files');
    new InitStep(web, 'step', { command: ['true'], writes: { '/out': files } });
    files.file('a').mountAt('/a', props);
  })],
  ['an endpoint of a Service', serviceOptions, props => Endpoint.service(service(), props)],
  ['an endpoint of a Service with a path', pathOptions, props => Endpoint.service(service(), props)],
  ['a tcp endpoint', tcpOptions, props => Endpoint.tcp('db', 80, props)],
  ['an http endpoint', httpOptions, props => Endpoint.http('https://a', props)],
  ['a name', dnsOptions, props => Endpoint.dns('db', props)],
];

/** The arguments of each function that takes some. */
const functions: Maker[] = [
  ['a step', { scope: deployment(), id: 'step', props: { command: ['true'] } },
    ({ scope, id, props }) => new InitStep(scope, id, props)],
  ['a sidecar', { scope: deployment(), id: 'step', props: { image: 'a' } },
    ({ scope, id, props }) => new Sidecar(scope, id, props)],
  ['a wait', { scope: deployment(), id: 'step', props: { endpoints: [Endpoint.tcp('a', 1)] } },
    ({ scope, id, props }) => new WaitForService(scope, id, props)],
  ['a wait for conditions', { scope: deployment(), id: 'step', props: { conditions: [ready], createRole: false } },
    ({ scope, id, props }) => new WaitForCondition(scope, id, props)],
  ['an object of others', { scope: deployment(), id: 'object', props: external },
    ({ scope, id, props }) => new ExternalObject(scope, id, props)],
  ['a condition', { construct: issued, type: 'Ready' }, ({ construct, type }) => Condition.met(construct, type)],
  ['a Job', { job: new kplus.Job(new Chart(Testing.app(), 'jobs'), 'job') }, ({ job }) => Condition.completed(job)],
  ['a rollout', { workload: deployment() }, ({ workload }) => Condition.rolledOut(workload)],
  ['a download', { scope: deployment(), id: 'step', props: { url: 'http://a' } },
    ({ scope, id, props }) => new DownloadConfig(scope, id, props)],
  ['a generated file', { scope: deployment(), id: 'step', props: { template: FileSource.inline('a') } },
    ({ scope, id, props }) => new GenerateConfig(scope, id, props)],
  ['a directory', { scope: deployment(), id: 'files', props: {} },
    ({ scope, id, props }) => new SharedDirectory(scope, id, props)],
  ['a file', { name: 'a' }, ({ name: each }) => new SharedDirectory(deployment(), 'files').file(each)],
  ['a mount', { path: '/a', options: {} },
    ({ path, options }) => new SharedDirectory(deployment(), 'files').mountAt(path, options)],
  ['an address', { scope: deployment() }, ({ scope }) => Endpoint.tcp('db', 1).addressFrom(scope)],
  ['steps', { workload: deployment() }, ({ workload }) => InitStep.of(workload)],
  ['defaults to set', { scope: deployment(), props: {} }, ({ scope, props }) => InitDefaults.set(scope, props)],
  ['defaults', { scope: deployment() }, ({ scope }) => InitDefaults.of(scope)],
  ['a graph', { scope: deployment() }, ({ scope }) => StartupGraph.of(scope)],
  ['a user', { uid: 1, gid: 2 }, ({ uid, gid }) => RunAs.user(uid, gid)],
  ['a TCP endpoint', { host: 'db', port: 1 }, ({ host, port }) => Endpoint.tcp(host, port)],
  ['an http endpoint', { url: 'http://a', options: {} }, ({ url, options }) => Endpoint.http(url, options)],
  [
    'an endpoint from outside', { host: kplus.EnvValue.fromValue('db'), port: kplus.EnvValue.fromValue('1') },
    ({ host, port }) => Endpoint.tcpFrom(host, port),
  ],
  ['a URL from outside', { url: kplus.EnvValue.fromValue('http://a'), options: {} },
    ({ url, options }) => Endpoint.urlFrom(url, options)],
  ['a DNS endpoint', { host: 'db', options: {} }, ({ host, options }) => Endpoint.dns(host, options)],
  ['user and password', { user: secretKey, password: secretKey },
    ({ user, password }) => HttpAuth.basic(user, password)],
  ['a client certificate', { certificate: FileSource.inline('x'), key: secretFile },
    ({ certificate, key }) => HttpAuth.clientCertificate(certificate, key)],
  ['a signature', signature, props => HttpAuth.awsSignature(props)],
  ['an endpoint of a Service', { of: service(), options: {} },
    ({ of, options }) => Endpoint.service(of, options)],
  ['an inline text', { text: 'a' }, ({ text }) => FileSource.inline(text)],
  ['a file of text', { path: __filename }, ({ path }) => FileSource.fromFile(path)],
  ['keys of a Secret', { secret: { name: 'a' }, options: {} },
    ({ secret, options }) => FileTree.fromSecret(secret, options)],
  ['texts', { texts: { a: FileSource.inline('a') } }, ({ texts }) => FileTree.fromTexts(texts)],
  ['a key of a ConfigMap', { map: { name: 'a' }, key: 'a' }, ({ map, key }) => FileSource.fromConfigMap(map, key)],
  ['a key of a Secret', { secret: { name: 'a' }, key: 'a' }, ({ secret, key }) => FileSource.fromSecret(secret, key)],
  ['a shared file', { file: new SharedDirectory(deployment(), 'files').file('a') },
    ({ file: each }) => FileSource.fromShared(each)],
  ['texts one after the other', { sources: [FileSource.inline('a')] }, ({ sources }) => FileSource.concat(sources)],
];

/** What nobody can act on: an error that does not begin with our class and what is wrong. */
function bareError(make: () => unknown): unknown {
  try {
    make();
    return undefined;
  } catch (error) {
    return /^Error: [A-Z][A-Za-z]+: /.test(String(error)) ? undefined : error;
  }
}

const cases = [...makers, ...functions].flatMap(([what, all, make]) =>
  Object.keys(all).map(prop => [prop, what, all, make] as const));

test.each(makers)('%s can be made of values of the right kinds', (_, all, make) => {
  expect(() => make(all)).not.toThrow();
});

test.each(makers)('%s can be made where what is left out is null', (_, all, make) => {
  const nulls = Object.fromEntries(Object.keys(all).map(prop => [prop, null]));
  const needed = [
    'certificates', 'endpoints', 'specPath', 'url', 'template', 'image', 'files', 'sources', 'volume', 'owner',
    'templates', 'conditions', 'createRole', 'apiVersion', 'kind', 'name',
    ...'templates' in all ? ['variables'] : [],
  ].filter(prop => prop in all);

  expect(() => make({ ...nulls, ...Object.fromEntries(needed.map(prop => [prop, all[prop]])) })).not.toThrow();
});

test.each(cases)('whatever %s of %s is, it is taken or refused in words', (prop, _, all, make) => {
  fc.assert(fc.property(wrong, value => {
    expect(bareError(() => make({ ...all, [prop]: value }))).toBeUndefined();
  }), { numRuns: 60, examples: values.map(value => [value]) });
});
