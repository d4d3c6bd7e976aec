import * as kplus from 'cdk8s-plus-28';
import { FileSource, GenerateConfig } from '../../src';
import { generateConfig } from '../../src/programs';
import { deployment, podSpec } from '../workload';

test('a generated file has its template and its variables in the environment', () => {
  const web = deployment();
  new GenerateConfig(web, 'nginx-conf', {
    template: FileSource.inline('listen ${PORT:-80}; # $host $(date) ${PATH}'),
    variables: { PORT: kplus.EnvValue.fromValue('$(PORT)'), PATH: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP) },
    path: '/etc/nginx/nginx.conf',
    containers: ['main'],
  });

  const { initContainers: [container], containers: [app] } = podSpec(web);
  expect(container.image).toContain('library/busybox:');
  expect(container.command).toEqual(['sh', '-c', generateConfig('text', true)]);
  expect(container.args).toEqual(['nginx-conf']);
  expect(container.env).toEqual([
    { name: 'step_destination', value: '/out/nginx.conf' },
    { name: 'step_mode', value: '0644' },
    { name: 'step_template', value: 'listen ${PORT:-80}; # $host $$(date) ${PATH}' },
    { name: 'step_variables', value: 'PATH PORT' },
    { name: 'var_PATH', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'var_PORT', value: '$$(PORT)' },
  ]);
  expect(app.volumeMounts).toEqual([{ mountPath: '/etc/nginx/nginx.conf', name: 'nginx-conf-files', readOnly: true, subPath: 'nginx.conf' }]);
});

test.each<[string, (web: kplus.Deployment) => FileSource, string, object]>([
  ['a ConfigMap', web => FileSource.fromConfigMap(kplus.ConfigMap.fromConfigMapName(web, 'c', 'templates'), 'web.tmpl'),
    'key web.tmpl of ConfigMap templates', { configMap: { name: 'templates', items: [{ key: 'web.tmpl', path: 'web.tmpl' }] } }],
  ['a Secret', web => FileSource.fromSecret(kplus.Secret.fromSecretName(web, 's', 'templates'), 'web.tmpl'),
    'key web.tmpl of Secret templates', { secret: { secretName: 'templates', items: [{ key: 'web.tmpl', path: 'web.tmpl' }] } }],
])('a template from %s is mounted, and its variables cannot be checked', (_, source, description, volume) => {
  const web = deployment();
  const template = source(web);
  new GenerateConfig(web, 'conf', { template, variables: { ANY: kplus.EnvValue.fromValue('x') } });

  const { initContainers: [container], volumes } = podSpec(web);
  expect(template.description).toBe(description);
  expect(container.env).toContainEqual({ name: 'step_template_file', value: '/in/template/web.tmpl' });
  expect(container.volumeMounts).toEqual([
    { mountPath: '/out', name: 'conf-files' },
    { mountPath: '/in/template', name: 'conf-template', readOnly: true },
  ]);
  expect(volumes).toContainEqual({ name: 'conf-template', ...volume });
});

test('a template can be a file that an earlier step writes', () => {
  const web = deployment();
  const first = new GenerateConfig(web, 'first', { template: FileSource.fromFile(`${__dirname}/../../examples/upstream.conf`) });
  const template = FileSource.fromShared(first.file);
  new GenerateConfig(web, 'second', { template });

  expect(template.description).toBe('first in first-files');
  expect(podSpec(web).initContainers[1].env).toContainEqual({ name: 'step_template_file', value: '/in/template/first' });
  expect(podSpec(web).initContainers[1].volumeMounts).toEqual([
    { mountPath: '/out', name: 'second-files' },
    { mountPath: '/in/template', name: 'first-files', readOnly: true },
  ]);
});

test('a variable inside another expression counts as used', () => {
  const template = FileSource.inline('${other:-${A}}');

  expect(() => new GenerateConfig(deployment(), 'conf', { template, variables: { A: kplus.EnvValue.fromValue('x') } })).not.toThrow();
});

test('resources of an app container can be variables', () => {
  const web = deployment();
  const container = web.containers[0];
  new GenerateConfig(web, 'conf', {
    template: FileSource.inline('${CPUS}'),
    variables: { CPUS: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { container }) },
  });

  expect(podSpec(web).initContainers[0].env).toContainEqual({
    name: 'var_CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', containerName: 'main' } },
  });
});
