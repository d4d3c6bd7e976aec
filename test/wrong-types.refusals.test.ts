import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { cdk8sPlusVersions } from './workload-kinds';
import {
  DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, RunAs, SharedDirectory, StartupGraph,
  WaitForService,
} from '../src';

/** Properties and arguments as plain JavaScript passes them, and TypeScript where nobody checks its types. */
const wait = (props: any) => () => new WaitForService(deployment(), 'wait', props);
const download = (props: any) => () => new DownloadConfig(deployment(), 'get', { url: 'http://a', ...props });
const generate = (props: any) => () => new GenerateConfig(deployment(), 'generate', props);
const step = (props: any) => () => new InitStep(deployment(), 'step', { command: ['true'], ...props });
const any = (value: unknown): any => value;

const database = Endpoint.tcp('db', 5432);
const shop = new Chart(Testing.app(), 'shop');
const service = new kplus.Service(shop, 'db', { ports: [{ port: 80 }] });

testRefusals('WaitForService', [
  ['a host and port in a text', wait({ endpoints: ['db:5432'] }),
    "WaitForService: 'endpoints' must hold endpoints, got \"db:5432\"; write Endpoint.tcp('db', 5432) [shop/web/wait]"],
  ['a URL in a text', wait({ endpoints: [database, 'http://api/healthz'] }),
    "WaitForService: 'endpoints' must hold endpoints, got \"http://api/healthz\"; "
      + "write Endpoint.http('http://api/healthz') [shop/web/wait]"],
  ['a Service itself', wait({ endpoints: [service] }),
    "WaitForService: 'endpoints' must hold endpoints, got an object of class Service; "
      + 'write Endpoint.service(...) [shop/web/wait]'],
  ['one endpoint where a list belongs', wait({ endpoints: database }),
    "WaitForService: 'endpoints' must be a list of endpoints, got an object of class Endpoint; "
      + 'write it in brackets: [...] [shop/web/wait]'],
  ['one text where a list belongs', wait({ endpoints: 'db' }),
    "WaitForService: 'endpoints' must be a list of endpoints, got \"db\"; "
      + "write Endpoint.tcp('db', 5432) [shop/web/wait]"],
  ['no endpoints', wait({}),
    "WaitForService: 'endpoints' must be a list of endpoints, got nothing; "
      + "write Endpoint.tcp('db', 5432) [shop/web/wait]"],
  ['endpoints under a name with a slip', wait({ endpoint: [database] }),
    "WaitForService: 'endpoints' must be a list of endpoints, got nothing; "
      + "you wrote it 'endpoint' [shop/web/wait]"],
  ['no properties', wait(undefined),
    "WaitForService: 'props' must be an object with properties, got nothing [shop/web/wait]"],
  ['seconds as a number', wait({ endpoints: [database], timeout: 60 }),
    "WaitForService: 'timeout' must be a Duration, got 60; write Duration.seconds(60) [shop/web/wait]"],
  ['a number in a text', wait({ endpoints: [database], successThreshold: '3' }),
    "WaitForService: 'successThreshold' must be a number, got \"3\"; write 3 [shop/web/wait]"],
]);

testRefusals('DownloadConfig', [
  ['a URL in upper case', () => new DownloadConfig(deployment(), 'get', any({ URL: 'http://a' })),
    "DownloadConfig: 'url' must be a text, got nothing; you wrote it 'URL' [shop/web/get]"],
  ['no URL', download({ url: undefined }),
    "DownloadConfig: 'url' must be a text, got nothing [shop/web/get]"],
  ['a size in a text', download({ maxSize: '10Mi' }),
    "DownloadConfig: 'maxSize' must be a Size, got \"10Mi\"; write Size.mebibytes(...) [shop/web/get]"],
  ['a header that is a number', download({ headers: { 'X-Version': 3 } }),
    "DownloadConfig: 'headers[X-Version]' must be a text, got 3; write '3' [shop/web/get]"],
  ['a variable that is a text', download({ headers: { A: '${T}' }, variables: { T: 'secret' } }),
    "DownloadConfig: 'variables.T' must be an EnvValue, got a text; "
      + 'write EnvValue.fromSecretValue({ secret, key }) [shop/web/get]'],
  ['the name of a directory', download({ directory: 'files' }),
    "DownloadConfig: 'directory' must be a SharedDirectory or a Volume, got \"files\" [shop/web/get]"],
  ['a mode in a text', download({ mode: '0644' }),
    "DownloadConfig: 'mode' must be a number, got \"0644\"; write 0o644 [shop/web/get]"],
]);

