/** Which init containers `check` takes for steps of this library, which it knows to be right. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { manifestsOf } from '../../src/cli/manifests/manifest';
import { podsOf, type Container } from '../../src/cli/manifests/pods';

function initContainers(yaml: string): Container[] {
  return podsOf(manifestsOf('web.yaml', yaml)).pods.flatMap(pod => pod.initContainers);
}

function isOurs(container: object): boolean {
  const volumes = [{ name: 'programs', configMap: { name: 'programs' } }, { name: 'data', emptyDir: {} }];
  const spec = { initContainers: [{ name: 'init', ...container }], containers: [{ name: 'app' }], volumes };
  return initContainers(JSON.stringify({ kind: 'Pod', spec }))[0].isOurs;
}

const program = '# cdk8s-init-containers wait-for-service sha256:006fc9f64b\nsay() { :; }\n';
const env = [{ name: 'step_timeout', value: '60' }];

test('a program that begins as all of ours do is one of ours', () => {
  expect(isOurs({ command: ['sh', '-c', program] })).toBe(true);
});

test('a program of ours in a ConfigMap is one of ours', () => {
  const command = ['sh', '-c', '. /step/wait-for-service'];

  expect(isOurs({ command, volumeMounts: [{ name: 'programs', mountPath: '/step/wait-for-service' }] })).toBe(true);
  expect(isOurs({ command, volumeMounts: [{ name: 'data', mountPath: '/step/wait-for-service' }] })).toBe(false);
  expect(isOurs({ command })).toBe(false);
});

test('a variable that is called as ours are makes no step of ours', () => {
  expect(isOurs({ command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done'], env })).toBe(false);
  expect(isOurs({ env })).toBe(false);
});

test('a program that tells of ours is not one of ours', () => {
  expect(isOurs({ command: ['sh', '-c', `echo hello\n${program}`] })).toBe(false);
});

test.each(['gitops', 'every-step', 'quickstart'])('all steps of the example %s are ours', name => {
  const yaml = readFileSync(join(__dirname, `../golden/${name}.k8s.yaml`), 'utf8');
  const others = initContainers(yaml).filter(each => !each.isOurs && !each.isSidecar);

  expect(others.map(({ name: other, argv }) => [other, argv[0]?.text])).toEqual([]);
});
