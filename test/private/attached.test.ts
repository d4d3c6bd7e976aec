import { FileSource, GenerateConfig, InitDefaults, InitStep, SharedDirectory } from '../../src';
import { Attached } from '../../src/private/values/attached';
import { deployment, podSpec } from '../workload';

/** An object as a copy of the library leaves it that keeps its records in another shape. */
function ofVersion<T extends object>(version: number, record: string, object: T): T {
  new Attached<object>(record, version).set(object, { unknown: 'shape' });
  return object;
}

test('two copies of the library share the record of an object', () => {
  const object = {};
  new Attached<string>('step', 1).set(object, 'known');

  expect([new Attached<string>('step', 1).of(object), Object.keys(object)]).toEqual(['known', []]);
});

test.each([0, 2])('a workload with a record of version %s is one without steps, and can have some', version => {
  const web = ofVersion(version, 'workload', deployment());
  const steps = InitStep.of(web);
  new InitStep(web, 'migrate', { command: ['true'], writes: { '/data': new SharedDirectory(web, 'data') } });

  expect([steps, InitStep.of(web).map(step => step.containerName)]).toEqual([[], ['migrate']]);
  expect(podSpec(web).volumes.map((volume: any) => volume.name)).toEqual(['data']);
});

test.each([0, 2])('a construct with the record of a step of version %s misses no defaults', version => {
  const web = ofVersion(version, 'step', deployment());

  expect(() => InitDefaults.set(web, {})).not.toThrow();
});

test('a file source of another version of the library is refused in words', () => {
  const template: FileSource = ofVersion(3, 'text', Object.create(FileSource.prototype));

  expect(() => new GenerateConfig(deployment(), 'generate', { template })).toThrow(new Error(
    "GenerateConfig: 'template' must be a FileSource, got an object of class FileSource; "
    + 'let all of the program use one version of cdk8s-init-containers [shop/web/generate]'));
});
