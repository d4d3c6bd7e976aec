import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, InitStep, SharedDirectory } from '../../src';
import { testRefusals } from '../refusals';
import { deployment } from '../workload';

/** A Pod whose container `app` mounts a volume `own` at a path, as both stand in YAML. */
function pod(source: object = {}, mountPath = '/own', spec: object = {}): ApiObject {
  return new ApiObject(new Chart(Testing.app(), 'shop'), 'web', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      containers: [{ name: 'app', volumeMounts: [{ name: 'own', mountPath }] }],
      volumes: [{ name: 'own', ...source }],
      ...spec,
    },
  });
}

const configMap = { configMap: { name: 'app' } };
const url = 'http://config/app.json';
const download = (web: ApiObject, path: string) => new DownloadConfig(web, 'download', { url, path });
const mountIn = (web: ApiObject, path: string, readOnly = true) =>
  new SharedDirectory(web, 'files').mountAt(path, { readOnly });
const synthesized = (web: ApiObject) => () => Testing.synth(Chart.of(web));

const below = (path: string, outer: string) =>
  `'path' must not lie below a read-only mount in container 'app', got "${path}"; `
  + `volume 'own' is mounted at ${outer}, and no mount point can be made below a read-only mount`;

const aboveKubelet = (path: string, inner: string) =>
  `SharedDirectory: 'path' must not lie read-only above another mount in container 'app', got "${path}"; `
  + `the kubelet mounts ${inner}, and no mount point can be made below a read-only mount [shop/web/files]`;

describe.each(['/etc/app/', '//etc//app', '/etc/./app', 'etc/app'])('a mount at %s is one at /etc/app', written => {
  test('below which no file can be mounted', () => {
    expect(() => download(pod(configMap, written), '/etc/app/x.yml'))
      .toThrow(new Error(`DownloadConfig: ${below('/etc/app/x.yml', '/etc/app')} [shop/web/download]`));
  });

  test('where nothing else can be mounted', () => {
    expect(() => mountIn(pod({}, written), '/etc/app')).toThrow(new Error(
      "SharedDirectory: 'path' must be free in container 'app', got \"/etc/app\"; "
      + "volume 'own' is mounted at /etc/app [shop/web/files]"));
  });
});

test.each<[string, object]>([
  ['a ConfigMap', configMap],
  ['a Secret', { secret: { secretName: 'app' } }],
  ['a projected volume', { projected: { sources: [] } }],
  ['the downward API', { downwardAPI: { items: [] } }],
])('a folder can be mounted in %s, because the kubelet makes it there', (_, source) => {
  const web = pod(source, '/etc/app');
  mountIn(web, '/etc/app/conf.d');

  expect(synthesized(web)).not.toThrow();
});

test.each<[string, object]>([
  ['a claim that is read-only', { persistentVolumeClaim: { claimName: 'data', readOnly: true } }],
  ['a driver\'s volume that is read-only', { csi: { driver: 'x', readOnly: true } }],
  ['an NFS share that is read-only', { nfs: { server: 'x', path: '/', readOnly: true } }],
  ['an image', { image: { reference: 'data:1' } }],
])('nothing can be mounted in %s', (_, source) => {
  expect(() => mountIn(pod(source, '/data'), '/data/x'))
    .toThrow(new Error(`SharedDirectory: ${below('/data/x', '/data')} [shop/web/files]`));
});

test.each<[string, object]>([
  ['a claim', { persistentVolumeClaim: { claimName: 'data', readOnly: false } }],
  ['a folder of the node', { hostPath: { path: '/data' } }],
])('a folder and a file can be mounted in %s', (_, source) => {
  const web = pod(source, '/data');
  mountIn(web, '/data/x');
  download(web, '/data/y');

  expect(synthesized(web)).not.toThrow();
});

test.each([
  ['/etc', '/etc/hosts'],
  ['/dev', '/dev/termination-log'],
  ['/var', '/var/run/secrets/kubernetes.io/serviceaccount'],
  ['/var/run', '/var/run/secrets/kubernetes.io/serviceaccount'],
  ['/sys', '/sys/fs/cgroup'],
])('a directory at %s can be mounted writable only, because the kubelet mounts %s', (path, inner) => {
  const web = pod();
  mountIn(web, path, false);

  expect(synthesized(web)).not.toThrow();
  expect(() => mountIn(pod(), path)).toThrow(new Error(aboveKubelet(path, inner)));
});

