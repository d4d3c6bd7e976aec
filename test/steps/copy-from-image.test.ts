import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CopyFromImage, IfPresent, InitStep, RunAs, SharedDirectory, type CopyFromImageProps } from '../../src';
import { copyFromImage } from '../../src/programs';
import { podSpecIn } from '../pod-spec';
import { deployment, podSpec } from '../workload';

const app = { image: 'my-app:1.0', securityContext: { user: 101, group: 102 } };

function copied(props: CopyFromImageProps, containers: kplus.ContainerProps[] = [app]): any {
  const web = deployment({ containers });
  new CopyFromImage(web, 'copy', props);
  return podSpec(web);
}

test('files of another image are handed to the app, as the user of that image, in a directory with room', () => {
  const { initContainers: [step], containers: [main], volumes } = copied({
    image: 'agent:2', files: { 'b': '/opt/b', '.': '/opt/all', 'a': '/opt/a' }, path: '/opt/agent',
  });

  expect(step).toMatchObject({
    image: 'agent:2',
    command: ['sh', '-c', copyFromImage({ keep: false }).text],
    args: ['copy', '.', '/opt/all', 'a', '/opt/a', 'b', '/opt/b'],
    env: [
      { name: 'step_folder', value: '/out' },
      { name: 'step_max_size', value: '262144' },
      { name: 'step_pod', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
    ],
    volumeMounts: [{ mountPath: '/out', name: 'copy-files' }],
  });
  expect(step.securityContext).not.toHaveProperty('runAsUser');
  expect(main.volumeMounts).toEqual([{ mountPath: '/opt/agent', name: 'copy-files', readOnly: true }]);
  expect(volumes).toEqual([{ name: 'copy-files', emptyDir: { sizeLimit: '512Mi' } }]);
});

test('files of the app\'s own image are copied as the app\'s user, and it may write what it sees', () => {
  const { initContainers: [step], containers: [main] } = copied({
    files: { '.': '/etc/nginx' }, path: '/etc/nginx', readOnly: false, maxSize: Size.mebibytes(10),
  });

  const { runAsUser, runAsGroup } = step.securityContext;
  expect([step.image, runAsUser, runAsGroup]).toEqual(['my-app:1.0', 101, 102]);
  expect(main.volumeMounts).toEqual([{ mountPath: '/etc/nginx', name: 'copy-files' }]);
});

test('a user for the files is the one that is given, whichever image they come from', () => {
  const runAs = RunAs.user(5, 6);
  const users = [{ image: 'agent:2' }, {}].map(props => {
    const { runAsUser, runAsGroup } = copied({ files: { a: '/a' }, runAs, ...props }).initContainers[0].securityContext;
    return [runAsUser, runAsGroup];
  });

  expect(users).toEqual([[5, 6], [5, 6]]);
});

test('a folder of a volume of others is filled, shown to the app, and kept where that is asked for', () => {
  const web = deployment({ containers: [app] });
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const directory = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim, { name: 'data' });
  const { directory: shared } = new CopyFromImage(web, 'copy', {
    files: { a: '/a' }, directory, folder: 'x/plugins', path: '/plugins', ifPresent: IfPresent.KEEP,
  });
  new InitStep(web, 'read', { command: ['true'], reads: { '/in': shared } });

  const { initContainers: [copy, read], containers: [main] } = podSpec(web);
  expect(copy.command[2]).toBe(copyFromImage({ keep: true }).text);
  expect(copy.env[0]).toEqual({ name: 'step_folder', value: '/out/x/plugins' });
  expect([copy, read, main].map(({ volumeMounts }) => volumeMounts)).toEqual([
    [{ mountPath: '/out', name: 'data' }],
    [{ mountPath: '/in', name: 'data', readOnly: true }],
    [{ mountPath: '/plugins', name: 'data', subPath: 'x/plugins', readOnly: true }],
  ]);
});

test('files of one directory are shown one by one', () => {
  const web = deployment({ containers: [app] });
  const { directory } = new CopyFromImage(web, 'copy', { image: 'agent:2', files: { 'agent.jar': '/a.jar' } });
  directory.file('agent.jar').mountAt('/opt/agent.jar');

  expect(podSpec(web).containers[0].volumeMounts)
    .toEqual([{ mountPath: '/opt/agent.jar', name: 'copy-files', subPath: 'agent.jar', readOnly: true }]);
});

test('two steps fill folders of one directory', () => {
  const web = deployment({ containers: [app] });
  const directory = new SharedDirectory(web, 'plugins', { sizeLimit: Size.gibibytes(1) });
  for (const name of ['one', 'two']) {
    new CopyFromImage(web, name, { image: `${name}:1`, files: { '.': '/plugin' }, directory, folder: name });
  }
  directory.mountAt('/plugins');

  expect(podSpec(web).initContainers.map(({ env }: any) => env[0].value)).toEqual(['/out/one', '/out/two']);
});

test('the containers of the app tell their image and user, of each kind of workload', () => {
  const web = deployment({ containers: [app, { name: 'sidecar', image: 'sidecar:1' }] });
  const yaml = new ApiObject(new Chart(Testing.app(), 'shop'), 'yaml', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: 'a', image: 'a:1', securityContext: { runAsUser: 7 } }] },
  });
  const told = [web, yaml].map(workload => InitStep.containersOf(workload)
    .map(({ name, image, runAs: { uid, gid } }) => [name, image, uid, gid]));

  expect(told).toEqual([
    [['main', 'my-app:1.0', 101, 102], ['sidecar', 'sidecar:1', undefined, undefined]],
    [['a', 'a:1', 7, undefined]],
  ]);
  new CopyFromImage(yaml, 'copy', { files: { a: '/a' } });
  expect(podSpecIn(yaml.toJson()).initContainers[0]).toMatchObject({ image: 'a:1', securityContext: { runAsUser: 7 } });
});
