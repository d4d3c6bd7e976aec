import { Chart, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { said, workloadIn } from './app';
import {
  CopyFiles, DownloadConfig, FileSource, FileTree, GenerateConfig, InitStep, RunAs, SharedDirectory,
  type CopyFilesProps, type FileStepProps,
} from '../../src';

type ContainerUser = kplus.ContainerSecurityContextProps;
const template = FileSource.inline('x');
const shop = () => new Chart(Testing.app(), 'shop');

/** A Deployment whose container runs as this user, in a pod with this security context. */
function web(user: ContainerUser = {}, pod: kplus.PodSecurityContextProps = {}): kplus.Deployment {
  const containers = [{ image: 'my-app:1.0', name: 'main', securityContext: user }];
  return new kplus.Deployment(shop(), 'web', { containers, securityContext: pod });
}

/** The same, with a file of this mode for the app. */
function shows(
  mode: number, user: ContainerUser = {}, pod: kplus.PodSecurityContextProps = {}, props: Partial<FileStepProps> = {},
): Chart {
  const deployment = web(user, pod);
  new GenerateConfig(deployment, 'conf', { template, path: '/app/app.conf', mode, ...props });
  return Chart.of(deployment);
}

/** The same, in an object with these security contexts. */
function inObject(mode: number, user: object, pod: object): Chart {
  const chart = shop();
  const containers = [{ name: 'main', image: 'my-app:1.0', securityContext: user }];
  const object = workloadIn(chart, 'Deployment', 'web', { podSpec: { containers, securityContext: pod } });
  new GenerateConfig(object, 'conf', { template, path: '/app/app.conf', mode });
  return chart;
}

const app = { user: 10001, group: 10001 };
const writes = (mode: string, reader = "container 'main' as user 10001") =>
  `warning [shop/web/conf] writes app.conf with mode ${mode} as user 65534, so that ${reader} may not read it; `;
const byUser = 'run the step as RunAs.user(10001, 10001), or ';
const byGroup = 'give the pod an fsGroup and the file the mode 0o640';

test.each<[string, Chart, string]>([
  ['its owner only, for an app of another user', shows(0o600, app), `${writes('0600')}${byUser}${byGroup}`],
  ['its owner only, in a pod of another user and with a group',
    shows(0o400, {}, { ...app, fsGroup: 2000 }, { runAs: RunAs.user(65534, 65534) }),
    `${writes('0400')}${byUser}give the file the mode 0o640`],
  ['its group, which is not that of the app', shows(0o640, app), `${writes('0640')}${byUser}${byGroup}`],
  ['the group of nobody, in which no image has its user', shows(0o640, { user: 10001 }),
    `${writes('0640')}run the step as RunAs.user(10001), or ${byGroup}`],
  ['its group, in an object whose app is in another one',
    inObject(0o640, { runAsUser: 10001, runAsGroup: 10001 }, { supplementalGroups: [3000] }),
    `${writes('0640')}${byUser}${byGroup}`],
])('there is a warning of a file that may be read by %s', (_, chart, text) => {
  expect(said(chart)).toEqual([text]);
});

test.each<[string, Chart]>([
  ['everybody may read', shows(0o644, app)],
  ['the app owns', shows(0o600, app, {}, { runAs: RunAs.user(10001) })],
  ['is of the group of the app', shows(0o640, app, {}, { runAs: RunAs.user(65534, 10001) })],
  ['is of the group of the pod', shows(0o640, app, { fsGroup: 2000 })],
  ['may be of a group that the image gives to its user',
    shows(0o640, { user: 10001 }, {}, { runAs: RunAs.user(1, 2) })],
  ['is of a group that all of the pod are in',
    inObject(0o640, { runAsUser: 10001, runAsGroup: 10001 }, { supplementalGroups: [65534] })],
  ['is written by whom the image says', shows(0o600, app, {}, { runAs: RunAs.inherited() })],
  ['is written by whom the pod says, as the app', shows(0o600, {}, app, { runAs: RunAs.inherited() })],
  ['is read by whom the image says', shows(0o600)],
  ['is read by user 0, who may read all', shows(0o600, { user: 0, ensureNonRoot: false })],
  ['no container sees', shows(0o600, app, {}, { path: undefined })],
])('there is no warning of a file that %s', (_, chart) => {
  expect(said(chart)).toEqual([]);
});

test('all who see a file and may not read it are named, also in its directory', () => {
  const deployment = web(app);
  deployment.addContainer({ image: 'log:1', name: 'log', securityContext: { user: 10002 } });
  deployment.addContainer({ image: 'own:1', name: 'own', securityContext: { user: 65534 } });
  const directory = new SharedDirectory(deployment, 'files');
  const { file } = new GenerateConfig(deployment, 'conf', { template, directory, fileName: 'app.conf', mode: 0o600 });
  new InitStep(deployment, 'check', { command: ['check'], files: { '/app.conf': FileSource.fromShared(file) } });
  new InitStep(deployment, 'other', {
    command: ['other'], reads: { '/in': directory }, runAs: RunAs.user(2000, 2000),
  });
  new InitStep(deployment, 'migrate', {
    command: ['migrate'], files: { '/app.conf': FileSource.fromShared(file) }, runAs: RunAs.user(3000, 3000),
  });
  directory.mountAt('/etc/app', { containers: ['main', 'own'] });
  file.mountAt('/etc/app.conf', { containers: ['log'] });

  const readers = "container 'migrate' as user 3000, container 'main' as user 10001 and container 'log' as user 10002";
  expect(said(Chart.of(deployment))).toEqual([
    `${writes('0600', readers)}run the step as RunAs.user(3000, 3000), or ${byGroup}`,
  ]);
});

test('who sees the folder that a file is in sees the file, and who sees another one does not', () => {
  const deployment = web(app);
  deployment.addContainer({ image: 'log:1', name: 'log', securityContext: { user: 10002 } });
  const directory = new SharedDirectory(deployment, 'files');
  new GenerateConfig(deployment, 'conf', { template, directory, fileName: 'conf.d/app.conf', mode: 0o600 });
  directory.file('conf.d').mountAt('/etc/conf.d');
  directory.file('conf').mountAt('/etc/conf', { containers: ['log'], readOnly: false });

  expect(said(Chart.of(deployment)).map(text => text.split(';')[0])).toEqual([
    'warning [shop/web/conf] writes conf.d/app.conf with mode 0600 as user 65534, '
      + "so that container 'main' as user 10001 may not read it",
  ]);
});

test('a program of one\'s own says which mode it gives its file', () => {
  const deployment = web(app);
  new InitStep(deployment, 'conf', {
    command: ['render'],
    outputFiles: {
      '/out/app.conf': { path: '/app/app.conf', mode: 0o600, maxSize: Size.mebibytes(1) },
      '/out/more.conf': { path: '/app/more.conf' },
    },
    runAs: RunAs.user(65534),
  });

  expect(said(Chart.of(deployment))).toEqual([`${writes('0600')}${byUser}${byGroup}`]);
});

test('the users are those behind the last JSON patch', () => {
  const chart = inObject(0o600, { runAsUser: 10001 }, {});
  const object = chart.node.findChild('web') as ReturnType<typeof workloadIn>;
  const user = '/spec/template/spec/containers/0/securityContext/runAsUser';
  object.addJsonPatch(JsonPatch.replace(user, 65534));

  expect(said(chart)).toEqual([]);
});

test('a download is told of, too', () => {
  const deployment = web(app);
  new DownloadConfig(deployment, 'conf', { url: 'http://config/app.conf', path: '/app/app.conf', mode: 0o600 });

  expect(said(Chart.of(deployment))).toEqual([`${writes('0600')}${byUser}${byGroup}`]);
});

const configMap = { name: 'defaults' } as kplus.IConfigMap;
const whole = FileTree.fromConfigMap(configMap);
const items = { a: { path: 'a' }, b: { path: 'b', mode: 0o400 } };

/** A step that copies files for an app of another user. */
function copies(props: Partial<CopyFilesProps>, user: ContainerUser = app): Chart {
  const deployment = web(user);
  new CopyFiles(deployment, 'copy', { sources: [whole], path: '/etc/app', ...props });
  return Chart.of(deployment);
}

const copied = (mode: string, reader = "container 'main' as user 10001", files = "directory 'copy-files'") =>
  `warning [shop/web/copy] writes files of ${files} with mode ${mode} as user 65534, so that ${reader} may not read `
  + `them; ${byUser}give the pod an fsGroup and the files the mode 0o640`;

test.each<[string, Chart, string]>([
  ['all keys of a ConfigMap', copies({ mode: 0o600 }), copied('0600')],
  ['one key of several', copies({ sources: [whole, FileTree.fromConfigMap(configMap, { items })] }), copied('0400')],
  ['a folder', copies({ mode: 0o640, folder: 'conf' }),
    copied('0640', undefined, 'conf')],
])('there is a warning of files in a folder that the app may not read, of %s', (_, chart, text) => {
  expect(said(chart)).toEqual([text]);
});

test('a later step that reads the folder of files that it may not read is warned of', () => {
  const deployment = web();
  const { directory } = new CopyFiles(deployment, 'copy', { sources: [whole], mode: 0o600 });
  new InitStep(deployment, 'check', {
    command: ['true'], reads: { '/in': directory }, runAs: RunAs.user(10001, 10001),
  });

  expect(said(Chart.of(deployment))).toEqual([copied('0600', "container 'check' as user 10001")]);
});

test.each<[string, Chart]>([
  ['everybody may read', copies({})],
  ['its own user reads', copies({ mode: 0o600, runAs: RunAs.user(10001) })],
  ['no app container sees', copies({ mode: 0o600, path: undefined })],
])('there is no warning of files in a folder that %s', (_, chart) => {
  expect(said(chart)).toEqual([]);
});
