import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CopyFiles, FileSource, FileTree, GenerateConfig, IfPresent, InitStep, SharedDirectory, StartupGraph,
  type CopyFilesProps,
} from '../../src';
import { copyFiles } from '../../src/programs';
import { deployment, podSpec } from '../workload';

const configMap = { name: 'defaults' } as kplus.IConfigMap;
const secret = { name: 'keys' } as kplus.ISecret;
const fromSecret = kplus.EnvValue.fromSecretValue({ secret, key: 'password' });

function copied(props: CopyFilesProps): any {
  const web = deployment();
  new CopyFiles(web, 'copy', props);
  return podSpec(web);
}

function warningsOf(props: CopyFilesProps): string[] {
  const web = deployment();
  new CopyFiles(web, 'copy', props);
  return StartupGraph.of(web.node.root as never).findings().map(({ message }) => message);
}

test('a whole ConfigMap and keys of a Secret are mounted in the step, and what it writes in the app', () => {
  const { initContainers: [step], containers: [main], volumes } = copied({
    sources: [
      FileTree.fromConfigMap(configMap),
      FileTree.fromSecret(secret, { items: { tls: { path: 'tls.key', mode: 0o600 } }, folder: 'tls', optional: true }),
    ],
    path: '/etc/app',
    mode: 0o640,
  });

  expect(step).toMatchObject({
    command: ['sh', '-c', copyFiles({ keep: false }).text],
    args: [
      'copy',
      'folder', '/in/source-1', '', '0640',
      'optional', '/in/source-2/tls', 'tls/tls.key', '0600',
    ],
    env: [
      { name: 'step_folder', value: '/out' },
      { name: 'step_max_size', value: '2048' },
      { name: 'step_pod', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
    ],
    volumeMounts: [
      { mountPath: '/out', name: 'copy-files' },
      { mountPath: '/in/source-1', name: 'copy-source-1', readOnly: true },
      { mountPath: '/in/source-2', name: 'copy-source-2', readOnly: true },
    ],
  });
  expect(main.volumeMounts).toEqual([{ mountPath: '/etc/app', name: 'copy-files', readOnly: true }]);
  expect(volumes).toEqual([
    { name: 'copy-files', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    { name: 'copy-source-1', configMap: { name: 'defaults' } },
    { name: 'copy-source-2', secret: { secretName: 'keys', items: [{ key: 'tls', path: 'tls' }], optional: true } },
  ]);
});

test('texts are arguments, and those that are not known at synth are mounted', () => {
  const { initContainers: [step], volumes } = copied({
    sources: [
      FileTree.fromTexts({
        'b.conf': FileSource.inline('$(HOME) $x'),
        'a/c': FileSource.fromConfigMap(configMap, 'c'),
      }),
      FileTree.fromTexts({ d: FileSource.inline('d') }),
    ],
  });

  expect(step.args).toEqual([
    'copy',
    'file', '/in/text-1', 'a/c', '0644',
    'text', '$$(HOME) $x', 'b.conf', '0644',
    'text', 'd', 'd', '0644',
  ]);
  expect(volumes.map(({ name }: { name: string }) => name)).toEqual(['copy-files', 'copy-text-1']);
});

test('variables are replaced by a program that can', () => {
  const { initContainers: [step], volumes } = copied({
    sources: [
      FileTree.fromTexts({ a: FileSource.inline('${A|json}'), b: FileSource.fromConfigMap(configMap, 'b') }),
    ],
    variables: { A: kplus.EnvValue.fromValue('1') },
    keepUndeclared: true,
    ifPresent: IfPresent.KEEP,
  });

  expect(step.command[2])
    .toBe(copyFiles({ keep: true, expand: { encodings: true, keepUndeclared: true } }).text);
  expect(step.args).toEqual(['copy', 'text', '${A|json}', 'a', '0644', 'template', '/in/text-1', 'b', '0644']);
  expect(step.env.slice(3)).toEqual([{ name: 'step_variables', value: 'A' }, { name: 'var_A', value: '1' }]);
  expect(volumes[0]).toEqual({ name: 'copy-files', emptyDir: { sizeLimit: '64Mi' } });
});

test.each<[string, string, string, string[]]>([
  ['in which one more $ says that ${NAME} is meant', '$${PORT}', '$$${PORT}', []],
  ['that leaves what nobody declared, with a warning', '${PORT}', '${PORT}',
    [expect.stringContaining('leaves ${PORT} in a.conf, because no such variable is declared')]],
])('without variables a text is a template, too, %s', (_, text, argument, warnings) => {
  const sources = [
    FileTree.fromTexts({ 'a.conf': FileSource.inline(text), 'b': FileSource.fromConfigMap(configMap, 'b') }),
  ];
  const { initContainers: [step] } = copied({ sources });

  expect(step.command[2])
    .toBe(copyFiles({ keep: false, expand: { encodings: false, keepUndeclared: false } }).text);
  expect(step.args).toEqual(['copy', 'text', argument, 'a.conf', '0644', 'file', '/in/text-1', 'b', '0644']);
  expect(step.env.slice(3)).toEqual([{ name: 'step_variables', value: ' ' }]);
  expect(warningsOf({ sources })).toEqual(warnings);
});

test('a later step and the app find the files where the directory is', () => {
  const web = deployment();
  const directory = new SharedDirectory(web, 'config');
  const step = new CopyFiles(web, 'copy', {
    sources: [FileTree.fromConfigMap(configMap)], directory, folder: 'conf.d', path: '/etc/conf.d',
  });
  new InitStep(web, 'check', { command: ['true'], reads: { '/in': step.directory } });
  new GenerateConfig(web, 'more', { template: FileSource.inline('x'), directory, path: '/etc/more.conf' });

  const { initContainers, containers: [main] } = podSpec(web);
  expect(initContainers[0].env[0]).toEqual({ name: 'step_folder', value: '/out/conf.d' });
  expect(initContainers[1].volumeMounts).toEqual([{ mountPath: '/in', name: 'config', readOnly: true }]);
  expect(main.volumeMounts).toEqual([
    { mountPath: '/etc/conf.d', name: 'config', readOnly: true, subPath: 'conf.d' },
    { mountPath: '/etc/more.conf', name: 'config', readOnly: true, subPath: 'more.conf' },
  ]);
});

test('a secret among the variables keeps the files in memory, too', () => {
  const { volumes } = copied({
    sources: [FileTree.fromTexts({ a: FileSource.inline('${A}') })], variables: { A: fromSecret },
  });

  expect(volumes).toEqual([{ name: 'copy-files', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }]);
});

test('secrets in a directory on disk that any user may read are warned of', () => {
  const web = deployment();
  new CopyFiles(web, 'copy', {
    sources: [FileTree.fromSecret(secret), FileTree.fromTexts({ a: FileSource.inline('${A}') })],
    variables: { A: fromSecret },
    directory: new SharedDirectory(web, 'files'),
  });

  expect(StartupGraph.of(web.node.root as never).findings().map(({ message }) => message)).toEqual([
    'writes Secret keys into files of mode 0644, which any user in the pod may read',
    'writes A of a Secret into files of mode 0644, which any user in the pod may read',
  ].map(message => expect.stringContaining(message)));
});

test('what is seldom meant in a text is warned of with its file', () => {
  expect(warningsOf({
    sources: [FileTree.fromTexts({ 'a.conf': FileSource.inline('${HOST} ${PORT}') })],
    variables: { HOST: kplus.EnvValue.fromValue('db') },
  })).toEqual([
    expect.stringContaining('leaves ${PORT} in a.conf, because no such variable is declared'),
  ]);
});

test('what is seldom meant in the known part of a text is warned of, where variables are replaced in it', () => {
  const text = FileSource.concat([FileSource.inline('${HOST} ${PORT}'), FileSource.fromConfigMap(configMap, 'a')]);
  const sources = [FileTree.fromTexts({ 'a.conf': text })];

  expect(warningsOf({ sources, variables: { HOST: kplus.EnvValue.fromValue('db') } })).toEqual([
    expect.stringContaining('leaves ${PORT} in a.conf, because no such variable is declared'),
  ]);
  expect(warningsOf({ sources })).toEqual([]);
});

test('maxSize bounds what is in memory and the room of its directory', () => {
  const { volumes } = copied({ sources: [FileTree.fromSecret(secret)], maxSize: Size.mebibytes(40) });

  expect(volumes[0]).toEqual({ name: 'copy-files', emptyDir: { medium: 'Memory', sizeLimit: '80Mi' } });
});
