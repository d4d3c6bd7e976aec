import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Duration, Include, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { NO_WORKLOAD, testAcceptance, testRefusals } from './refusals';
import { deployment } from './workload';
import { Endpoint, InitDefaults, InitStep, SharedDirectory } from '../src';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inChart = () => new Chart(Testing.app(), 'shop');

/** An Include of a file with one object, named `web`. */
function include(kind: string, podSpec: object): Include {
  const file = join(folder, `${kind}.yaml`);
  const spec = { template: { spec: podSpec } };
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: 'web' }, spec }));
  return new Include(inChart(), 'files', { url: file });
}

/** A Pod as it stands in YAML. */
function plainPod(volumes?: object[]): ApiObject {
  const spec = { containers: [{ name: 'app' }], volumes };
  return new ApiObject(inChart(), 'web', { apiVersion: 'v1', kind: 'Pod', spec });
}

/** A class as a bundler leaves it, of which jsii has noted the name. */
function minified<T extends object>(original: T): object {
  const rtti = Symbol.for('jsii.rtti');
  return Object.assign(class e {}, { [rtti]: (original as any)[rtti] });
}

testRefusals('InitStep', [
  ['all capabilities',
    () => new InitStep(deployment(), 'own', { command: ['true'], capabilities: [kplus.Capability.ALL] }),
    "InitStep: 'capabilities' must name the capabilities that the program needs, got \"ALL\" [shop/web/own]"],
  ['an id that is no container name',
    () => new InitStep(deployment(), 'Wait_For_DB', { command: ['true'] }),
    'InitStep: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), got "Wait_For_DB"; did you mean wait-for-db? [shop/web/Wait_For_DB]'],
  ['an id in the manner of classes',
    () => new InitStep(deployment(), 'WaitForHTTPServer2', { command: ['true'] }),
    'InitStep: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), got "WaitForHTTPServer2"; did you mean wait-for-http-server2? '
      + '[shop/web/WaitForHTTPServer2]'],
  ['an id of nothing that a name could be made of',
    () => new InitStep(deployment(), '_', { command: ['true'] }),
    'InitStep: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), got "_" [shop/web/_]'],
  ['an id that is no text',
    () => new InitStep(deployment(), 5 as any, { command: ['true'] }),
    "InitStep: 'id' must be a text, got 5 [shop/web]"],
  ['an id that is too long',
    () => new InitStep(deployment(), 'x'.repeat(64), { command: ['true'] }),
    'InitStep: \'id\' must be a DNS label (lower-case letters, digits and "-", '
      + 'at most 63 characters), '
      + 'got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" '
      + '[shop/web/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]'],
  ['an id that is the name of an app container',
    () => new InitStep(deployment(), 'main', { command: ['true'] }),
    "InitStep: 'id' must be free in shop/web, "
      + 'got "main"; the pod has a container of that name [shop/web/main]'],
  ['the id of another step',
    () => {
      const web = deployment();
      new InitStep(web, 'wait', { command: ['true'] });
      new InitStep(new Construct(web, 'database'), 'wait', { command: ['true'] });
    },
    "InitStep: 'id' must be free in shop/web, "
      + 'got "wait"; the pod has a container of that name [shop/web/database/wait]'],
  ["a timeout with a fraction of a second, for a program of one's own",
    () => new InitStep(deployment(), 'migrate', {
      command: ['migrate'],
      timeout: Duration.millis(1500),
    }),
    "InitStep: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 1.5 s [shop/web/migrate]'],
  ['a limit of its own that is half a second',
    () => new InitStep(deployment(), 'migrate', { command: ['true'], endsWithin: Duration.millis(500) }),
    "InitStep: 'endsWithin' must be between one second and one day, in whole seconds, "
      + 'got 0.5 s [shop/web/migrate]'],
  ['a step that waits and takes no time',
    () => new InitStep(deployment(), 'ask', {
      command: ['ask'],
      waitsFor: [Endpoint.tcp('db', 5432)],
      endsWithin: Duration.seconds(0),
    }),
    "InitStep: 'endsWithin' must be more than no time for a step that waits for something, got 0 s; "
      + 'name the longest that it waits, or leave it out [shop/web/ask]'],
  ['a limit of its own beside that of the library',
    () => {
      const limit = Duration.minutes(1);
      new InitStep(deployment(), 'migrate', { command: ['x'], timeout: limit, endsWithin: limit });
    },
    'InitStep: has both timeout and endsWithin; timeout is enough: the library keeps it [shop/web/migrate]'],
  ['a timeout without a command',
    () => new InitStep(deployment(), 'migrate', {
      image: 'migrate:1',
      timeout: Duration.minutes(1),
    }),
    "InitStep: 'timeout' must come with a command, got 1 minute; "
      + "the image's own program is not known at synth, so nothing can stop it [shop/web/migrate]"],
  ['a directory of another workload to write to',
    () => {
      const files = new SharedDirectory(deployment(), 'files');
      new InitStep(deployment(), 'migrate', { command: ['true'], writes: { '/out': files } });
    },
    "InitStep: 'writes' must belong to shop/web, got directory 'files' of shop/web; "
      + 'an emptyDir is seen by the containers of its own pod only [shop/web/migrate]'],
  ['a relative path in a step',
    () => {
      const web = deployment();
      new InitStep(web, 'migrate', { command: ['true'], writes: { out: new SharedDirectory(web, 'files') } });
    },
    "InitStep: 'writes' must be an absolute path, "
      + 'got "out" [shop/web/migrate]'],
  ['nothing to run',
    () => new InitStep(deployment(), 'migrate', { env: { A: kplus.EnvValue.fromValue('x') } }),
    'InitStep: has neither image nor command, so it would do nothing; '
      + "write command: ['sh', '-c', '...'] [shop/web/migrate]"],
  ['a command without a word',
    () => new InitStep(deployment(), 'migrate', { command: [] }),
    "InitStep: 'command' must hold a program, got none; "
      + "leave it out for the image's own [shop/web/migrate]"],
  ['one path both to read and to write',
    () => {
      const web = deployment();
      const files = new SharedDirectory(web, 'files');
      new InitStep(web, 'migrate', { command: ['true'], reads: { '/a': files }, writes: { '/a': files } });
    },
    "InitStep: 'reads' must name other paths than writes, "
      + 'got "/a" [shop/web/migrate]'],
  ['a path below one that is only read',
    () => {
      const web = deployment();
      const [a, b] = [kplus.Volume.fromEmptyDir(web, 'v', 'v'), new SharedDirectory(web, 'b')];
      new InitStep(web, 'migrate', { command: ['true'], reads: { '/a': a }, writes: { '/a/b': b } });
    },
    "InitStep: 'reads' must leave no path of the step below /a, because it is read-only, "
      + 'got "/a/b" [shop/web/migrate]'],
  ['a directory that no earlier step writes',
    () => {
      const web = deployment();
      new InitStep(web, 'read', { command: ['true'], reads: { '/in': new SharedDirectory(web, 'files') } });
    },
    "InitStep: reads directory 'files', but no earlier step writes it; "
      + 'create the step that writes it first [shop/web/read]'],
  ['an image with a space',
    () => new InitStep(deployment(), 'tool', { image: 'my tool' }),
    "InitStep: 'image' must be an image reference without spaces, "
      + 'got "my tool" [shop/web/tool]'],
  ['an object without a pod template',
    () => {
      const config = new ApiObject(inChart(), 'config', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
      });
      new InitStep(config, 'step', { command: ['true'] });
    },
    `InitStep: ${NO_WORKLOAD}, `
      + "got ApiObject 'shop/config'; write new InitStep(deployment, ...) [shop/config/step]"],
  ['an Include as scope',
    () => new InitStep(include('Deployment', { containers: [] }), 'step', { command: ['true'] }),
    `InitStep: ${NO_WORKLOAD}, got Include 'shop/files'; `
      + 'name one of its objects: .apiObjects.find('
      + "each => each.kind === 'Deployment' && each.name === 'web') [shop/files/step]"],
  ['an Include without workloads as scope',
    () => new InitStep(include('ConfigMap', {}), 'step', { command: ['true'] }),
    `InitStep: ${NO_WORKLOAD}, `
      + "got Include 'shop/files'; none of its objects has a pod template [shop/files/step]"],
  ['a List as scope',
    () => {
      const items = [{ kind: 'Pod', spec: { containers: [] } }];
      const list = new ApiObject(inChart(), 'all', { apiVersion: 'v1', kind: 'List', items });
      new InitStep(list, 'step', { command: ['true'] });
    },
    `InitStep: ${NO_WORKLOAD}, got ApiObject 'shop/all'; `
      + 'make an ApiObject of each of its items, and name the one with the pod template [shop/all/step]'],
  ['a construct that holds workloads, none of them as its default child',
    () => {
      const platform = new Construct(inChart(), 'platform');
      const props = { containers: [{ image: 'x' }] };
      ['web', 'api', 'worker', 'cron'].forEach(id => new kplus.Deployment(platform, id, props));
      new InitStep(platform, 'step', { command: ['true'] });
    },
    `InitStep: ${NO_WORKLOAD}, got Construct 'shop/platform'; name a workload below it: `
      + 'shop/platform/web, shop/platform/api, shop/platform/worker [shop/platform/step]'],
  ['a scope whose class has a short name only',
    () => {
      const config = new kplus.ConfigMap(inChart(), 'config');
      Object.defineProperty(config, 'constructor', { value: minified(kplus.ConfigMap) });
      new InitStep(config, 'step', { command: ['true'] });
    },
    `InitStep: ${NO_WORKLOAD}, got ConfigMap 'shop/config'; write new InitStep(deployment, ...) [shop/config/step]`],
  ['to list the steps of a chart',
    () => InitStep.of(inChart()),
    `InitStep: ${NO_WORKLOAD}, got Chart 'shop'; write new InitStep(deployment, ...) [shop]`],
  ['a workload that cannot be rendered',
    () => new InitStep(new kplus.Service(inChart(), 'db', {}), 'step', { command: ['true'] }),
    'Service: cannot be read yet (A service must be configured with a port); '
      + 'complete it before its first step [shop/db/Resource]'],
  ['a volume of the name of another, in an object',
    () => {
      const web = plainPod([{ name: 'data', hostPath: { path: '/' } }]);
      const data = kplus.Volume.fromEmptyDir(web, 'v', 'data');
      new InitStep(web, 'step', { command: ['true'], writes: { '/data': data } });
    },
    "Volume: 'name' must be free in shop/web, "
      + 'got "data"; the pod has another volume of that name [shop/web/v]'],
  ['two volumes of one name, in a step of an object',
    () => {
      const web = plainPod();
      const a = kplus.Volume.fromHostPath(web, 'a', 'data', { path: '/a' });
      const b = kplus.Volume.fromHostPath(web, 'b', 'data', { path: '/b' });
      new InitStep(web, 'step', { command: ['true'], writes: { '/a': a, '/b': b } });
    },
    "Volume: 'name' must be free in shop/web, "
      + 'got "data"; the pod has another volume of that name [shop/web/b]'],
  ['a variable that dash would lose on the way to a program with a time limit',
    () => new InitStep(deployment(), 'step', {
      command: ['true'],
      timeout: Duration.minutes(1),
      env: { 'spring.datasource.url': kplus.EnvValue.fromValue('x') },
    }),
    "InitStep: 'env' must have names of letters, digits and _ when there is a timeout, "
      + 'got "spring.datasource.url"; '
      + 'the shell that keeps the time may not pass on others, so leave timeout out [shop/web/step]'],
]);

testAcceptance('InitStep', [
  ['arguments alone, which the shell image runs', () => new InitStep(deployment(), 'step', { args: ['true'] })],
  ["nothing to run where the shell image is one of the user's own", () => {
    const web = deployment();
    InitDefaults.set(web, { shellImage: 'company/tools:1' });
    new InitStep(web, 'step', {});
  }],
]);
