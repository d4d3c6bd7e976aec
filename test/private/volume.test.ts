import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { InitStep } from '../../src';
import { podSpecIn } from '../pod-spec';
import { testRefusals } from '../refusals';
import { deployment, podSpec } from '../workload';

type MakeVolume = (scope: Construct) => kplus.Volume;

/** A StatefulSet as it stands in YAML, with these volumes and a claim template `logs`. */
function statefulSet(...volumes: object[]): ApiObject {
  return new ApiObject(new Chart(Testing.app(), 'shop'), 'web', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: {
      template: { spec: { containers: [{ name: 'app' }], volumes } },
      volumeClaimTemplates: [{ metadata: { name: 'logs' } }],
    },
  });
}

/** The pod spec of a workload with a step that reads a volume at /in. */
function withStep(web: ApiObject, make: MakeVolume): any {
  new InitStep(web, 'step', { command: ['true'], reads: { '/in': make(Chart.of(web)) } });
  return podSpecIn(Testing.synth(Chart.of(web))[0]);
}

const byName = (name: string): MakeVolume => scope =>
  kplus33.Volume.fromName(scope, `${name}-by-name`, name) as unknown as kplus.Volume;
const configMap: MakeVolume = scope =>
  kplus.Volume.fromConfigMap(scope, 'v', kplus.ConfigMap.fromConfigMapName(scope, 'c', 'app'), {
    name: 'data',
    items: { key: { path: 'key' } },
  });
const secret: MakeVolume = scope =>
  kplus.Volume.fromSecret(scope, 'v', kplus.Secret.fromSecretName(scope, 's', 'app'), { name: 'data' });
const claim: MakeVolume = scope =>
  kplus.Volume.fromPersistentVolumeClaim(
    scope,
    'v',
    kplus.PersistentVolumeClaim.fromClaimName(scope, 'c', 'reports'),
    { name: 'data' },
  );
const hostPath: MakeVolume = scope => kplus.Volume.fromHostPath(scope, 'v', 'data', { path: '/data' });
const emptyDir: MakeVolume = scope =>
  kplus.Volume.fromEmptyDir(scope, 'v', 'data', { sizeLimit: Size.gibibytes(1) });

test.each<[string, object, MakeVolume]>([
  ['a ConfigMap, its default mode written down',
    { configMap: { name: 'app', items: [{ key: 'key', path: 'key' }], defaultMode: 420 } },
    configMap],
  ['a Secret, its default mode written down', { secret: { secretName: 'app', defaultMode: 0o644 } }, secret],
  ['a claim that does not say that it is written', { persistentVolumeClaim: { claimName: 'reports' } }, claim],
  ['a folder of the node without a type', { hostPath: { path: '/data' } }, hostPath],
  ['an emptyDir of 1Gi', { emptyDir: { sizeLimit: '1Gi' } }, emptyDir],
  ['an emptyDir of as many bytes', { emptyDir: { sizeLimit: 1024 ** 3 } }, emptyDir],
  ['an emptyDir on the medium that is the default', { emptyDir: { sizeLimit: '1024Mi', medium: '' } }, emptyDir],
  ['a volume that is only named', { csi: { driver: 'x' } }, byName('data')],
])('a step mounts the volume that its pod has: %s', (_, source, make) => {
  const volumes = [{ name: 'data', ...source }];
  const spec = withStep(statefulSet(...volumes), make);

  expect(spec.volumes).toEqual(volumes);
  expect(spec.initContainers[0].volumeMounts).toEqual([{ mountPath: '/in', name: 'data', readOnly: true }]);
});

test('a step mounts a claim template of its StatefulSet by name', () => {
  const spec = withStep(statefulSet(), byName('logs'));

  expect([spec.volumes ?? [], spec.initContainers[0].volumeMounts[0].name]).toEqual([[], 'logs']);
});

test.each<[string, MakeVolume]>([
  ['by name', byName('data')],
  ['as one of the same content', hostPath],
])('a step of a cdk8s-plus workload mounts a volume that it has, %s', (_, make) => {
  const web = deployment();
  web.addVolume(kplus.Volume.fromHostPath(web, 'own', 'data', { path: '/data' }));
  new InitStep(web, 'step', { command: ['true'], reads: { '/in': make(web) } });

  expect(podSpec(web).volumes).toEqual([{ name: 'data', hostPath: { path: '/data', type: '' } }]);
});

const another = (volume: string) =>
  `Volume: 'name' must be free in shop/web, got "${volume}"; the pod has another volume of that name [shop/v]`;

testRefusals('InitStep', [
  ['a volume of another size',
    () => withStep(statefulSet({ name: 'data', emptyDir: { sizeLimit: '1G' } }), emptyDir),
    another('data')],
  ['a volume of another mode',
    () => withStep(statefulSet({ name: 'data', secret: { secretName: 'app', defaultMode: 0o400 } }), secret),
    another('data')],
  ['a volume of the name of a claim template',
    () => withStep(statefulSet(), scope => kplus.Volume.fromEmptyDir(scope, 'v', 'logs')),
    another('logs')],
  ['a volume by a name that the pod does not know',
    () => withStep(statefulSet({ name: 'data', emptyDir: {} }), byName('date')),
    "Volume: 'name' must be that of a volume of shop/web, got \"date\"; "
      + 'it has: data, logs [shop/date-by-name]'],
]);
