import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import { GenerateConfig, FileSource, InitStep, SharedDirectory } from '../src';

const twoContainers = { containers: [{ name: 'app', image: 'my-app:1.0' }, { name: 'sidecar', image: 'sidecar:1.0' }] };

test('a shared directory is mounted into the first container, read-only', () => {
  const web = deployment(twoContainers);
  new SharedDirectory(web, 'data').mountAt('/data');

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/data', name: 'data', readOnly: true }],
    undefined,
  ]);
});

test('a shared directory is mounted into the containers that are named, writable if asked', () => {
  const web = deployment(twoContainers);
  new SharedDirectory(web, 'data').mountAt('/data', {
    containers: ['sidecar', 'app'],
    readOnly: false,
  });

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/data', name: 'data' }],
    [{ mountPath: '/data', name: 'data' }],
  ]);
});

test('one file of a shared directory is mounted into the first container or into those that are named', () => {
  const web = deployment(twoContainers);
  const file = new GenerateConfig(web, 'app-conf', { template: FileSource.inline('x') }).file;
  file.mountAt('/etc/app.conf');
  file.mountAt('/run/app.conf', { containers: ['sidecar'], readOnly: false });

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/etc/app.conf', name: 'app-conf-files', readOnly: true, subPath: 'app-conf' }],
    [{ mountPath: '/run/app.conf', name: 'app-conf-files', subPath: 'app-conf' }],
  ]);
});

test('a container of cdk8s-plus mounts a shared directory as it mounts any volume', () => {
  const web = deployment();
  web.containers[0].mount('/data', new SharedDirectory(web, 'data'));

  expect(podSpec(web).containers[0].volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }]);
});

test('a shared directory can be in memory and of another size', () => {
  const web = deployment();
  const props = { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(1) };
  new SharedDirectory(web, 'secrets', props).mountAt('/secrets');

  expect(podSpec(web).volumes).toEqual([{ name: 'secrets', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }]);
});

test('two steps write to one shared directory, and the app sees each file at its own path', () => {
  const web = deployment();
  const directory = new SharedDirectory(web, 'config');
  new GenerateConfig(web, 'one', {
    template: FileSource.inline('1'),
    directory,
    path: '/etc/one.conf',
  });
  const two = new GenerateConfig(web, 'two', {
    template: FileSource.inline('2'),
    directory,
  });
  two.file.mountAt('/etc/two.conf');

  expect([two.file.directory, two.file.name]).toEqual([directory, 'two']);
  expect(podSpec(web).volumes.map((volume: any) => volume.name)).toEqual(['config']);
  expect(podSpec(web).containers[0].volumeMounts).toEqual([
    { mountPath: '/etc/one.conf', name: 'config', readOnly: true, subPath: 'one.conf' },
    { mountPath: '/etc/two.conf', name: 'config', readOnly: true, subPath: 'two' },
  ]);
});

test('one shared directory can be scratch space at several paths of the app', () => {
  const web = deployment();
  const scratch = new SharedDirectory(web, 'scratch');
  web.containers[0].mount('/run', scratch, { subPath: 'run' });
  web.containers[0].mount('/var/cache', scratch, { subPath: 'cache' });

  expect(() => Testing.synth(Chart.of(web))).not.toThrow();
});

test('a directory of another workload that a container mounts natively is refused, where there are steps', () => {
  const web = deployment();
  new InitStep(web, 'first', { command: ['true'] });
  const api = new kplus.Deployment(Chart.of(web), 'api', { containers: [{ image: 'my-api:1.0' }] });
  web.containers[0].mount('/data', new SharedDirectory(api, 'data'));

  expect(() => Testing.synth(Chart.of(web))).toThrow(
    "[shop/web] mounts directory 'data' of shop/api in container 'main', but "
    + 'an emptyDir is seen by the containers of its own pod only; give it a directory of its own');
});
