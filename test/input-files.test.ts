import { createHash } from 'crypto';
import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podSpecIn } from './pod-spec';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { workloadKinds } from './workload-kinds';
import { FileSource, GenerateConfig, InitStep, SharedDirectory } from '../src';

const image = 'python:3.12';
const script = '#!/usr/bin/env python\nprint("hello")\n';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const text = FileSource.inline('x');

function synthesized(files: { [path: string]: FileSource }): any[] {
  const web = deployment();
  new InitStep(web, 'render', { image, files });
  return Testing.synth(Chart.of(web));
}

test('a text that is known at synth is in a ConfigMap that is called by its hash, and a script can be run', () => {
  const [web, configMap] = synthesized({ '/scripts/Render It.py': FileSource.inline(script) });

  const name = `render-it-py-${hashOf(script)}`;
  const { initContainers: [step], volumes } = podSpecIn(web);
  expect(step.volumeMounts).toEqual([
    { mountPath: '/scripts/Render It.py', name, subPath: 'Render-It.py', readOnly: true },
  ]);
  expect(volumes).toEqual([{ name, configMap: { name, defaultMode: 0o555 } }]);
  expect(configMap).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
    immutable: true,
    data: { 'Render-It.py': script },
  });
});

test('a text that is no script has the mode that Kubernetes gives', () => {
  const [web] = synthesized({ '/in/text': text });

  const name = `text-${hashOf('x')}`;
  expect(podSpecIn(web).volumes).toEqual([{ name, configMap: { name } }]);
});

test('keys of ConfigMaps and Secrets are mounted alone, each from a volume of its own', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const configMap = kplus.ConfigMap.fromConfigMapName(chart, 'texts', 'texts');
  const secret = kplus.Secret.fromSecretName(chart, 'keys', 'keys');
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image }] });
  new InitStep(web, 'render', {
    image,
    files: {
      '/in/app.conf': FileSource.fromConfigMap(configMap, 'conf'),
      '/in/keys/app.conf': FileSource.fromSecret(secret, 'key'),
    },
  });

  const { initContainers: [step], volumes } = podSpecIn(Testing.synth(chart)[0]);
  expect(step.volumeMounts).toEqual([
    { mountPath: '/in/app.conf', name: 'render-app-conf', subPath: 'conf', readOnly: true },
    { mountPath: '/in/keys/app.conf', name: 'render-app-conf-2', subPath: 'key', readOnly: true },
  ]);
  expect(volumes).toEqual([
    { name: 'render-app-conf', configMap: { name: 'texts', items: [{ key: 'conf', path: 'conf' }] } },
    { name: 'render-app-conf-2', secret: { secretName: 'keys', items: [{ key: 'key', path: 'key' }] } },
  ]);
});

test('a file that an earlier step writes is mounted alone', () => {
  const web = deployment();
  const { file } = new GenerateConfig(web, 'first', { template: text, fileName: 'app.conf' });
  new InitStep(web, 'render', { image, files: { '/in/a': FileSource.fromShared(file) } });

  const [, step] = podSpecIn(Testing.synth(Chart.of(web))[0]).initContainers;
  expect(step.volumeMounts).toEqual([
    { mountPath: '/in/a', name: 'first-files', subPath: 'app.conf', readOnly: true },
  ]);
});

test('steps that read the same text share its ConfigMap and its volume', () => {
  const web = deployment();
  new InitStep(web, 'one', { image, files: { '/in/text': text } });
  new InitStep(web, 'two', { image, files: { '/other/text': FileSource.inline('x') } });

  const [manifest, ...configMaps] = Testing.synth(Chart.of(web));
  const name = `text-${hashOf('x')}`;
  expect(configMaps.map(({ metadata }) => metadata.name)).toEqual([name]);
  expect(podSpecIn(manifest).volumes).toEqual([{ name, configMap: { name } }]);
});

test.each(workloadKinds)('%s takes a step with files', (_, make) => {
  const chart = new Chart(Testing.app(), 'shop');
  new InitStep(make(chart), 'render', { image, files: { '/in/text': text } });

  const spec = Testing.synth(chart).map(manifest => JSON.stringify(manifest)).join();
  expect(spec).toContain(`"configMap":{"name":"text-${hashOf('x')}"}`);
  expect(spec).toContain('"mountPath":"/in/text"');
});

test('a key that may be missing is mounted with the folder that its file is in', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const secret = kplus.Secret.fromSecretName(chart, 'keys', 'keys');
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image }] });
  new InitStep(web, 'render', {
    image, files: { '/in/keys/app.key': FileSource.fromSecret(secret, 'key', { optional: true }) },
  });

  const { initContainers: [step], volumes } = podSpecIn(Testing.synth(chart)[0]);
  expect(step.volumeMounts).toEqual([{ mountPath: '/in/keys', name: 'render-app-key', readOnly: true }]);
  expect(volumes).toEqual([{
    name: 'render-app-key',
    secret: { secretName: 'keys', optional: true, items: [{ key: 'key', path: 'app.key' }] },
  }]);
});

const optional = FileSource.fromConfigMap({ name: 'texts' } as kplus.IConfigMap, 'key', { optional: true });

testRefusals('InitStep', [
  ['texts that somebody must put together',
    () => new InitStep(deployment(), 'render', { image, files: { '/in/a': FileSource.concat([text, optional]) } }),
    "InitStep: 'files' must hold texts that are one file each, got inline text, key key of ConfigMap texts; "
      + 'write them by a CopyFiles, and read its file [shop/web/render]'],
  ['an optional text that is in no folder',
    () => new InitStep(deployment(), 'render', { image, files: { '/a': optional } }),
    "InitStep: 'files' must have texts that are optional in folders, which are mounted in their place, "
      + 'got "/a"; write /in/a [shop/web/render]'],
  ['two optional texts in one folder',
    () => new InitStep(deployment(), 'render', { image, files: { '/in/a': optional, '/in/b': optional } }),
    "InitStep: 'files' must name other paths than files, got \"/in\" [shop/web/render]"],
  ['a path of a file that is not absolute',
    () => new InitStep(deployment(), 'render', { image, files: { 'in/text': text } }),
    "InitStep: 'files' must be an absolute path, got \"in/text\" [shop/web/render]"],
  ['a file in a folder that it writes',
    () => {
      const web = deployment();
      const writes = { '/out': new SharedDirectory(web, 'out') };
      new InitStep(web, 'render', { image, writes, files: { '/out/a': text } });
    },
    "InitStep: 'files' must lie outside of /out, where an empty file would stay in what the step writes, "
      + 'got "/out/a" [shop/web/render]'],
  ['a file below another',
    () => new InitStep(deployment(), 'render', { image, files: { '/in': text, '/in/a': text } }),
    "InitStep: 'files' must leave no path of the step below /in, because it is a file, "
      + 'got "/in/a" [shop/web/render]'],
  ['a file where it writes',
    () => {
      const web = deployment();
      new InitStep(web, 'render', { image, writes: { '/a': new SharedDirectory(web, 'out') }, files: { '/a': text } });
    },
    "InitStep: 'files' must name other paths than writes, got \"/a\" [shop/web/render]"],
  ['a shared file that no earlier step writes',
    () => {
      const web = deployment();
      const file = new SharedDirectory(web, 'out').file('a');
      new InitStep(web, 'render', { image, files: { '/in/a': FileSource.fromShared(file) } });
    },
    "InitStep: reads a of directory 'out', but no earlier step writes it; create the step that writes it first "
      + '[shop/web/render]'],
]);
