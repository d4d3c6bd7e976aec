import { ApiObject, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import { podSpecIn } from './pod-spec';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { FileSource, GenerateConfig, InitStep, SharedDirectory } from '../src';

const inChart = () => new Chart(Testing.app(), 'shop');

function vendors(): ApiObject {
  return new ApiObject(inChart(), 'web', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      template: { spec: { containers: [{ name: 'app' }], volumes: [{ name: 'tmp', emptyDir: {} }] } },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  });
}

function newer(): kplus33.StatefulSet {
  return new kplus33.StatefulSet(inChart(), 'web', {
    containers: [{ name: 'app', image: 'my-app:1.0' }],
    service: new kplus33.Service(new Chart(Testing.app(), 'services'), 'service', { ports: [{ port: 80 }] }),
    volumeClaimTemplates: [{
      name: 'data',
      storage: Size.gibibytes(1),
      accessModes: [kplus33.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    } as any],
  });
}

/** Of cdk8s-plus-28, which knows no claim templates. */
function patched(): kplus.StatefulSet {
  const containers = [{ name: 'app', image: 'my-app:1.0', portNumber: 80 }];
  const web = new kplus.StatefulSet(inChart(), 'web', { containers });
  ApiObject.of(web).addJsonPatch(JsonPatch.add('/spec/volumeClaimTemplates', [{ metadata: { name: 'data' } }]));
  return web;
}

test.each<[string, () => ApiObject | kplus.AbstractPod | kplus33.AbstractPod]>([
  ['a StatefulSet in YAML', vendors],
  ['a StatefulSet of a newer cdk8s-plus', newer],
  ['a StatefulSet of cdk8s-plus-28 with a patch', patched],
])('the claim template of %s is written, read and shown by its name', (_, make) => {
  const web = make();
  const data = SharedDirectory.fromVolumeName(web as any, 'data-files', 'data');
  const { file } = new GenerateConfig(web as any, 'conf', {
    template: FileSource.inline('x'), directory: data, fileName: 'conf/app.conf', path: '/app/app.conf',
  });
  const files = { '/in': FileSource.fromShared(file) };
  new InitStep(web as any, 'read', { command: ['true'], files, reads: { '/all': data } });
  data.mountAt('/data', { readOnly: false });

  const spec = podSpecIn(Testing.synth(Chart.of(web as any)).find(({ kind }) => kind === 'StatefulSet'));
  const { initContainers: [conf, read], containers: [app], volumes = [] } = spec;
  expect(conf.volumeMounts).toEqual([{ mountPath: '/out', name: 'data' }]);
  expect(read.volumeMounts).toEqual([
    { mountPath: '/all', name: 'data', readOnly: true },
    { mountPath: '/in', name: 'data', subPath: 'conf/app.conf', readOnly: true },
  ]);
  expect(app.volumeMounts).toEqual([
    { mountPath: '/app/app.conf', name: 'data', subPath: 'conf/app.conf', readOnly: true },
    { mountPath: '/data', name: 'data' },
  ]);
  expect(volumes.filter(({ name }: any) => name === 'data')).toEqual([]);
});

test('a volume of others is read before a step has written it: it may hold something already', () => {
  const web = vendors();
  const data = SharedDirectory.fromVolumeName(web, 'data-files', 'data');

  expect(() => new InitStep(web, 'read', { command: ['true'], reads: { '/in': data } })).not.toThrow();
});

test('a volume that the pod has is known by name in a workload of cdk8s-plus, too', () => {
  const web = deployment();
  web.addVolume(kplus.Volume.fromHostPath(web, 'own', 'srv', { path: '/srv' }));
  const srv = SharedDirectory.fromVolumeName(web, 'files', 'srv');
  srv.mountAt('/srv');
  new InitStep(web, 'write', { command: ['true'], writes: { '/out': srv } });

  const { volumes, containers, initContainers } = podSpecIn(Testing.synth(Chart.of(web))[0]);
  expect(volumes).toEqual([{ name: 'srv', hostPath: { path: '/srv', type: '' } }]);
  expect([...containers, ...initContainers].map(({ volumeMounts }) => volumeMounts[0].name)).toEqual(['srv', 'srv']);
});

testRefusals('SharedDirectory', [
  ['a name that no volume has', () => SharedDirectory.fromVolumeName(vendors(), 'files', 'date'),
    "SharedDirectory: 'volumeName' must be that of a volume of shop/web, got \"date\"; it has: tmp, data "
      + '[shop/web/files]'],
  ['a name where there is no volume', () => SharedDirectory.fromVolumeName(deployment(), 'files', 'data'),
    "SharedDirectory: 'volumeName' must be that of a volume of shop/web, got \"data\"; it has none yet "
      + '[shop/web/files]'],
  ['to give a volume that is only named', () => SharedDirectory.fromVolumeName(vendors(), 'files', 'data').asVolume(),
    "SharedDirectory: is volume 'data' of the pod, of which only the name is known; use mountAt [shop/web/files]"],
]);
