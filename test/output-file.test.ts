import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podSpecIn } from './pod-spec';
import { testRefusals } from './refusals';
import { deployment, podSpec } from './workload';
import { workloadKinds } from './workload-kinds';
import { FileSource, InitStep, SharedDirectory, type InitStepProps } from '../src';

const image = 'python:3.12';

function render(outputFiles: InitStepProps['outputFiles'], others: Partial<InitStepProps> = {}): kplus.Deployment {
  const web = deployment();
  new InitStep(web, 'render', { image, outputFiles, ...others });
  return web;
}

test('a file that a step writes is shown to the app from a directory of the step\'s own', () => {
  const { initContainers: [step], containers: [app], volumes } = podSpec(
    render({ '/work/app.conf': { path: '/app/app.conf', maxSize: Size.mebibytes(50) } }),
  );

  expect(step.volumeMounts).toEqual([{ mountPath: '/work', name: 'render-files' }]);
  expect(app.volumeMounts).toEqual([
    { mountPath: '/app/app.conf', name: 'render-files', subPath: 'app.conf', readOnly: true },
  ]);
  expect(volumes).toEqual([{ name: 'render-files', emptyDir: { sizeLimit: '100Mi' } }]);
});

test('files of several folders share the directory of the step, and later steps can read them', () => {
  const web = deployment();
  const first = new InitStep(web, 'first', { image, outputFiles: { '/a/one': {}, '/b/two': {} } });
  const file = FileSource.fromShared(first.outputFiles['/b/two']);
  new InitStep(web, 'second', { image, files: { '/in/two': file } });

  const { initContainers: [one, two], volumes } = podSpec(web);
  expect(one.volumeMounts).toEqual([
    { mountPath: '/a', name: 'first-files' },
    { mountPath: '/b', name: 'first-files' },
  ]);
  expect(two.volumeMounts).toEqual([
    { mountPath: '/in/two', name: 'first-files', subPath: 'two', readOnly: true },
  ]);
  expect(volumes).toEqual([{ name: 'first-files', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('a directory that the step writes anyway may hold the file', () => {
  const web = deployment();
  const directory = new SharedDirectory(web, 'out');
  new InitStep(web, 'render', {
    image, writes: { '/work': directory }, outputFiles: { '/work/a': { directory, path: '/app/a' } },
  });

  expect(podSpec(web).initContainers[0].volumeMounts).toEqual([{ mountPath: '/work', name: 'out' }]);
});

test.each(workloadKinds)('%s takes a step that writes a file for it', (_, make) => {
  const chart = new Chart(Testing.app(), 'shop');
  new InitStep(make(chart), 'render', { image, outputFiles: { '/work/a': { path: '/app/a' } } });

  const manifests = JSON.stringify(Testing.synth(chart));
  expect(manifests).toContain('"mountPath":"/app/a"');
  expect(manifests).toContain('"mountPath":"/work"');
});

testRefusals('InitStep', [
  ['an output file that lies in no folder', () => render({ '/a': {} }),
    "InitStep: 'outputFiles' must be absolute paths of files in a folder, got \"/a\" [shop/web/render]"],
  ['an output file in a folder with a relative path', () => render({ 'work/a': {} }),
    "InitStep: 'outputFiles' must be absolute paths of files in a folder, got \"work/a\" [shop/web/render]"],
  ['an output file without a name', () => render({ '/work/': {} }),
    "InitStep: 'outputFiles' must be absolute paths of files in a folder, got \"/work/\" [shop/web/render]"],
  ['an output file in a folder that is another one', () => render({ '/a/x': {}, '/a/x/y': {} }),
    "InitStep: 'outputFiles' must not lie above each other, got \"/a/x\" [shop/web/render]"],
  ['a mode of an output file in decimal', () => render({ '/work/a': { mode: 600 } }),
    "InitStep: 'mode' must be file permissions of at most 0o777, got 0o1130 (600); did you mean 0o600? "
      + '[shop/web/render]'],
  ['containers of an output file without a path', () => render({ '/work/a': { containers: ['main'] } }),
    "InitStep: 'containers' must come with a path, got main; path is where they see the file [shop/web/render]"],
  ['two output files at one path of the app',
    () => render({ '/work/a': { path: '/app/a' }, '/work/b': { path: '/app/a' } }),
    "InitStep: 'path' must be another one, and not below it, for each of the outputFiles, got \"/app/a\" "
      + '[shop/web/render]'],
  ['an output file of the app below another',
    () => render({ '/work/a': { path: '/app/a' }, '/work/b': { path: '/app/a/b' } }),
    "InitStep: 'path' must be another one, and not below it, for each of the outputFiles, got \"/app/a/b\" "
      + '[shop/web/render]'],
  ['two output files of one name in one directory', () => render({ '/a/x': {}, '/b/x': {} }),
    "InitStep: 'outputFiles' must have names of their own, because those without a directory share one, "
      + 'got "/b/x" [shop/web/render]'],
  ['a folder with output files in two directories',
    () => {
      const web = deployment();
      const directory = new SharedDirectory(web, 'out');
      new InitStep(web, 'render', { image, outputFiles: { '/work/a': {}, '/work/b': { directory } } });
    },
    "InitStep: 'outputFiles' must have one directory for each folder, got \"/work\" [shop/web/render]"],
  ['an output file in a folder that is another directory',
    () => {
      const web = deployment();
      const writes = { '/work': new SharedDirectory(web, 'out') };
      new InitStep(web, 'render', { image, writes, outputFiles: { '/work/a': {} } });
    },
    "InitStep: 'outputFiles' must name other paths than writes, got \"/work\" [shop/web/render]"],
]);

test('a step that is refused leaves no directory behind', () => {
  const web = deployment();
  const refused = () =>
    new InitStep(web, 'render', { image: 'two words', outputFiles: { '/work/a': {} } });

  expect(refused).toThrow("'image' must be");
  expect(web.node.findAll().map(({ node }) => node.id)).not.toContain('render-files');
  expect(podSpecIn(Testing.synth(Chart.of(web))[0]).volumes).toBeUndefined();
});

test('a file can lie in a folder of its directory, where the program sees it too', () => {
  const { initContainers: [step], containers: [app] } = podSpec(
    render({ '/work/conf.d/app.conf': { path: '/app/app.conf', fileName: 'conf.d/app.conf' } }),
  );

  expect(step.volumeMounts).toEqual([{ mountPath: '/work', name: 'render-files' }]);
  expect(app.volumeMounts).toEqual([
    { mountPath: '/app/app.conf', name: 'render-files', subPath: 'conf.d/app.conf', readOnly: true },
  ]);
});

test.each<[string, object, object]>([
  ['in the directory', ['/work/a.conf', {}], {}],
  ['in a folder of it', ['/work/conf.d/a.conf', { fileName: 'conf.d/a.conf' }], { subPath: 'conf.d' }],
])('the app sees the folder of a file that it may write, %s', (_, [path, options]: any, expected) => {
  const { containers: [app] } = podSpec(
    render({ [path]: { ...options, path: '/app/conf/a.conf', readOnly: false } }),
  );

  expect(app.volumeMounts).toEqual([{ mountPath: '/app/conf', name: 'render-files', ...expected }]);
});

test('a volume of others takes the file, and has no limit that the library knows', () => {
  const web = deployment();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const directory = kplus.Volume.fromPersistentVolumeClaim(web, 'volume', claim, { name: 'data' });
  const step = new InitStep(web, 'render', {
    image, outputFiles: { '/work/a': { directory, path: '/app/a', maxSize: Size.gibibytes(5) } },
  });
  new InitStep(web, 'read', { image, files: { '/in/a': FileSource.fromShared(step.outputFiles['/work/a']) } });

  const { initContainers: [one, two], containers: [app], volumes } = podSpec(web);
  expect([one, two, app].map(({ volumeMounts }) => volumeMounts)).toEqual([
    [{ mountPath: '/work', name: 'data' }],
    [{ mountPath: '/in/a', name: 'data', subPath: 'a', readOnly: true }],
    [{ mountPath: '/app/a', name: 'data', subPath: 'a', readOnly: true }],
  ]);
  expect(volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: false } }]);
});

testRefusals('InitStep', [
  ['a file name that is not the end of the path', () => render({ '/work/a/b': { fileName: 'c/b' } }),
    "InitStep: 'fileName' must be the end of /work/a/b, and not all of it, got \"c/b\" [shop/web/render]"],
  ['a file that the app may write under another name',
    () => render({ '/work/a': { path: '/app/b', readOnly: false } }),
    "InitStep: 'path' must end in a, because the app sees the folder that the file is in, got \"/app/b\"; "
      + 'give it that name, or let the app only read [shop/web/render]'],
  ['a file that the app may write in the root', () => render({ '/work/a': { path: '/a', readOnly: false } }),
    "InitStep: 'path' must lie in a folder, because the app sees the folder that the file is in, got \"/a\" "
      + '[shop/web/render]'],
  ['a file that nobody sees and may write', () => render({ '/work/a': { readOnly: false } }),
    "InitStep: 'readOnly' must come with a path, got false; path is where they see the file [shop/web/render]"],
  ['a file that another step writes to the same volume',
    () => {
      const web = deployment();
      const volume = () => kplus.Volume.fromHostPath(web, `v${Math.random()}`, 'data', { path: '/srv' });
      new InitStep(web, 'first', { image, outputFiles: { '/work/a': { directory: volume() } } });
      new InitStep(web, 'render', { image, outputFiles: { '/work/a': { directory: volume() } } });
    },
    "InitStep: writes a to directory 'data', as step 'first' does; give one of the files another name "
      + '[shop/web/render]'],
]);