test.each(['/proc', '/dev/termination-log'])('nothing can be mounted at %s', path => {
  expect(() => mountIn(pod(), path, false)).toThrow(new Error(
    `SharedDirectory: 'path' must be free in container 'app', got "${path}"; `
    + `the kubelet mounts ${path} [shop/web/files]`));
});

test.each(['/etc/hosts', '/dev/shm', '/var/run/secrets/kubernetes.io/serviceaccount'])(
  'a mount at %s takes the place of the kubelet\'s', path => {
    const web = pod();
    mountIn(web, path);

    expect(synthesized(web)).not.toThrow();
  });

test.each<[string, () => unknown]>([
  ['an object', () => mountIn(pod({}, '/own', { automountServiceAccountToken: false }), '/var')],
  ['a Deployment of cdk8s-plus', () => new SharedDirectory(deployment(), 'files').mountAt('/var')],
])('in %s that mounts no token, a directory can be mounted above its place', (_, mount) => {
  expect(mount).not.toThrow();
});

test('a token that is mounted only later is in the way of a directory, too', () => {
  const web = deployment();
  new SharedDirectory(web, 'files').mountAt('/var');
  ApiObject.of(web).addJsonPatch(
    JsonPatch.replace('/spec/template/spec/automountServiceAccountToken', true),
  );

  expect(() => Testing.synth(Chart.of(web))).toThrow(
    "mounts volume 'files' read-only at /var in container 'main', "
    + 'above /var/run/secrets/kubernetes.io/serviceaccount, which the kubelet mounts; mount it elsewhere');
});

const claim = (web: kplus.Deployment) => kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
const config = (web: kplus.Deployment) =>
  kplus.Volume.fromConfigMap(web, 'v', kplus.ConfigMap.fromConfigMapName(web, 'c', 'app'), { name: 'app' });

test('a step writes to a folder that it mounts in a ConfigMap', () => {
  const web = deployment();
  const writes = { '/etc/app/conf.d': new SharedDirectory(web, 'files') };
  new InitStep(web, 'step', { command: ['true'], reads: { '/etc/app': config(web) }, writes });

  expect(() => Testing.synth(Chart.of(web))).not.toThrow();
});

testRefusals('InitStep', [
  ['to read what would hide the hosts',
    () => new InitStep(deployment(), 'step', { command: ['true'], reads: { '/etc': config(deployment()) } }),
    "InitStep: 'reads' must not lie read-only above another mount, got \"/etc\"; "
      + 'the kubelet mounts /etc/hosts, and no mount point can be made below a read-only mount [shop/web/step]'],
  ['to read at the place of the processes',
    () => new InitStep(deployment(), 'step', { command: ['true'], reads: { '/proc': config(deployment()) } }),
    "InitStep: 'reads' must be free, got \"/proc\"; the kubelet mounts /proc [shop/web/step]"],
  ['to write among the processes',
    () => {
      const web = deployment();
      new InitStep(web, 'step', { command: ['true'], writes: { '/proc/x': new SharedDirectory(web, 'files') } });
    },
    "InitStep: 'writes' must not lie below a read-only mount, got \"/proc/x\"; "
      + 'the kubelet mounts /proc, and no mount point can be made below a read-only mount [shop/web/step]'],
  ['to write to a ConfigMap',
    () => {
      const web = deployment();
      new InitStep(web, 'step', { command: ['true'], writes: { '/etc/app': config(web) } });
    },
    "InitStep: 'writes' must hold storage that can be written, got volume 'app' at /etc/app; "
      + 'it is read-only, so that a step can only read it [shop/web/step]'],
  ['to write to a claim that is read-only',
    () => {
      const web = deployment();
      const data = kplus.Volume.fromPersistentVolumeClaim(web, 'v', claim(web), { name: 'd', readOnly: true });
      new InitStep(web, 'step', { command: ['true'], writes: { '/data': data } });
    },
    "InitStep: 'writes' must hold storage that can be written, got volume 'd' at /data; "
      + 'it is read-only, so that a step can only read it [shop/web/step]'],
]);
