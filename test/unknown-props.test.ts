import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import { deployment } from './workload';
import {
  AppProtocol, CloneRepository, CopyFiles, CopyFromImage, DownloadArchive, Endpoint, ExternalObject, FileSource,
  FileTree, GenerateConfig, GenerateEnv, InitDefaults, InitStep, PrepareVolume, SharedDirectory, TrustCertificates,
  WaitForCondition, WaitForService, type WaitForServiceProps,
} from '../src';

/** Names of properties as plain JavaScript passes them, and TypeScript where nobody checks its types. */
const any = (value: unknown): any => value;
const texts = FileTree.fromTexts({ a: FileSource.inline('a') });
const pem = FileSource.inline('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
const database = Endpoint.tcp('db', 5432);
const wait = (props: object) => () =>
  new WaitForService(deployment(), 'wait', any({ endpoints: [database], ...props }));
const step = (props: object) => () => new InitStep(deployment(), 'step', any({ command: ['true'], ...props }));
const defaults = (props: object) => () => InitDefaults.set(new Chart(Testing.app(), 'shop'), any(props));
const minutes = Duration.minutes(1);
const service = () => new kplus.Service(new Chart(Testing.app(), 'shop'), 'db', { ports: [{ port: 80 }] });

testRefusals('WaitForService', [
  ['a timeout under a name with a slip', wait({ timeuot: minutes }),
    "WaitForService: 'timeuot' must be a known property, got an object of class Duration; "
      + 'did you mean timeout? [shop/web/wait]'],
  ['a name in lower case', wait({ pollinterval: minutes }),
    "WaitForService: 'pollinterval' must be a known property, got an object of class Duration; "
      + 'did you mean pollInterval? [shop/web/wait]'],
]);

testRefusals('WaitForCondition', [
  ['an account under a name with a slip',
    () => new WaitForCondition(deployment(), 'wait', any({ conditions: [], serviceAcount: { name: 'robot' } })),
    "WaitForCondition: 'serviceAcount' must be a known property, got an object; "
      + 'did you mean serviceAccount? [shop/web/wait]'],
  ['a timeout under a name with a word more',
    () => new WaitForCondition(deployment(), 'wait', any({ conditions: [], timeoutSeconds: 60 })),
    "WaitForCondition: 'timeoutSeconds' must be a known property, got 60; did you mean timeout? [shop/web/wait]"],
]);

testRefusals('ExternalObject', [
  ['a namespace under a name with a word less',
    () => new ExternalObject(new Chart(Testing.app(), 'shop'), 'a', any({
      apiVersion: 'apps/v1', kind: 'Deployment', name: 'prices', namespace: 'catalog',
    })),
    "ExternalObject: 'namespace' must be a known property, got \"catalog\"; did you mean namespaceName? [shop/a]"],
]);

testRefusals('A step', [
  ['containers under a name with a slip',
    () => new GenerateConfig(deployment(), 'a', any({ template: FileSource.inline('a'), containrs: ['main'] })),
    "GenerateConfig: 'containrs' must be a known property, got a list; did you mean containers? [shop/web/a]"],
  ['a folder where folders belong',
    () => new PrepareVolume(deployment(), 'a', any({
      volume: new SharedDirectory(deployment(), 'd'), mode: 0o755, folder: ['x'],
    })),
    "PrepareVolume: 'folder' must be a known property, got a list; did you mean folders? [shop/web/a]"],
  ['a folder to copy to under a name with a slip',
    () => new CopyFromImage(deployment(), 'a', any({ files: { a: '/a' }, foldr: 'x' })),
    "CopyFromImage: 'foldr' must be a known property, got \"x\"; did you mean folder? [shop/web/a]"],
  ['variables of files under a name with a slip',
    () => new CopyFiles(deployment(), 'a', any({ sources: [texts], variable: {} })),
    "CopyFiles: 'variable' must be a known property, got an object; did you mean variables? [shop/web/a]"],
  ['a revision under a name with a slip',
    () => new CloneRepository(deployment(), 'a', any({ url: 'https://a/b', revison: 'v1' })),
    "CloneRepository: 'revison' must be a known property, got \"v1\"; did you mean revision? [shop/web/a]"],
  ['a sum under a name with a slip in its number',
    () => new DownloadArchive(deployment(), 'a', any({ url: 'http://a/b.zip', sha265: 'a'.repeat(64) })),
    `DownloadArchive: 'sha265' must be a known property, got "${'a'.repeat(64)}"; did you mean sha256? [shop/web/a]`],
  ['what is stripped under a name with a slip',
    () => new DownloadArchive(deployment(), 'a', any({ url: 'http://a/b.zip', stripComponent: 1 })),
    "DownloadArchive: 'stripComponent' must be a known property, got 1; did you mean stripComponents? [shop/web/a]"],
  ['templates under a name with a slip',
    () => new GenerateEnv(deployment(), 'a', any({ template: { A: 'a' }, variables: {} })),
    "GenerateEnv: 'templates' must be an object with properties, got nothing; you wrote it 'template' [shop/web/a]"],
  ['variables to export under a name with a slip',
    () => new TrustCertificates(deployment(), 'a', any({ certificates: [pem], exportVariable: false })),
    "TrustCertificates: 'exportVariable' must be a known property, got false; "
      + 'did you mean exportVariables? [shop/web/a]'],
  ['no known property', () => new InitStep(deployment(), 'a', any({ start: 'x' })),
    "InitStep: 'start' must be a known property, got \"x\"; known are image, resources, env, runAs, command, args, "
      + 'reads, writes, readOnlyRootFilesystem, files, envFrom, workingDir, expandVariables, likeContainer, '
      + 'keepsRunning, timeout, retryInterval, attemptTimeout, finalExitCodes, capabilities, outputFiles, '
      + 'outputFolders, waitsFor, conditions, apiAccess, endsWithin, warnings [shop/web/a]'],
  ['the options of an output file', step({ outputFiles: { '/out/a': { maxsize: Size.mebibytes(1) } } }),
    "InitStep: 'outputFiles[/out/a].maxsize' must be a known property, got an object of class Size; "
      + 'did you mean maxSize? [shop/web/step]'],
  ['limits as Kubernetes has them', step({ resources: { limits: { memory: '64Mi' } } }),
    "InitStep: 'resources.limits' must be a known property, got an object; "
      + 'known are cpu, memory, ephemeralStorage [shop/web/step]'],
  ['a limit in the plural', step({ resources: { memory: { limits: Size.mebibytes(64) } } }),
    "InitStep: 'resources.memory.limits' must be a known property, got an object of class Size; "
      + 'did you mean limit? [shop/web/step]'],
]);

testRefusals('What is no step', [
  ['a default', defaults({ regsitry: 'r.example' }),
    "InitDefaults: 'regsitry' must be a known property, got \"r.example\"; did you mean registry? [shop]"],
  ['the options of an endpoint', () => Endpoint.tcp('db', 5432, any({ appprotocol: AppProtocol.POSTGRES })),
    "Endpoint: 'appprotocol' must be a known property, got \"postgres\"; did you mean appProtocol?"],
  ['other options of an endpoint', () => Endpoint.http('http://a', any({ insecure: true })),
    "Endpoint: 'insecure' must be a known property, got true; known are statusCodes, followRedirects, "
      + 'caCertificate, headers, variables, auth, bodyContains'],
  ['the options of a directory', () => new SharedDirectory(deployment(), 'd', any({ sizelimit: Size.mebibytes(1) })),
    "SharedDirectory: 'sizelimit' must be a known property, got an object of class Size; "
      + 'did you mean sizeLimit? [shop/web/d]'],
  ['the options of a mount', () => new SharedDirectory(deployment(), 'd').mountAt('/d', any({ readonly: false })),
    "SharedDirectory: 'readonly' must be a known property, got false; did you mean readOnly? [shop/web/d]"],
]);

/** A step of somebody else, whose properties go up as they are. */
class WaitForDatabase extends WaitForService {
  public constructor(scope: kplus.Deployment, id: string, props: Partial<WaitForServiceProps> & { timeouts?: number }) {
    super(scope, id, { ...props, endpoints: [database] });
  }
}

testAcceptance('A step', [
  ['a name that is given no value', wait({ timeuot: undefined, pollinterval: null })],
  ['options that others share', wait({ template: FileSource.inline('x'), timeuots: 1, timeout: minutes })],
  ['the properties of a class that extends it', () => new WaitForDatabase(deployment(), 'wait', { timeouts: 5 })],
  ['no options', () => new CopyFromImage(deployment(), 'copy', { files: { a: '/a' } }).directory.mountAt('/d', {})],
]);

testRefusals('Endpoint', [
  ['a text of the body for a Service, whose answer is not looked into',
    () => Endpoint.service(service(), any({ httpPath: '/health', bodyContains: 'UP' })),
    "Endpoint: 'bodyContains' must be left out here, got \"UP\"; it is an option of Endpoint.http"],
  ['a path for a port', () => Endpoint.tcp('a', 80, any({ httpPath: '/', appProtocol: AppProtocol.REDIS })),
    "Endpoint: 'httpPath' must be left out here, got \"/\"; it is an option of Endpoint.service"],
]);