testRefusals('GenerateConfig', [
  ['a template that is a text', generate({ template: 'a = ${A}' }),
    "GenerateConfig: 'template' must be a FileSource, got \"a = ${A}\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path) [shop/web/generate]'],
  ['a Secret as a variable', generate({
    template: FileSource.inline('${A}'), variables: { A: kplus.Secret.fromSecretName(shop, 'secret', 'keys') },
  }), "GenerateConfig: 'variables.A' must be an EnvValue, got an object of class ImportedSecret; "
    + "write EnvValue.fromSecretValue({ secret, key: '...' }) [shop/web/generate]"],
  ['a ConfigMap as a variable', generate({
    template: FileSource.inline('${A}'), variables: { A: new kplus.ConfigMap(shop, 'map') },
  }), "GenerateConfig: 'variables.A' must be an EnvValue, got an object of class ConfigMap; "
    + "write EnvValue.fromConfigMap(configMap, '...') [shop/web/generate]"],
  ['a value of a Secret as a variable', generate({
    template: FileSource.inline('${A}'), variables: { A: { secret: {}, key: 'a' } },
  }), "GenerateConfig: 'variables.A' must be an EnvValue, got an object; "
    + 'write EnvValue.fromSecretValue(...) [shop/web/generate]'],
  ['a variable of the surroundings that is not set',
    generate({ template: FileSource.inline('${A}'), variables: { A: kplus.EnvValue.fromValue(any(undefined)) } }),
    "GenerateConfig: 'variables.A.value' must be a text, got nothing; "
      + 'is it a variable of process.env that is not set? [shop/web/generate]'],
  ['the file of a step as template',
    generate({ template: new SharedDirectory(deployment(), 'files').file('a') }),
    "GenerateConfig: 'template' must be a FileSource, got an object of class SharedFile; "
      + 'write FileSource.fromShared(file) [shop/web/generate]'],
]);

testRefusals('InitStep', [
  ['a command in one text', step({ command: 'npm run migrate' }),
    "InitStep: 'command' must be a list of texts, got \"npm run migrate\"; "
      + 'write it in brackets: [...] [shop/web/step]'],
  ['an argument that is a number', step({ args: ['--port', 80] }),
    "InitStep: 'args' must hold texts, got 80; write '80' [shop/web/step]"],
  ['a user that is a number', step({ runAs: 1000 }),
    "InitStep: 'runAs' must be a RunAs, got 1000; write RunAs.user(1000) or RunAs.inherited() [shop/web/step]"],
  ['the name of storage', step({ reads: { '/data': 'data' } }),
    "InitStep: 'reads[/data]' must be a SharedDirectory or a Volume, got \"data\" [shop/web/step]"],
  ['the text of a file', step({ files: { '/run.sh': '#!/bin/sh' } }),
    "InitStep: 'files[/run.sh]' must be a FileSource, got \"#!/bin/sh\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path) [shop/web/step]'],
  ['the path of an output file as a text', step({ outputFiles: { '/out/a': '/app/a' } }),
    "InitStep: 'outputFiles[/out/a]' must be an object with properties, got \"/app/a\" [shop/web/step]"],
  ['the size of an output file as a number', step({ outputFiles: { '/out/a': { maxSize: 5 } } }),
    "InitStep: 'outputFiles[/out/a].maxSize' must be a Size, got 5; write Size.mebibytes(5) [shop/web/step]"],
  ['a warning without a remedy', step({ warnings: [{ message: 'is slow' }] }),
    "InitStep: 'warnings[0].remedy' must be a text, got nothing [shop/web/step]"],
  ['to list the steps of a name', () => InitStep.of(any('web')),
    "InitStep: 'workload' must be a construct, got \"web\"; if it comes from find(), nothing was found"],
]);

testRefusals('Endpoint', [
  ['a port in a text', () => Endpoint.tcp('db', any('5432')),
    "Endpoint: 'port' must be a number, got \"5432\"; write 5432"],
  ['no port', () => any(Endpoint).tcp('db'), "Endpoint: 'port' must be a number, got nothing"],
  ['the URL of a database', wait({ endpoints: ['postgres://shop@db/orders'] }),
    "WaitForService: 'endpoints' must hold endpoints, got \"postgres://shop@db/orders\"; "
      + "write Endpoint.tcp('db', 5432, { appProtocol: AppProtocol.POSTGRES }) [shop/web/wait]"],
  ['a URL of JDBC', wait({ endpoints: ['jdbc:mariadb://db:3307/orders'] }),
    "WaitForService: 'endpoints' must hold endpoints, got \"jdbc:mariadb://db:3307/orders\"; "
      + "write Endpoint.tcp('db', 3307, { appProtocol: AppProtocol.MYSQL }) [shop/web/wait]"],
  ['a URL of a server that cannot be asked', wait({ endpoints: ['amqps://mq', 'ldap://users:389/'] }),
    "WaitForService: 'endpoints' must hold endpoints, got \"amqps://mq\"; "
      + "write Endpoint.tcp('mq', port) [shop/web/wait]"],
  ['a host with a scheme', () => Endpoint.tcp('tcp://db', 5432),
    "Endpoint: 'host' must be a host name or an IP address, got \"tcp://db\"; write Endpoint.tcp('db', 5432)"],
  ['new', () => new (any(Endpoint))('db', 5432),
    'Endpoint: is not made with new; write Endpoint.service, .tcp, .tcpFrom, .urlFrom, .http or .dns'],
  ['the name of a Service', () => Endpoint.service(any('db')),
    "Endpoint: 'service' must be a Service, got \"db\"; write Endpoint.tcp('db', 5432)"],
  ['one status where a list belongs', () => Endpoint.http('http://a', { statusCodes: any(204) }),
    "Endpoint: 'statusCodes' must be a list of numbers, got 204; write it in brackets: [...]"],
  ['a certificate that is a text', () => Endpoint.http('https://a', { caCertificate: any('/ca.pem') }),
    "Endpoint: 'caCertificate' must be a FileSource, got \"/ca.pem\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path)'],
  ['a name to be seen from', () => database.addressFrom(any('web')),
    "Endpoint: 'scope' must be a construct, got \"web\"; if it comes from find(), nothing was found"],
]);

testRefusals('FileSource', [
  ['a text that is none', () => FileSource.inline(any(Buffer.from('a'))),
    "FileSource: 'text' must be a text, got an object of class Buffer"],
  ['the name of a ConfigMap', () => FileSource.fromConfigMap(any('app'), 'key'),
    "FileSource: 'configMap' must be a ConfigMap, got \"app\"; write ConfigMap.fromConfigMapName(scope, id, \"app\")"],
  ['the name of a Secret', () => FileSource.fromSecret(any('app'), 'key'),
    "FileSource: 'secret' must be a Secret, got \"app\"; write Secret.fromSecretName(scope, id, \"app\")"],
  ['a step where one of its files belongs',
    () => FileSource.fromShared(any(new DownloadConfig(deployment(), 'get', { url: 'http://a' }))),
    "FileSource: 'file' must be a SharedFile, got an object of class DownloadConfig; "
      + "write directory.file('name'), or take the file of a step"],
]);

testRefusals('What is made by methods', [
  ['new for a user', () => new (any(RunAs))(1000, 1000),
    'RunAs: is not made with new; write RunAs.user(1000, 1000) or RunAs.inherited()'],
  ['new for the user of the image', () => new (any(RunAs))(),
    'RunAs: is not made with new; write RunAs.user(1000, 1000) or RunAs.inherited()'],
  ['new for a text', () => new (any(FileSource))('text'),
    'FileSource: is not made with new; write FileSource.inline, .fromFile, .fromConfigMap or another .from'],
]);

testRefusals('StartupGraph', [
  ['nothing', () => StartupGraph.of(any(undefined)),
    "StartupGraph: 'scope' must be a construct, got nothing; if it comes from find(), nothing was found"],
]);

test.each(cdk8sPlusVersions)('values of cdk8s-plus-%s are of the right kinds', (_, plus) => {
  const chart = new Chart(Testing.app(), 'shop');
  const web = new plus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  const config = new plus.ConfigMap(chart, 'config', { data: { key: 'value' } });
  const env = { KEY: plus.EnvValue.fromConfigMap(config, 'key'), IP: plus.EnvValue.fromFieldRef(any('status.podIP')) };
  const imported = plus.Secret.fromSecretName(chart, 'secret', 'secret');
  const limits = { limit: plus.Cpu.millis(100) };
  const directory = new SharedDirectory(web, 'files', { medium: plus.EmptyDirMedium.MEMORY });

  expect(() => new InitStep(web, 'step', {
    image: 'tool:1',
    env,
    resources: { cpu: limits },
    timeout: undefined,
    reads: { '/config': any(plus.Volume.fromConfigMap(chart, 'volume', config)) },
    writes: { '/out': directory },
    files: { '/a': FileSource.fromConfigMap(config, 'key'), '/b': FileSource.fromSecret(imported, 'key') },
    waitsFor: [Endpoint.service(new plus.Service(chart, 'db', { ports: [{ port: 80 }] }))],
    endsWithin: Duration.minutes(1),
  })).not.toThrow();
});
