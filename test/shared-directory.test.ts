import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import { GenerateConfig, FileSource, SharedDirectory } from '../src';

const twoContainers = { containers: [{ name: 'app', image: 'my-app:1.0' }, { name: 'sidecar', image: 'sidecar:1.0' }] };

test('a whole directory is shown to the first container, read-only', () => {
  const web = deployment(twoContainers);
  new SharedDirectory(web, 'data').mountAt('/data');

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/data', name: 'data', readOnly: true }],
    undefined,
  ]);
});

test('or to those that are named, writable', () => {
  const web = deployment(twoContainers);
  new SharedDirectory(web, 'data').mountAt('/data', { containers: ['sidecar', 'app'], readOnly: false });

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/data', name: 'data' }],
    [{ mountPath: '/data', name: 'data' }],
  ]);
});

test('one file of it is shown in the same way', () => {
  const web = deployment(twoContainers);
  const file = new GenerateConfig(web, 'app-conf', { template: FileSource.inline('x') }).file;
  file.mountAt('/etc/app.conf');
  file.mountAt('/run/app.conf', { containers: ['sidecar'], readOnly: false });

  expect(podSpec(web).containers.map((container: any) => container.volumeMounts)).toEqual([
    [{ mountPath: '/etc/app.conf', name: 'app-conf-files', readOnly: true, subPath: 'app-conf' }],
    [{ mountPath: '/run/app.conf', name: 'app-conf-files', subPath: 'app-conf' }],
  ]);
});

test('containers mount it natively', () => {
  const web = deployment();
  web.containers[0].mount('/data', new SharedDirectory(web, 'data'));

  expect(podSpec(web).containers[0].volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }]);
});

test('it can be in memory and of another size', () => {
  const web = deployment();
  new SharedDirectory(web, 'secrets', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(1) }).mountAt('/secrets');

  expect(podSpec(web).volumes).toEqual([{ name: 'secrets', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }]);
});

test('two steps keep their files together, and the app sees each at its own path', () => {
  const web = deployment();
  const directory = new SharedDirectory(web, 'config');
  new GenerateConfig(web, 'one', { template: FileSource.inline('1'), directory, path: '/etc/one.conf' });
  const two = new GenerateConfig(web, 'two', { template: FileSource.inline('2'), directory });
  two.file.mountAt('/etc/two.conf');

  expect([two.file.directory, two.file.name]).toEqual([directory, 'two']);
  expect(podSpec(web).volumes.map((volume: any) => volume.name)).toEqual(['config']);
  expect(podSpec(web).containers[0].volumeMounts).toEqual([
    { mountPath: '/etc/one.conf', name: 'config', readOnly: true, subPath: 'one.conf' },
    { mountPath: '/etc/two.conf', name: 'config', readOnly: true, subPath: 'two' },
  ]);
});

test('one directory can be scratch space at several paths of the app', () => {
  const web = deployment();
  const scratch = new SharedDirectory(web, 'scratch');
  web.containers[0].mount('/run', scratch, { subPath: 'run' });
  web.containers[0].mount('/var/cache', scratch, { subPath: 'cache' });

  expect(() => Testing.synth(Chart.of(web))).not.toThrow();
});
