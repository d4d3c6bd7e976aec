import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { said } from './app';
import { CopyFromImage, FileSource, GenerateConfig, InitStep, RunAs, type FileStepProps } from '../../src';

const template = FileSource.inline('x');
const app = { user: 10001, group: 10001 };

function web(user: kplus.ContainerSecurityContextProps, pod: kplus.PodSecurityContextProps = {}): kplus.Deployment {
  const containers = [{ image: 'my-app:1.0', name: 'main', securityContext: user }];
  return new kplus.Deployment(new Chart(Testing.app(), 'shop'), 'web', { containers, securityContext: pod });
}

/** The findings about a file that the app may change. */
function seeded(props: Partial<FileStepProps>, ...shape: Parameters<typeof web>): string[] {
  const deployment = web(...shape);
  new GenerateConfig(deployment, 'seed', { template, path: '/app/app.conf', readOnly: false, ...props });
  return said(Chart.of(deployment));
}

/** The findings about a folder that the app may change. */
function copied(runAs: RunAs | undefined, ...shape: Parameters<typeof web>): string[] {
  const deployment = web(...shape);
  new CopyFromImage(deployment, 'seed', { files: { '.': '/app' }, path: '/app', readOnly: false, runAs });
  return said(Chart.of(deployment));
}

const lets = (what: string) =>
  `warning [shop/web/seed] lets container 'main' as user 10001 change ${what}, but it belongs to user 65534; `
    + 'run the step as RunAs.user(10001, 10001)';
const byGroup = ', or give the pod an fsGroup and the file the mode 0o660';

test.each<[string, string[], string]>([
  ['a file', seeded({}, app), `${lets('app.conf')}${byGroup}`],
  ['a file of the group of the pod', seeded({}, app, { fsGroup: 2000 }), `${lets('app.conf')}${byGroup}`],
  ['a folder', copied(RunAs.user(65534), app), lets('/app')],
])('there is a warning of %s that the app is to change and that is not its own', (_, findings, text) => {
  expect(findings).toEqual([text]);
});

test('what the app may not even read is told of once', () => {
  expect(seeded({ mode: 0o600 }, app).map(text => text.split(',')[0])).toEqual([
    'warning [shop/web/seed] writes app.conf with mode 0600 as user 65534',
  ]);
});

test.each<[string, string[]]>([
  ['the app owns', seeded({ runAs: RunAs.user(10001) }, app)],
  ['the group of the pod may write', seeded({ mode: 0o660 }, app, { fsGroup: 2000 })],
  ['all may write', seeded({ mode: 0o666 }, app)],
  ['the app only reads', seeded({ readOnly: true }, app)],
  ['somebody of the image writes', seeded({ runAs: RunAs.inherited() }, app)],
  ['somebody of the image changes', seeded({}, {})],
  ['is a folder of the app', copied(undefined, app)],
  ['is a folder of the group of the pod', copied(RunAs.user(65534), app, { fsGroup: 2000 })],
])('there is none of what %s', (_, findings) => {
  expect(findings).toEqual([]);
});

test('a program of one\'s own is told of, too', () => {
  const deployment = web(app);
  new InitStep(deployment, 'seed', {
    command: ['seed'], outputFiles: { '/out/app.conf': { path: '/app/app.conf', readOnly: false } },
  });

  expect(said(Chart.of(deployment))).toEqual([lets('app.conf')]);
});
