import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GenerateConfig, SharedDirectory } from '../../src';
import { podSpecIn } from '../pod-spec';

const containers = [{ name: 'app', image: 'my-app:1.0' }];
const inChart = () => new Chart(Testing.app(), 'shop');

/** An object of any kind, as it stands in YAML. */
function plain(podSpec: object, spec: object = {}): ApiObject {
  return new ApiObject(inChart(), 'web', {
    apiVersion: 'example.com/v1',
    kind: 'Cluster',
    spec: { template: { spec: { containers, ...podSpec } }, ...spec },
  });
}

/** What a program patches before its steps. */
function patched(web: ApiObject, ...patches: JsonPatch[]): ApiObject {
  web.addJsonPatch(...patches);
  return web;
}

const typed = () => new kplus.k8s.KubeDeployment(inChart(), 'web', {
  spec: { selector: {}, template: { spec: { containers } } },
});
const spec = '/spec/template/spec';
const nothing = [
  JsonPatch.add(`${spec}/initContainers`, null),
  JsonPatch.add(`${spec}/volumes`, null),
  JsonPatch.add(`${spec}/containers/0/volumeMounts`, null),
];
const nulls = { initContainers: null, volumes: null, securityContext: null, os: null, nodeSelector: null };
const container = { ...containers[0], volumeMounts: null, resources: null };

test.each<[string, () => ApiObject]>([
  ['null in its YAML', () => plain({ ...nulls, containers: [container] })],
  ['null by a patch', () => patched(plain({}), ...nothing)],
  ['null by a patch of an object that maps it', () => patched(typed(), ...nothing.slice(2))],
  ['a map of claim templates', () => plain({}, { volumeClaimTemplates: { data: { storage: '1Gi' } } })],
  ['claim templates without metadata', () => plain({}, { volumeClaimTemplates: [{ name: 'data' }, null] })],
  ['one claim template in a text', () => plain({}, { volumeClaimTemplates: 'data' })],
])('steps join a pod that has %s', (_, make) => {
  const web = make();
  const directory = new SharedDirectory(web, 'data');
  new GenerateConfig(web, 'generate', {
    template: FileSource.inline('x'), directory, path: '/app.conf',
  });

  const pod = podSpecIn(Testing.synth(Chart.of(web))[0]);
  expect([...pod.initContainers, ...pod.volumes].map(({ name }) => name)).toEqual(['generate', 'data']);
  expect(pod.containers[0].volumeMounts)
    .toEqual([{ mountPath: '/app.conf', name: 'data', readOnly: true, subPath: 'app.conf' }]);
});
