import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { InitStep } from '../../src';
import { patchesOf, toKube, withFields } from '../../src/private/pod/cdk8s-internals';
import { workloadKinds, synthesizedPodSpec, cdk8sPlusVersions } from '../workload-kinds';

const moved = (library: string, what: string, path = '') =>
  new Error(`cdk8s-init-containers: this version of ${library} keeps ${what} elsewhere; report it${path}`);

/** An object as a version of its library would have it that calls one of its members differently. */
const without = <T extends object>(object: T, member: string): T =>
  Object.create(object, { [member]: { value: undefined } });

test('the JSON patches of an object are those that were added, in order', () => {
  const object = new ApiObject(new Chart(Testing.app(), 'shop'), 'web', { apiVersion: 'v1', kind: 'Pod' });
  const patches = [JsonPatch.add('/a', 1), JsonPatch.add('/b', 2)];
  patches.forEach(patch => object.addJsonPatch(patch));

  expect(patchesOf(object)).toEqual(patches);
});

test('a version of cdk8s that keeps its JSON patches elsewhere is refused by name', () => {
  const object = new ApiObject(new Chart(Testing.app(), 'shop'), 'web', { apiVersion: 'v1', kind: 'Pod' });

  expect(() => patchesOf(without(object, 'patches'))).toThrow(moved('cdk8s', 'its JSON patches', ' [shop/web]'));
});

test('a version of cdk8s-plus that writes its containers otherwise is refused by name', () => {
  const container = without(new kplus.Container({ image: 'x' }), '_toKube');
  const refusal = moved('cdk8s-plus', 'the manifests of containers and volumes');

  expect(() => toKube(container)).toThrow(refusal);
  expect(() => withFields(container, { tty: true })).toThrow(refusal);
});

test.each(cdk8sPlusVersions)('a field that cdk8s-plus-%s does not model is in one container only', (_, plus) => {
  const { Container, Volume } = plus;
  const chart = new Chart(Testing.app(), 'shop');
  const container = new Container({ name: 'one', image: 'x' });
  withFields(container, { terminationMessagePolicy: 'FallbackToLogsOnError' });
  container.mount('/data', Volume.fromEmptyDir(chart, 'data', 'data'));

  const written = [container, new Container({ image: 'x' })].map(each => toKube(each) as any);

  expect(written.map(each => each.terminationMessagePolicy)).toEqual(['FallbackToLogsOnError', undefined]);
  expect(written.map(each => each.volumeMounts?.length)).toEqual([1, undefined]);
});

test.each(workloadKinds)('in %s the end of its log says why a step failed that says nothing else', (_, make) => {
  const pod = synthesizedPodSpec(make, workload => new InitStep(workload, 'migrate', { command: ['true'] }));

  const all: any[] = [...pod.initContainers, ...pod.containers];

  expect(all.map(({ name, terminationMessagePolicy }) => [name, terminationMessagePolicy]))
    .toEqual([['migrate', 'FallbackToLogsOnError'], ['app', undefined], ['sidecar', undefined]]);
});
