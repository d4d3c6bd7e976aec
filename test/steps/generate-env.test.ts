import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { FileSource, GenerateEnv, InitDefaults, InitStep, SharedDirectory, StartupGraph } from '../../src';
import { podSpecIn } from '../pod-spec';
import { deployment, podSpec } from '../workload';
import { synthesizedPodSpec, workloadKinds } from '../workload-kinds';

const secret = { name: 'credentials' } as kplus.ISecret;
const PASSWORD = kplus.EnvValue.fromSecretValue({ secret, key: 'password' });
const templates = { DATABASE_URL: 'postgres://shop:${PASSWORD|url}@db/shop' };

/** A variable that the kubelet reads in the file of a step. */
const read = (name: string, volumeName = 'urls-files', path = 'app.env') =>
  ({ name, valueFrom: { fileKeyRef: { volumeName, path, key: name } } });

function promised<T extends Construct>(workload: T): T {
  InitDefaults.set(workload, { kubernetesVersion: '1.35' });
  return workload;
}

const generate = (web: Construct, containers?: string[]) =>
  new GenerateEnv(promised(web), 'urls', { templates, variables: { PASSWORD }, containers });

test('a step gets its templates and variables, and the app the results, from a directory in memory', () => {
  const web = deployment();
  generate(web);

  const { initContainers: [{ args, env, volumeMounts }], containers: [main], volumes } = podSpec(web);
  expect(args).toEqual(['urls', 'DATABASE_URL', templates.DATABASE_URL]);
  expect(env).toEqual([
    { name: 'step_destination', value: '/out/app.env' },
    { name: 'step_mode', value: '0600' },
    { name: 'step_variables', value: 'PASSWORD' },
    { name: 'var_PASSWORD', valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } } },
  ]);
  expect(volumeMounts).toEqual([{ mountPath: '/out', name: 'urls-files' }]);
  expect(volumes).toEqual([{ name: 'urls-files', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }]);
  expect({ env: main.env, volumeMounts: main.volumeMounts })
    .toEqual({ env: [read('DATABASE_URL')], volumeMounts: undefined });
});

test('what is not secret is kept on the disk, and several variables are in the order of their names', () => {
  const web = promised(deployment());
  const variables = { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) };
  new GenerateEnv(web, 'urls', { templates: { NODE_NAME: 'a@${POD}', A: 'b $${X} $X' }, variables });

  const { initContainers: [{ args }], containers: [{ env }], volumes } = podSpec(web);
  expect(args).toEqual(['urls', 'A', 'b $$${X} $X', 'NODE_NAME', 'a@${POD}']);
  expect(env).toEqual([read('A'), read('NODE_NAME')]);
  expect(volumes).toEqual([{ name: 'urls-files', emptyDir: { sizeLimit: '64Mi' } }]);
});

test.each(workloadKinds)('%s takes variables of a file, beside those that its containers have', (_, make) => {
  const { containers: [app, sidecar], initContainers } = synthesizedPodSpec(make, web => {
    generate(web, ['app', 'sidecar']);
    new GenerateEnv(web, 'more', { templates: { A: 'a' }, variables: {} });
  });

  expect(initContainers.map(({ name }: any) => name)).toEqual(['urls', 'more']);
  expect([app.env, sidecar.env]).toEqual([
    [read('DATABASE_URL'), read('A', 'more-files')], [read('DATABASE_URL')],
  ]);
});

test.each(workloadKinds)('a step that is like a container of %s gets its variables of a file, too', (_, make) => {
  const { initContainers } = synthesizedPodSpec(make, web => {
    generate(web, ['app']);
    new InitStep(web, 'migrate', { command: ['migrate'], likeContainer: 'app' });
  });

  expect(initContainers[1].env).toEqual([read('DATABASE_URL')]);
});

test('variables that the app has stay, and so does what is patched later', () => {
  const web = deployment({
    containers: [{ image: 'my-app:1.0', envVariables: { A: kplus.EnvValue.fromValue('a') } }],
  });
  generate(web);
  ApiObject.of(web).addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0/env/-', { name: 'B', value: 'b' }),
  );

  expect(podSpec(web).containers[0].env)
    .toEqual([{ name: 'A', value: 'a' }, read('DATABASE_URL'), { name: 'B', value: 'b' }]);
});

test.each<[string, (web: kplus.Deployment) => void]>([
  ['another value', web => web.containers[0].env.addVariable('DATABASE_URL', kplus.EnvValue.fromValue('mine'))],
  ['a patch of it', web => ApiObject.of(web).addJsonPatch(JsonPatch.replace(
    '/spec/template/spec/containers/0/env/0', { name: 'DATABASE_URL', value: 'mine' },
  ))],
  ['a patch of the list', web => ApiObject.of(web).addJsonPatch(JsonPatch.replace(
    '/spec/template/spec/containers/0/env', [],
  ))],
])('%s that would take the variable away is refused', (_, change) => {
  const web = promised(deployment());
  generate(web);
  change(web);

  expect(() => Testing.synth(Chart.of(web))).toThrow(
    "[shop/web] has lost variable DATABASE_URL of step 'urls' in container 'main'; "
      + 'leave the name to the step, and add to the list, do not replace it',
  );
});

test('rendering twice gives the same YAML', () => {
  const web = deployment();
  generate(web);

  expect(podSpec(web)).toEqual(podSpec(web));
});

test('nothing is found about a step whose variables only the kubelet reads', () => {
  const web = deployment();
  generate(web);

  expect(StartupGraph.of(web).findings()).toEqual([]);
});

test('a step of one\'s own can give variables of its file, too', () => {
  const web = promised(deployment());
  const directory = new SharedDirectory(web, 'shared');
  new InitStep(web, 'own', {
    image: 'tool:1',
    files: { '/in/a': FileSource.inline('a') },
    outputFiles: { '/out/conf/all.env': { directory, fileName: 'conf/all.env', exportKeys: ['ONE', 'TWO'] } },
  });

  expect(podSpecIn(Testing.synth(Chart.of(web))[0]).containers[0].env)
    .toEqual(['ONE', 'TWO'].map(name => read(name, 'shared', 'conf/all.env')));
});
